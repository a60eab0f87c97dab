//! What users write in doc comments: CommonMark, which stays what it is.
//!
//! [`Patch`](super::patch::Patch) changes in place what would break the page around it, or MDX.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::patch::{harmless, parser};
use super::text;

/// The longest summary, in characters.
const SUMMARY: usize = 200;

/// Docs as blocks of their own.
pub(super) fn blocks(docs: &str) -> String {
    let normal = docs.replace("\r\n", "\n").replace('\r', "\n");
    let normal = text::visible(&normal);
    harmless(normal.trim_matches('\n')).unwrap_or_else(|| text::text(docs))
}

/// Docs as part of a line.
pub(super) fn line(docs: &str) -> String {
    // Behind a word nothing starts a block.
    let line = docs.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = text::visible(&line);
    harmless(&format!("x {line}"))
        .and_then(|text| text.strip_prefix("x ").map(str::to_owned))
        .unwrap_or_else(|| text::text(docs))
}

/// The first sentence, as part of a line.
pub(super) fn summary(docs: &str) -> String {
    let pieces = first_sentence(docs);
    let mut left = SUMMARY;
    let mut out = String::new();
    for piece in pieces {
        let (Piece::Words(words) | Piece::Code(words)) = &piece;
        let short = text::cut(words, left);
        left = left.saturating_sub(words.chars().count());
        match piece {
            Piece::Words(_) => {
                let space = |edge: bool| if edge { " " } else { "" };
                out.push_str(space(words.starts_with(' ') && !out.is_empty()));
                out.push_str(&text::text(&short));
                out.push_str(space(words.ends_with(' ') && left > 0));
            }
            Piece::Code(_) => out.push_str(&text::code(&short)),
        }
        if left == 0 {
            break;
        }
    }
    out.trim().to_owned()
}

/// The first sentence without any Markdown but backticks, for a terminal; `None` where there is none.
pub(crate) fn plain_summary(docs: &str) -> Option<String> {
    let sentence: String = first_sentence(docs)
        .into_iter()
        .map(|piece| match piece {
            Piece::Words(words) => words,
            Piece::Code(code) => format!("`{code}`"),
        })
        .collect();
    Some(text::cut(&text::displayed(sentence.trim()), SUMMARY)).filter(|text| !text.is_empty())
}

#[derive(Debug)]
enum Piece {
    Words(String),
    Code(String),
}

fn first_sentence(docs: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut within = false;
    for event in parser(docs) {
        match event {
            Event::Start(Tag::Paragraph) => within = true,
            Event::End(TagEnd::Paragraph) if within => break,
            Event::Code(code) if within => pieces.push(Piece::Code(code.into_string())),
            Event::Text(words) | Event::InlineHtml(words) if within => push(&mut pieces, &words),
            Event::SoftBreak | Event::HardBreak if within => push(&mut pieces, " "),
            _ => {}
        }
    }
    let last = pieces.iter_mut().position(|piece| match piece {
        Piece::Words(words) => end_of_sentence(words).is_some_and(|end| {
            words.truncate(end);
            true
        }),
        Piece::Code(_) => false,
    });
    if let Some(last) = last {
        pieces.truncate(last + 1);
    }
    pieces
}

fn push(pieces: &mut Vec<Piece>, more: &str) {
    match pieces.last_mut() {
        Some(Piece::Words(words)) => words.push_str(more),
        _ => pieces.push(Piece::Words(more.to_owned())),
    }
}

