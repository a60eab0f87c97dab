//! Catalogs for the tests of the exporters.

use std::time::Duration;

use crate::catalog::*;
use crate::fixture::METERED;

/// An entry that says nothing.
pub(crate) const BLANK: Entry = Entry { name: "blank", variant: "Blank", ..Entry::BLANK };

const EMPTY: Catalog = Catalog { name: "test", ..Catalog::BLANK };

/// A catalog of these entries, without any envelope.
pub(crate) fn catalog(entries: Vec<Entry>) -> &'static Catalog {
    Box::leak(Box::new(Catalog { entries: entries.leak(), ..EMPTY }))
}

/// Whether a tag is one of `<a id="…"></a>`, which stands before a heading.
pub(crate) fn is_of_anchor(tag: &str) -> bool {
    let id = tag.strip_prefix("<a id=\"").and_then(|rest| rest.strip_suffix("\">"));
    let is_of = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    tag == "</a>" || id.is_some_and(|id| !id.is_empty() && id.chars().all(is_of))
}

/// A text that tries to break whatever it stands in.
pub(crate) const HOSTILE: &str = "a | b `c` ``` <script>alert({x})</script> {y} }\r\n# *d* _e_\u{2028}\n<!-- & <a@b.c> [f](javascript:g) \\";

/// A catalog in which every text is hostile.
pub(crate) fn hostile() -> &'static Catalog {
    let long: &'static str = "0123456789".repeat(1024).leak();
    let hostile_docs: &'static str =
        format!("{HOSTILE}\n\n    indented {{z}}\n\nexport things\n\n```\nunclosed {{x}}").leak();
    let text = Text(&[Piece::Literal(HOSTILE)]);
    let entry = Entry {
        name: "hostile",
        code: Code::Text(HOSTILE),
        delivery: Delivery::SoftThenClose(Closing {
            code: ClosingCode::Constant(4000),
            reason: text,
        }),
        retry: Retry::new(RetryKind::Leave { code: 1000, reason: HOSTILE }),
        message: Message::Text(text),
        section: Some(HOSTILE),
        docs: hostile_docs,
        advice: Some(HOSTILE),
        user: Some(UserMessage { title: text, message: text, action: Some(text), fallback: true }),
        since: Some(HOSTILE),
        deprecated: Some(HOSTILE),
        fields: vec![Field {
            name: HOSTILE,
            ident: "field",
            docs: HOSTILE,
            ty: METERED.entries[0].fields[0].ty,
            cast: None,
            example: Some(r#""| ``` <b>{x}</b>\n""#),
            in_details: true,
            on_wire: true,
            whole: false,
        }]
        .leak(),
        envelopes: &[(0, 0)],
        ..BLANK
    };
    let entries = vec![
        entry,
        Entry { name: "long", code: Code::Text(long), docs: long, advice: Some(long), ..BLANK },
        Entry { name: "hidden", docs: "SECRET", hidden: true, ..BLANK },
    ];
    Box::leak(Box::new(Catalog {
        name: "hostile",
        docs: hostile_docs,
        entries: entries.leak(),
        contexts: &[Context { name: "", fields: &[], delivery: None }],
        envelopes: &[Envelope {
            template: Node::Composed(&[
                Part::Literal("ERR ``` {x} <script> "),
                Part::Slot(Slot::Field("field")),
                Part::Slot(Slot::Set(HOSTILE)),
            ]),
            format: Format::Text,
        }],
        guards: Guards {
            storm: Some(Storm {
                more_than: 10,
                within: Duration::from_secs(60),
                code: 4999,
                reason: HOSTILE,
            }),
            breaker: Some(Breaker { open_after: 5, half_open_after: Duration::from_secs(60) }),
            liveness: None,
        },
        retired: &[
            Retired { code: RetiredCode::Text(HOSTILE), why: HOSTILE },
            Retired { code: RetiredCode::Close(4007), why: "" },
        ],
        ..EMPTY
    }))
}
