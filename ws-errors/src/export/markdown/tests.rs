use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::*;
use crate::catalog::{
    Catalog, Code, Context, Entry, Envelope, Format, Member, Message, Node, Piece, Slot, Text,
};
use crate::export::testing::{BLANK, catalog, hostile, is_of_anchor};
use crate::fixture::METERED;

fn events(page: &str) -> Vec<Event<'_>> {
    Parser::new_ext(page, Options::ENABLE_TABLES).collect()
}

/// The headings of a page with their levels.
fn outline(page: &str) -> Vec<(HeadingLevel, String)> {
    let mut outline = Vec::new();
    let mut within = None;
    for event in events(page) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => within = Some((level, String::new())),
            Event::End(TagEnd::Heading(_)) => outline.extend(within.take()),
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, heading)) = &mut within {
                    heading.push_str(&text);
                }
            }
            _ => {}
        }
    }
    outline
}

#[test]
fn the_page_is_the_one_that_was_read_by_eye() {
    let page = markdown(&METERED).unwrap();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/export/markdown/metered.snapshot.md");
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let snapshot = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert_eq!(page, snapshot, "set UPDATE_SNAPSHOTS=1 to accept it, and read it");
}

#[test]
fn hostile_texts_make_no_tags_and_no_headings_and_end_no_block() {
    let page = markdown(hostile()).unwrap();
    for event in events(&page) {
        if let Event::Html(tag) | Event::InlineHtml(tag) = event {
            assert!(is_of_anchor(&tag), "{tag:?}");
        }
    }
    let levels: Vec<HeadingLevel> = outline(&page).into_iter().map(|(level, _)| level).collect();
    let two = HeadingLevel::H2;
    let three = HeadingLevel::H3;
    assert_eq!(
        levels,
        [HeadingLevel::H1, two, two, two, two, three, two, three, two, two, two],
        "the title, shape, index, closes, two sections with one entry each, policies, guards, retired"
    );
    assert!(!page.contains("SECRET"), "a hidden entry is left out");
}

#[test]
fn nothing_in_a_page_is_an_expression_to_mdx() {
    let page = markdown(hostile()).unwrap();
    for (event, range) in Parser::new_ext(&page, Options::ENABLE_TABLES).into_offset_iter() {
        if let Event::Text(text) = event
            && text.starts_with(['{', '<'])
        {
            let line = page[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
            let in_fence = page[..line].matches("\n```").count() % 2 == 1;
            assert!(in_fence || page[..range.start].ends_with('\\'), "{text}");
        }
    }
}

#[test]
fn every_row_of_a_table_has_as_many_cells_as_its_head() {
    for page in [markdown(hostile()).unwrap(), markdown(&METERED).unwrap()] {
        let mut cells = 0;
        let mut expected = None;
        for event in events(&page) {
            match event {
                Event::Start(Tag::Table(columns)) => expected = Some(columns.len()),
                Event::Start(Tag::TableRow | Tag::TableHead) => cells = 0,
                Event::Start(Tag::TableCell) => cells += 1,
                Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                    assert_eq!(Some(cells), expected);
                }
                _ => {}
            }
        }
        assert!(expected.is_some());
    }
}

#[test]
fn every_link_of_the_index_leads_to_a_heading() {
    for page in [markdown(hostile()).unwrap(), markdown(&METERED).unwrap()] {
        let anchors: Vec<String> = outline(&page)
            .into_iter()
            .map(|(_, heading)| {
                heading
                    .to_lowercase()
                    .replace(' ', "-")
                    .replace(|c: char| !c.is_alphanumeric() && c != '-' && c != '_', "")
            })
            .collect();
        for event in events(&page) {
            if let Event::Start(Tag::Link { dest_url, .. }) = event
                && let Some(anchor) = dest_url.strip_prefix('#')
            {
                assert!(anchors.iter().any(|other| other == anchor), "{anchor}: {anchors:?}");
            }
        }
    }
}

#[test]
fn entries_stand_in_the_order_of_their_sections() {
    let page = markdown(catalog(vec![
        Entry { name: "a", section: Some("One"), ..BLANK },
        Entry { name: "b", section: Some("Two"), ..BLANK },
        Entry { name: "c", section: Some("One"), ..BLANK },
    ]))
    .unwrap();
    let headings: Vec<String> = outline(&page).into_iter().map(|(_, heading)| heading).collect();
    assert_eq!(
        headings,
        ["test errors", "All errors", "One", "a", "c", "Two", "b", "Anything else"]
    );
}

/// Two entries that are sent with one code.
fn sharing(constants: [&'static str; 2]) -> &'static Catalog {
    let entries = ["left", "lost"].into_iter().zip(constants).map(|(name, value)| Entry {
        name,
        variant: name,
        code: Code::Number(1003),
        shared: true,
        message: Message::Text(Text(vec![Piece::Literal(name)].leak())),
        constants: vec![("reason", Node::Constant(value))].leak(),
        envelopes: &[(0, 0)],
        ..BLANK
    });
    let slot = |slot| Node::Slot { slot, cast: None };
    let member = |key, slot_of| Member::Pair { key, optional: false, value: slot(slot_of) };
    let data = vec![member("reason", Slot::Set("reason"))].leak();
    let members = vec![
        member("code", Slot::Code),
        Member::Pair { key: "data", optional: false, value: Node::Object(data) },
        member("message", Slot::Message),
    ];
    let envelope = Envelope { template: Node::Object(members.leak()), format: Format::Json };
    let contexts = vec![Context { name: "", fields: &[], delivery: None }].leak();
    Box::leak(Box::new(Catalog {
        name: "sharing",
        entries: entries.collect::<Vec<_>>().leak(),
        envelopes: vec![envelope].leak(),
        contexts,
        ..Catalog::BLANK
    }))
}

#[test]
fn a_code_that_two_errors_have_is_said_with_what_distinguishes_them() {
    let page = markdown(sharing([r#""away""#, r#""gone""#])).unwrap();
    let of = |name: &str| {
        format!(
            "**Its code** `1003` is also that of `{name}`. What distinguishes them is `data.reason`."
        )
    };
    assert!(page.contains(&of("left")) && page.contains(&of("lost")), "{page}");
    assert!(page.contains("but for `1003`: several errors have that"), "{page}");
    assert!(page.contains("do not branch on it"), "{page}");

    let page = markdown(sharing([r#""gone""#, r#""gone""#])).unwrap();
    assert!(page.contains("What distinguishes them is `message`."), "{page}");
    assert!(page.contains("Where nothing else distinguishes two errors, this does"), "{page}");
}