/// Where a sentence ends and another one starts with a capital letter.
fn end_of_sentence(words: &str) -> Option<usize> {
    words.match_indices(['.', '!', '?']).map(|(index, _)| index + 1).find(|end| {
        let abbreviates = ["e.g.", "i.e.", "cf."].iter().any(|it| words[..*end].ends_with(it));
        !abbreviates
            && words[*end..]
                .strip_prefix(' ')
                .is_some_and(|rest| rest.trim_start().chars().next().is_none_or(char::is_uppercase))
    })
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Options, Parser};
    use std::ops::Range;

    use super::*;

    #[test]
    fn what_is_plain_stays_as_it_is() {
        for docs in [
            "A *short* text with `code {x} <y>`, a [link](https://example.com) and a\\\nbreak.",
            "- one\n- two\n\n  still two\n\n1. three\n\n> quoted",
            "```json\n{\"a\": <b>}\n```",
            "Escaped: \\{ \\< \\` and 1 > 0.",
        ] {
            assert_eq!(blocks(docs), docs);
        }
    }

    #[test]
    fn tags_and_braces_are_escaped_outside_of_code() {
        assert_eq!(blocks("A <b>bold</b> {brace} `{x}`"), "A \\<b>bold\\</b> \\{brace\\} `{x}`");
        assert_eq!(blocks("<div>\n{x}\n</div>"), "\\<div>\n\\{x\\}\n\\</div>");
        assert_eq!(blocks("<!-- not closed"), "\\<!-- not closed");
        assert_eq!(blocks("\\\\{x}"), "\\\\\\{x\\}");
        assert_eq!(line("export {x}\n# y"), "export \\{x\\} # y");
    }

    #[test]
    fn a_bare_address_becomes_a_link_and_one_of_a_script_a_text() {
        assert_eq!(
            blocks("See https://a.example/b_c?d=1, or (http://e.example)."),
            "See [https\\://a\\.example/b\\_c?d=1](https://a.example/b_c?d=1), or ([http\\://e\\.example](http://e.example))."
        );
        assert_eq!(line("www.a.example"), "www\\.a\\.example");
        assert_eq!(blocks("[a](javascript:b) [c](data:d) [e](../f.md#g)"), "a c [e](../f.md#g)");
        assert_eq!(blocks("<javascript:b>"), "javascript:b");
        let linked = "[https\\://a.example](https://a.example) and `https://b.example`";
        assert_eq!(blocks(linked), linked);
    }

    #[test]
    fn headings_become_bold_lines() {
        assert_eq!(blocks("# Example\n\ntext"), "**Example:**\n\ntext");
        assert_eq!(blocks("Example\n=======\ntext"), "**Example:**\n\ntext");
        assert_eq!(blocks("## With *emphasis*\n\ntext"), "With *emphasis*:\n\ntext");
    }

    #[test]
    fn code_is_fenced_with_a_language_and_closed() {
        assert_eq!(blocks("text\n\n    a {b}\n\n    c"), "text\n\n```text\na {b}\n\nc\n```");
        assert_eq!(blocks("```\na {b}"), "```text\na {b}\n```");
        assert_eq!(blocks("~~~~rust\n~~~\n"), "~~~~rust\n~~~\n~~~~");
        assert_eq!(blocks("```"), "```text\n```");
    }

    #[test]
    fn a_block_that_interrupts_a_paragraph_gets_a_line_of_its_own() {
        assert_eq!(
            blocks("One:\n- a\n- b\n\nTwo:\n```json\n1\n```\nthree"),
            "One:\n\n- a\n- b\n\nTwo:\n\n```json\n1\n```\n\nthree"
        );
    }

    #[test]
    fn links_are_inline_and_those_to_rust_are_their_text() {
        assert_eq!(
            blocks(
                "See [RFC 6455] and [this][rfc 6455].\n\n[RFC 6455]: https://example.com/(x) \"T\""
            ),
            "See [RFC 6455](https://example.com/%28x%29 \"T\") and [this](https://example.com/%28x%29 \"T\")."
        );
        assert_eq!(
            blocks("<https://example.com>"),
            "[https\\://example\\.com](https://example.com)"
        );
        assert_eq!(
            blocks("As [`CloseCode`], [`Reason`](crate::Reason) and [a::b] do; a[0] stays."),
            "As `CloseCode`, `Reason` and a::b do; a[0] stays."
        );
        assert_eq!(blocks("[*a* `b`][c]\n\n[c]: d"), "[*a* `b`](d)");
    }

    #[test]
    fn a_paragraph_that_looks_like_a_module_is_none() {
        assert_eq!(blocks("import fails here."), "&#105;mport fails here.");
        assert_eq!(blocks("important"), "important");
    }

    #[test]
    fn the_summary_is_the_first_sentence() {
        for (docs, sentence) in [
            ("One. Two.", "One."),
            ("# Title\n\nOver\ntwo lines. Then more.", "Over two lines."),
            ("Limits, e.g. `10`, hold. More.", "Limits, e.g. `10`, hold."),
            ("As [`CloseCode`] says {x}. `y` is.", "As `CloseCode` says {x}."),
            ("Version 1.5 or none", "Version 1.5 or none"),
            ("", ""),
        ] {
            assert_eq!(plain_summary(docs).as_deref().unwrap_or_default(), sentence);
        }
        assert_eq!(summary("a | `b` {c}. D"), "a | `b` \\{c\\}.");
        assert_eq!(summary(&"x".repeat(10_000)).chars().count(), SUMMARY + 1);
    }

    /// Every text of up to five of these pieces, as far as a fixed walk through them comes.
    #[test]
    fn whatever_is_written_leaves_no_tag_no_brace_and_no_open_block() {
        let pieces = [
            "<",
            "{",
            "}",
            "`",
            "```",
            "\n",
            "\n\n",
            "# ",
            "- ",
            "> ",
            "    ",
            "[a]",
            "[a]: b",
            "(",
            ")",
            "\\",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "*",
            "_",
            "===",
            "---",
            "![",
            "]",
            "é",
            "&lt;",
            "1. ",
            "\t",
            "<https://e.x>",
            "~~~",
            "`a::b`",
            "export ",
            "\u{2028}",
            "word",
        ];
        let mut state = 1_u64;
        for _ in 0..5_000 {
            let mut docs = String::new();
            for _ in 0..8 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                docs.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            for page in
                [format!("{}\n\n# After", blocks(&docs)), format!("x {}\n\n# After", line(&docs))]
            {
                let events: Vec<(Event<'_>, Range<usize>)> =
                    Parser::new_ext(&page, Options::empty()).into_offset_iter().collect();
                let headings = events
                    .iter()
                    .filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. })));
                assert_eq!(headings.count(), 1, "{docs:?} became {page:?}");
                let mut in_code = false;
                for (event, range) in &events {
                    match event {
                        Event::Start(Tag::CodeBlock(_)) => in_code = true,
                        Event::End(TagEnd::CodeBlock) => in_code = false,
                        Event::Html(_) | Event::InlineHtml(_) => panic!("{docs:?} became {page:?}"),
                        Event::Text(_) if !in_code => {
                            let source = &page[range.clone()];
                            let bare = source
                                .match_indices(['<', '{'])
                                .any(|(index, _)| !page[..range.start + index].ends_with('\\'));
                            assert!(!bare, "{docs:?} became {page:?}");
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}
