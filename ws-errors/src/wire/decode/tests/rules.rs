//! Which entry a message is.

use serde_json::json;

use super::catalogs::*;
use crate::catalog::*;
use crate::fixture::BLANK;
use crate::wire::{Decoded, Decoder, Received};

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

fn received(catalog: &'static Catalog, text: &str) -> Received {
    match Decoder::new(catalog).decode(text) {
        Decoded::Known(_, received) | Decoded::Unknown(received) => received,
        Decoded::Foreign => panic!("foreign: {text}"),
    }
}

#[test]
fn a_known_code_comes_before_a_catch_all() {
    assert_eq!(told(&CATCH_ALL, r#"{"type":"error","code":"GONE","message":""}"#), "gone");
    let text = r#"{"type":"error","code":"NEW","message":""}"#;
    assert_eq!(told(&CATCH_ALL, text), "other");
    assert_eq!(received(&CATCH_ALL, text).fields().get("code"), Some(&json!("NEW")));
}

#[test]
fn a_known_code_comes_before_a_catch_all_that_has_more_constants() {
    static CATALOG: Catalog = catalog(
        &[
            Entry {
                code: Code::Field("code"),
                fields: &[field("code")],
                encodings: SECOND,
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
    assert_eq!(told(&CATALOG, r#"{"type":"error","version":2,"code":"GONE"}"#), "gone");
    assert_eq!(told(&CATALOG, r#"{"type":"error","version":2,"code":"NEW"}"#), "other");
}

/// Two entries that only their shapes tell apart, in two ways.
static SHAPES: Catalog = catalog(
    &[
        entry("error", Code::None),
        Entry { encodings: SECOND, ..entry("fatal", Code::None) },
        Entry {
            encodings: &[by(2)],
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
    assert_eq!(told(&SHAPES, r#"{"type":"error","kind":"fatal","id":1,"topic":2}"#), "fatal");
    assert_eq!(told(&SHAPES, r#"{"type":"error","kind":"other"}"#), "error");
}

#[test]
fn then_the_shape_that_explains_the_most_members() {
    assert_eq!(told(&SHAPES, r#"{"type":"error","topic":"t"}"#), "topic_error");
    assert_eq!(told(&SHAPES, r#"{"type":"error","new":"t"}"#), "error");
}

#[test]
fn unknown_members_are_tolerated_and_extra_elements_are_not() {
    static ARRAYS: Catalog = catalog(
        &[entry("gone", Code::Text("gone"))],
        &[json(Node::Array(&[element(constant("4")), element(CODE), optional_element(DETAILS)]))],
    );
    assert_eq!(
        told(&CATCH_ALL, r#"{"at":[1],"type":"error","code":"GONE","message":"","data":{}}"#),
        "gone"
    );
    assert_eq!(told(&ARRAYS, r#"[4,"gone"]"#), "gone");
    assert_eq!(told(&ARRAYS, r#"[4,"gone",{},5]"#), "foreign");
}

#[test]
fn an_unknown_code_has_a_type_that_the_catalogs_codes_have() {
    static NUMBERS: Catalog = catalog(
        &[entry("gone", Code::Number(4004))],
        &[json(Node::Object(&[pair("op", constant("1")), pair("code", CODE)]))],
    );
    assert_eq!(told(&NUMBERS, r#"{"op":1,"code":4004}"#), "gone");
    assert_eq!(told(&NUMBERS, r#"{"op":1,"code":4.004e3}"#), "gone");
    assert_eq!(told(&NUMBERS, r#"{"op":1,"code":4999}"#), "unknown 4999");
    for code in ["\"4004\"", "\"new\"", "4.5", "true", "null", "[]", "{}"] {
        assert_eq!(told(&NUMBERS, &format!(r#"{{"op":1,"code":{code}}}"#)), "foreign", "{code}");
    }
}

#[test]
fn a_shape_that_no_entry_uses_is_not_tried() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Text("gone"))],
        &[
            json(Node::Object(&[pair("type", constant("\"error\"")), pair("code", CODE)])),
            json(Node::Object(&[pair("reply", constant("\"error\"")), pair("code", CODE)])),
        ],
    );
    assert_eq!(told(&CATALOG, r#"{"reply":"error","code":"gone"}"#), "foreign");
}

/// `{"error":{"code":code,"detail":details}}` and `{"error":message}`, as the chat has them.
static CHAT: Catalog = catalog(
    &[
        Entry {
            details: Details::Value,
            fields: &[field("detail")],
            ..entry("validation", Code::Number(4003))
        },
        Entry { encodings: SECOND, ..entry("invalid_event_type", Code::None) },
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
    assert_eq!(told(&CHAT, r#"{"error":"text"}"#), "invalid_event_type");
    assert_eq!(told(&CHAT, r#"{"error":"text","data":1}"#), "foreign");
    assert_eq!(told(&CHAT, r#"{"error":{"code":4999,"detail":[]}}"#), "unknown 4999");
    assert_eq!(told(&CHAT, r#"{"error":{"code":4999,"detail":[]},"data":1}"#), "foreign");
    assert_eq!(told(&CHAT, r#"{"error":null}"#), "foreign");
}

#[test]
fn a_known_code_is_a_constant_enough_for_new_members() {
    let text = r#"{"error":{"code":4003,"detail":{"name":["too long"]},"new":1}}"#;
    assert_eq!(told(&CHAT, text), "validation");
    let received = received(&CHAT, text);
    assert_eq!(received.fields().get("detail"), Some(&json!({"name": ["too long"]})));
}

#[test]
fn an_envelope_without_any_constant_comes_last() {
    static CATALOG: Catalog = catalog(
        &[entry("plain", Code::None), Entry { encodings: SECOND, ..entry("typed", Code::None) }],
        &[
            json(Node::Object(&[pair("type", ID), pair("message", MESSAGE), pair("id", ID)])),
            json(Node::Object(&[pair("type", constant("\"error\""))])),
        ],
    );
    assert_eq!(told(&CATALOG, r#"{"type":"error","message":"","id":1}"#), "typed");
    assert_eq!(told(&CATALOG, r#"{"type":"message","message":"","id":1}"#), "plain");
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
        assert_eq!(told(&CATALOG, &text), name);
    }
}

#[test]
fn a_text_that_none_of_them_has_is_unknown() {
    static CATALOG: Catalog = catalog(&BY_TEXT, &[TYPED_TEXT]);
    assert_eq!(told(&CATALOG, r#"{"type":"error","message":"new"}"#), "unknown");
}

#[test]
fn a_text_that_differs_is_no_matter_where_shape_or_code_tells_the_entry() {
    static CATALOG: Catalog = catalog(
        &[BY_TEXT[2], Entry { code: Code::Number(1), encodings: SECOND, ..BY_TEXT[1] }],
        &[
            TYPED_TEXT,
            json(Node::Object(&[
                pair("type", constant("\"error\"")),
                pair("code", CODE),
                pair("message", MESSAGE),
            ])),
        ],
    );
    assert_eq!(told(&CATALOG, r#"{"type":"error","message":"pas de chance"}"#), "constant");
    let text = r#"{"type":"error","code":1,"message":"pas de place"}"#;
    assert_eq!(told(&CATALOG, text), "longer_pattern");
    assert!(received(&CATALOG, text).fields().is_empty());
    assert_eq!(told(&CATALOG, r#"{"type":"error","code":2,"message":"no luck"}"#), "unknown 2");
}

#[test]
fn a_known_code_tells_the_entry_although_the_server_has_another_version_of_it() {
    static CATALOG: Catalog = catalog(
        &[Entry {
            details: Details::Object,
            fields: &[field("limit"), field("used")],
            ..entry("limit", Code::Text("LIMIT"))
        }],
        &[json(Node::Object(&[
            pair("type", constant("\"error\"")),
            pair("code", CODE),
            pair("recoverable", RECOVERABLE),
            optional("details", DETAILS),
        ]))],
    );
    let text = r#"{"type":"error","code":"LIMIT","recoverable":true,"details":{"used":5}}"#;
    assert_eq!(told(&CATALOG, text), "limit");
    let received = received(&CATALOG, text);
    assert_eq!(received.value::<u32>("used").unwrap(), Some(5));
    assert_eq!(received.value::<u32>("limit").unwrap(), None);
    let text = r#"{"type":"error","code":"LIMIT","recoverable":false}"#;
    assert_eq!(told(&CATALOG, text), "limit");
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
    assert_eq!(told(&CATALOG, r#"{"code":7,"user":"u"}"#), "user");
    assert_eq!(told(&CATALOG, r#"{"code":7,"room":"r"}"#), "room");
}

#[test]
fn constants_of_the_users_own_tell_entries_apart_and_are_open_where_the_code_is_new() {
    const SET: Node = Node::Slot { slot: Slot::Set("status"), cast: None };
    const KIND: Node = Node::Slot { slot: Slot::Set("kind"), cast: None };
    static CATALOG: Catalog = catalog(
        &[
            Entry {
                constants: &[("status", constant("401")), ("kind", constant("\"e\""))],
                ..entry("denied", Code::Text("DENIED"))
            },
            Entry {
                constants: &[("status", constant("404")), ("kind", constant("\"e\""))],
                ..entry("gone", Code::Text("GONE"))
            },
        ],
        &[json(Node::Object(&[pair("kind", KIND), pair("status", SET), optional("code", CODE)]))],
    );
    assert_eq!(told(&CATALOG, r#"{"kind":"e","status":404,"code":"GONE"}"#), "gone");
    assert_eq!(told(&CATALOG, r#"{"kind":"e","status":418,"code":"NEW"}"#), r#"unknown "NEW""#);
    assert_eq!(told(&CATALOG, r#"{"kind":"e","status":"418","code":"NEW"}"#), "foreign");
    assert_eq!(told(&CATALOG, r#"{"kind":"x","status":404,"code":"GONE"}"#), "foreign");
}

#[test]
fn a_name_tells_the_entry_where_there_is_no_code() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Number(1)), entry("denied", Code::Number(2))],
        &[json(Node::Object(&[pair("error", NAME), pair("message", MESSAGE)]))],
    );
    assert_eq!(told(&CATALOG, r#"{"error":"denied","message":""}"#), "denied");
    assert_eq!(told(&CATALOG, r#"{"error":"new","message":""}"#), r#"unknown "new""#);
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
    assert_eq!(told(&CATALOG, r#"{"event":"error","data":{"message":"m"}}"#), "any");
    assert_eq!(told(&CATALOG, r#"{"event":"error","data":{"message":"m","code":4301}}"#), "rate");
    assert_eq!(
        told(&CATALOG, r#"{"event":"error","data":{"message":"m","code":4302}}"#),
        "unknown 4302"
    );
}

#[test]
fn the_details_of_an_unknown_entry_are_there_as_they_came() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Text("gone"))],
        &[json(Node::Array(&[
            element(constant("4")),
            element(ID),
            element(CODE),
            optional_element(DETAILS),
        ]))],
    );
    let received = received(&CATALOG, r#"[4,"7","new",{"a":[1]}]"#);
    assert_eq!(received.details(), Some(&json!({"a": [1]})));
    assert_eq!(received.value::<&str>("id").unwrap(), Some("7"));
}

#[test]
fn an_entry_that_only_closes_has_no_message() {
    static CATALOG: Catalog = catalog(
        &[
            Entry { encodings: &[], code: Code::Number(1), ..BLANK },
            entry("gone", Code::Text("gone")),
        ],
        &[json(Node::Object(&[pair("type", constant("\"error\"")), pair("code", CODE)]))],
    );
    assert_eq!(told(&CATALOG, r#"{"type":"error","code":1}"#), "foreign");
}

#[test]
fn more_shapes_than_a_scan_tells_apart_are_all_found() {
    // One template of its own for each entry, and so one shape.
    const COUNT: usize = 70;
    const KEYS: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];
    let mut entries = Vec::new();
    for number in 0..COUNT {
        let template: &'static [Element] = Vec::leak(
            (0..=number / 7)
                .map(|_| element(constant("0")))
                .chain([element(Node::Object(Vec::leak(vec![pair(KEYS[number % 7], MESSAGE)])))])
                .collect(),
        );
        let name: &'static str = String::leak(format!("entry {number}"));
        entries.push(Entry {
            constants: Vec::leak(vec![("own", Node::Array(template))]),
            ..entry(name, Code::None)
        });
    }
    const OWN: &[Envelope] = &[json(Node::Slot { slot: Slot::Set("own"), cast: None })];
    let catalog: &'static Catalog = Box::leak(Box::new(catalog(Vec::leak(entries), OWN)));
    let decoder = Decoder::new(catalog);
    for number in 0..COUNT {
        let zeros = "0,".repeat(number / 7 + 1);
        let text = format!(r#"[{zeros}{{"{}":"m"}}]"#, KEYS[number % 7]);
        assert_eq!(decoder.decode(&text).entry().unwrap().name, format!("entry {number}"));
    }
    assert!(decoder.decode(r#"[0,{"z":"m"}]"#).is_foreign());
}
