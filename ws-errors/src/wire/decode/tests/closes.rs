//! Which entry a close frame is.

use serde_json::json;

use super::catalogs::*;
use crate::catalog::*;
use crate::fixture::{BLANK, METERED};
use crate::wire::{Closed, Decoder};

const fn closes(name: &'static str, code: u16, reason: &'static [Piece]) -> Entry {
    let code = ClosingCode::Constant(code);
    Entry { name, delivery: Delivery::Close(Closing { code, reason: Text(reason) }), ..BLANK }
}

static CATALOG: Catalog = catalog(
    &[
        closes("expired", 4001, &[Piece::Literal("expired")]),
        closes("revoked", 4001, &[Piece::Literal("revoked")]),
        Entry {
            fields: &[field("limit"), field("unit")],
            ..closes(
                "too_many",
                4001,
                &[
                    Piece::Literal("more than "),
                    Piece::Field { name: "limit", spec: "" },
                    Piece::Literal(" per "),
                    Piece::Field { name: "unit", spec: "" },
                ],
            )
        },
        closes("moved", 4010, &[Piece::Literal("moved")]),
        Entry {
            delivery: Delivery::SoftThenClose(Closing {
                code: ClosingCode::Constant(4020),
                reason: Text(&[Piece::Literal("bye")]),
            }),
            ..closes("after_message", 4020, &[])
        },
        closes("at_once", 4020, &[Piece::Literal("bye")]),
        Entry {
            name: "lost",
            delivery: Delivery::Observed { code: Some(1006), reason: Text::EMPTY },
            ..BLANK
        },
        Entry {
            name: "silent",
            delivery: Delivery::Close(Closing { code: ClosingCode::None, reason: Text::EMPTY }),
            ..BLANK
        },
        Entry {
            name: "not_found",
            delivery: Delivery::Rejected {
                status: Some(404),
                close: Some(Closing { code: ClosingCode::Constant(4404), reason: Text::EMPTY }),
            },
            ..BLANK
        },
        Entry {
            name: "idle",
            delivery: Delivery::Observed { code: None, reason: Text::EMPTY },
            ..BLANK
        },
    ],
    &[],
);

fn closed(code: u16, reason: &str) -> &'static str {
    Decoder::new(&CATALOG).closed(code, reason).entry().map_or("unknown", |entry| entry.name)
}

#[test]
fn a_close_frame_is_told_by_code_and_reason() {
    assert_eq!(closed(4001, "expired"), "expired");
    assert_eq!(closed(4001, "revoked"), "revoked");
    assert_eq!(closed(4001, "more than 5 per second"), "too_many");
}

#[test]
fn a_reason_with_fields_gives_them() {
    let closed = Decoder::new(&CATALOG).closed(4001, "more than 5 per second per user");
    let Closed::Known(_, values) = closed else { panic!("{closed:?}") };
    assert_eq!(values.value::<u32>("limit").unwrap(), Some(5));
    assert_eq!(values.get("unit"), Some(&json!("second per user")));
}

#[test]
fn a_code_that_one_entry_has_tells_it_whatever_the_reason() {
    assert_eq!(closed(4010, "déménagé"), "moved");
    assert_eq!(closed(4001, "new"), "unknown");
    assert_eq!(closed(1006, "some library's own words"), "lost");
    assert_eq!(closed(4404, ""), "not_found");
}

#[test]
fn a_close_without_a_status_is_1005() {
    assert_eq!(closed(1005, ""), "silent");
    assert_eq!(closed(1000, ""), "unknown");
}

#[test]
fn a_close_that_follows_a_message_gives_way_to_one_that_says_it_all() {
    assert_eq!(closed(4020, "bye"), "at_once");
}

#[test]
fn a_reason_that_was_cut_is_told_all_the_same() {
    static LONG: Catalog = catalog(
        &[
            closes("constant", 4001, &[Piece::Literal(LONG_TEXT)]),
            Entry {
                fields: &[field("what")],
                ..closes(
                    "pattern",
                    4001,
                    &[
                        Piece::Literal("no "),
                        Piece::Field { name: "what", spec: "" },
                        Piece::Literal(" here"),
                    ],
                )
            },
        ],
        &[],
    );
    const LONG_TEXT: &str = "Everything that can be said about the end of a connection has been said, \
        and a close frame has room for no more than a hundred and twenty-three bytes of it.";
    let closed = |reason: &str| {
        let reason = Reason::new(reason.to_owned());
        Decoder::new(&LONG).closed(4001, reason.as_str()).entry().map(|entry| entry.name)
    };
    assert_eq!(closed(LONG_TEXT), Some("constant"));
    assert_eq!(closed(&format!("no {} here", "é".repeat(58))), Some("pattern"));
    assert_eq!(closed(&format!("no {} here", "x".repeat(200))), Some("pattern"));
    assert_eq!(closed("no x there"), None);
}

#[test]
fn a_code_from_a_field_is_tried_last() {
    static FIELD: Catalog = catalog(
        &[
            Entry {
                name: "any",
                delivery: Delivery::Close(Closing {
                    code: ClosingCode::Field("code"),
                    reason: Text::EMPTY,
                }),
                fields: &[field("code")],
                ..BLANK
            },
            closes("moved", 4010, &[]),
        ],
        &[],
    );
    let decoder = Decoder::new(&FIELD);
    assert_eq!(decoder.closed(4010, "").entry().unwrap().name, "moved");
    let closed = decoder.closed(4011, "text");
    let Closed::Known(entry, values) = closed else { panic!("{closed:?}") };
    assert_eq!((entry.name, values.value::<u16>("code").unwrap()), ("any", Some(4011)));
    assert!(decoder.closed(1006, "").entry().is_none(), "no server sends it");
}

#[test]
fn an_unknown_close_has_the_policy_of_its_range() {
    let decoder = Decoder::new(&METERED);
    assert_eq!(decoder.closed(4001, "").entry().unwrap().name, "invalid_token");
    for (code, policy) in [(4050, RetryKind::Never), (4500, Retry::UNDECLARED_CLOSE.kind)] {
        let closed = decoder.closed(code, "new");
        let Closed::Unknown { code: unknown, reason, retry } = closed else { panic!("{closed:?}") };
        assert_eq!((unknown, reason.as_str(), retry.kind), (code, "new", policy));
    }
}

#[test]
fn a_reason_that_says_no_more_than_a_standard_code_is_not_compared() {
    let closing = |code, reason: &'static str| {
        let reason = Text(vec![Piece::Literal(reason)].leak());
        Delivery::Close(Closing { code: ClosingCode::Constant(code), reason })
    };
    let entry = |name, delivery| Entry { name, delivery, ..BLANK };
    let entries = vec![
        entry("normal", closing(1000, "Normal Closure")),
        entry("Parse", closing(1002, "Parse")),
        entry("deleted", closing(1001, "document deleted")),
    ];
    let catalog = Box::leak(Box::new(Catalog { entries: entries.leak(), ..Catalog::BLANK }));
    let decoder = Decoder::new(catalog);
    let name = |code, reason| match decoder.closed(code, reason) {
        Closed::Known(entry, _) => Some(entry.name),
        Closed::Unknown { .. } => None,
    };
    assert_eq!((name(1000, ""), name(1000, "bye")), (Some("normal"), Some("normal")));
    assert_eq!(name(1002, "protocol error"), Some("Parse"));
    assert_eq!((name(1001, ""), name(1001, "document deleted")), (None, Some("deleted")));
}
