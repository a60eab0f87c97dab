//! Which entry a message is.

use serde_json::json;

use super::catalogs::*;
use crate::catalog::*;

/// `{"type":"error","code":code,"message":message}` for codes that are strings, one of any code.
static CATCH_ALL: Catalog = catalog(
    &[
        Entry {
            code: Code::Field("code"),
            fields: &[Field { in_details: false, ..field("code") }],
            ..entry("other", Code::None)
        },
        entry("gone", Code::Text("GONE")),
    ],
    &[json(Node::Object(&[
        pair("type", constant("\"error\"")),
        pair("code", CODE),
        pair("message", MESSAGE),
    ]))],
);

#[test]
fn a_known_code_comes_before_a_catch_all() {
    assert_eq!(decoded(&CATCH_ALL, r#"{"type":"error","code":"GONE","message":""}"#), "gone");
    let text = r#"{"type":"error","code":"NEW","message":""}"#;
    assert_eq!(decoded(&CATCH_ALL, text), "other");
    assert_eq!(received(&CATCH_ALL, text).fields().get("code"), Some(&json!("NEW")));
}

#[test]
fn a_known_code_comes_before_a_catch_all_that_has_more_constants() {
    static CATALOG: Catalog = catalog(
        &[
            Entry {
                code: Code::Field("code"),
                fields: &[field("code")],
                envelopes: SECOND,
                ..entry("other", Code::None)
            },
            entry("gone", Code::Text("GONE")),
        ],
        &[
            json(Node::Object(&[pair("code", CODE)])),
            json(Node::Object(&[
                pair("type", constant("\"error\"")),
                pair("version", constant("2")),
                pair("code", CODE),
            ])),
        ],
    );
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","version":2,"code":"GONE"}"#), "gone");
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","version":2,"code":"NEW"}"#), "other");
}

/// Two entries that only their shapes tell apart, in two ways.
static SHAPES: Catalog = catalog(
    &[
        entry("error", Code::None),
        Entry { envelopes: SECOND, ..entry("fatal", Code::None) },
        Entry {
            envelopes: &[(0, 2)],
            fields: &[field("topic")],
            ..entry("topic_error", Code::None)
        },
    ],
    &[
        json(Node::Object(&[pair("type", constant("\"error\"")), optional("id", ID)])),
        json(Node::Object(&[
            pair("type", constant("\"error\"")),
            pair("kind", constant("\"fatal\"")),
        ])),
        json(Node::Object(&[
            pair("type", constant("\"error\"")),
            pair("topic", Node::Slot { slot: Slot::Field("topic"), cast: None }),
        ])),
    ],
);

#[test]
fn the_shape_with_the_most_matching_constants_counts() {
    assert_eq!(decoded(&SHAPES, r#"{"type":"error","kind":"fatal","id":1,"topic":2}"#), "fatal");
    assert_eq!(decoded(&SHAPES, r#"{"type":"error","kind":"other"}"#), "error");
}

#[test]
fn then_the_shape_that_explains_the_most_members() {
    assert_eq!(decoded(&SHAPES, r#"{"type":"error","topic":"t"}"#), "topic_error");
    assert_eq!(decoded(&SHAPES, r#"{"type":"error","new":"t"}"#), "error");
}

#[test]
fn unknown_members_are_tolerated_and_extra_elements_are_not() {
    static ARRAYS: Catalog = catalog(
        &[entry("gone", Code::Text("gone"))],
        &[json(Node::Array(&[element(constant("4")), element(CODE), optional_element(DETAILS)]))],
    );
    assert_eq!(
        decoded(&CATCH_ALL, r#"{"at":[1],"type":"error","code":"GONE","message":"","data":{}}"#),
        "gone"
    );
    assert_eq!(decoded(&ARRAYS, r#"[4,"gone"]"#), "gone");
    assert_eq!(decoded(&ARRAYS, r#"[4,"gone",{},5]"#), "foreign");
}

/// `{"error":{"code":code,"detail":details}}` and `{"error":message}`, as the chat has them.
static CHAT: Catalog = catalog(
    &[
        Entry {
            details: Details::Value,
            fields: &[field("detail")],
            ..entry("validation", Code::Number(4003))
        },
        Entry { envelopes: SECOND, ..entry("invalid_event_type", Code::None) },
    ],
    &[
        json(Node::Object(&[pair(
            "error",
            Node::Object(&[pair("code", CODE), pair("detail", DETAILS)]),
        )])),
        json(Node::Object(&[pair("error", MESSAGE)])),
    ],
);

#[test]
fn an_envelope_without_any_constant_tolerates_no_unknown_member() {
    assert_eq!(decoded(&CHAT, r#"{"error":"text"}"#), "invalid_event_type");
    assert_eq!(decoded(&CHAT, r#"{"error":"text","data":1}"#), "foreign");
    assert_eq!(decoded(&CHAT, r#"{"error":{"code":4999,"detail":[]}}"#), "unknown 4999");
    assert_eq!(decoded(&CHAT, r#"{"error":{"code":4999,"detail":[]},"data":1}"#), "foreign");
    assert_eq!(decoded(&CHAT, r#"{"error":null}"#), "foreign");
}

#[test]
fn a_known_code_is_a_constant_enough_for_new_members() {
    let text = r#"{"error":{"code":4003,"detail":{"name":["too long"]},"new":1}}"#;
    assert_eq!(decoded(&CHAT, text), "validation");
    let received = received(&CHAT, text);
    assert_eq!(received.fields().get("detail"), Some(&json!({"name": ["too long"]})));
}

#[test]
fn an_envelope_without_any_constant_comes_last() {
    static CATALOG: Catalog = catalog(
        &[entry("plain", Code::None), Entry { envelopes: SECOND, ..entry("typed", Code::None) }],
        &[
            json(Node::Object(&[pair("type", ID), pair("message", MESSAGE), pair("id", ID)])),
            json(Node::Object(&[pair("type", constant("\"error\""))])),
        ],
    );
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","message":"","id":1}"#), "typed");
    assert_eq!(decoded(&CATALOG, r#"{"type":"message","message":"","id":1}"#), "plain");
}

/// Three entries with the same shape and no code, and a fourth that takes any text.
const BY_TEXT: [Entry; 3] = [
    Entry {
        message: says(&[Piece::Literal("no "), Piece::Field { name: "what", spec: "" }]),
        fields: &[field("what")],
        ..entry("pattern", Code::None)
    },
    Entry {
        message: says(&[Piece::Literal("no room "), Piece::Field { name: "what", spec: "" }]),
        fields: &[field("what")],
        ..entry("longer_pattern", Code::None)
    },
    Entry { message: says(&[Piece::Literal("no luck")]), ..entry("constant", Code::None) },
];
const TYPED_TEXT: Envelope =
    json(Node::Object(&[pair("type", constant("\"error\"")), pair("message", MESSAGE)]));

#[test]
fn where_only_the_text_differs_constant_comes_before_pattern_before_free_text() {
    static CATALOG: Catalog = catalog(
        &[
            Entry {
                message: Message::Field("text"),
                fields: &[field("text")],
                ..entry("free", Code::None)
            },
            BY_TEXT[0],
            BY_TEXT[1],
            BY_TEXT[2],
        ],
        &[TYPED_TEXT],
    );
    for (message, name) in [
        ("no luck", "constant"),
        ("no room 7", "longer_pattern"),
        ("no way", "pattern"),
        ("anything", "free"),
    ] {
        let text = format!(r#"{{"type":"error","message":"{message}"}}"#);
        assert_eq!(decoded(&CATALOG, &text), name);
    }
}

#[test]
fn a_text_that_none_of_them_has_is_unknown() {
    static CATALOG: Catalog = catalog(&BY_TEXT, &[TYPED_TEXT]);
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","message":"new"}"#), "unknown");
}

#[test]
fn a_text_that_differs_is_no_matter_where_shape_or_code_tells_the_entry() {
    static CATALOG: Catalog = catalog(
        &[BY_TEXT[2], Entry { code: Code::Number(1), envelopes: SECOND, ..BY_TEXT[1] }],
        &[
            TYPED_TEXT,
            json(Node::Object(&[
                pair("type", constant("\"error\"")),
                pair("code", CODE),
                pair("message", MESSAGE),
            ])),
        ],
    );
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","message":"pas de chance"}"#), "constant");
    let text = r#"{"type":"error","code":1,"message":"pas de place"}"#;
    assert_eq!(decoded(&CATALOG, text), "longer_pattern");
    assert!(received(&CATALOG, text).fields().is_empty());
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","code":2,"message":"no luck"}"#), "unknown 2");
}

#[test]
fn of_entries_that_share_a_code_the_shape_tells() {
    static CATALOG: Catalog = catalog(
        &[
            Entry { fields: &[field("room")], ..entry("room", Code::Number(7)) },
            Entry { fields: &[field("user")], ..entry("user", Code::Number(7)) },
        ],
        &[json(Node::Object(&[pair("code", CODE), Member::Splice(Slot::Fields)]))],
    );
    assert_eq!(decoded(&CATALOG, r#"{"code":7,"user":"u"}"#), "user");
    assert_eq!(decoded(&CATALOG, r#"{"code":7,"room":"r"}"#), "room");
}

#[test]
fn an_entry_without_a_code_stands_beside_those_that_have_one() {
    // As in Pusher: some of its errors have a code, and some have none.
    static CATALOG: Catalog = catalog(
        &[entry("any", Code::None), entry("rate", Code::Number(4301))],
        &[json(Node::Object(&[
            pair("event", constant("\"error\"")),
            pair("data", Node::Object(&[pair("message", MESSAGE), optional("code", CODE)])),
        ]))],
    );
    assert_eq!(decoded(&CATALOG, r#"{"event":"error","data":{"message":"m"}}"#), "any");
    assert_eq!(
        decoded(&CATALOG, r#"{"event":"error","data":{"message":"m","code":4301}}"#),
        "rate"
    );
    assert_eq!(
        decoded(&CATALOG, r#"{"event":"error","data":{"message":"m","code":4302}}"#),
        "unknown 4302"
    );
}
