//! What a client does not know: codes newer than itself, and entries that have changed.

use serde_json::json;

use super::catalogs::*;
use crate::catalog::*;
use crate::fixture::BLANK;
use crate::wire::Decoder;

#[test]
fn an_unknown_code_has_a_type_that_the_catalogs_codes_have() {
    static NUMBERS: Catalog = catalog(
        &[entry("gone", Code::Number(4004))],
        &[json(Node::Object(&[pair("op", constant("1")), pair("code", CODE)]))],
    );
    assert_eq!(decoded(&NUMBERS, r#"{"op":1,"code":4004}"#), "gone");
    assert_eq!(decoded(&NUMBERS, r#"{"op":1,"code":4.004e3}"#), "gone");
    assert_eq!(decoded(&NUMBERS, r#"{"op":1,"code":4999}"#), "unknown 4999");
    for code in ["\"4004\"", "\"new\"", "4.5", "true", "null", "[]", "{}"] {
        assert_eq!(decoded(&NUMBERS, &format!(r#"{{"op":1,"code":{code}}}"#)), "foreign", "{code}");
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
    assert_eq!(decoded(&CATALOG, r#"{"reply":"error","code":"gone"}"#), "foreign");
}

#[test]
fn a_known_code_without_a_field_of_its_entry_is_unknown() {
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
    let with = |details: &str, recoverable: bool| {
        format!(r#"{{"type":"error","code":"LIMIT","recoverable":{recoverable}{details}}}"#)
    };
    // Whether it is recoverable may be otherwise in another version of the entry.
    for recoverable in [true, false] {
        let text = with(r#","details":{"limit":5,"used":5,"new":1}"#, recoverable);
        assert_eq!(decoded(&CATALOG, &text), "limit");
        assert_eq!(received(&CATALOG, &text).value::<u32>("used").unwrap(), Some(5));
        for details in [r#","details":{"used":5}"#, r#","details":[]"#, ""] {
            let text = with(details, recoverable);
            assert_eq!(decoded(&CATALOG, &text), r#"unknown "LIMIT""#, "{text}");
        }
    }
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
    assert_eq!(decoded(&CATALOG, r#"{"kind":"e","status":404,"code":"GONE"}"#), "gone");
    assert_eq!(decoded(&CATALOG, r#"{"kind":"e","status":418,"code":"NEW"}"#), r#"unknown "NEW""#);
    // The constants that all have, and the code, say that it is one of theirs.
    let text = r#"{"kind":"e","status":"418","code":"NEW"}"#;
    assert_eq!(decoded(&CATALOG, text), r#"unknown "NEW""#);
    let text = r#"{"kind":"e","status":401,"code":"GONE"}"#;
    assert_eq!(decoded(&CATALOG, text), r#"unknown "GONE""#);
    assert_eq!(decoded(&CATALOG, r#"{"kind":"x","status":404,"code":"GONE"}"#), "foreign");
}

#[test]
fn a_name_tells_the_entry_where_there_is_no_code() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Number(1)), entry("denied", Code::Number(2))],
        &[json(Node::Object(&[pair("error", NAME), pair("message", MESSAGE)]))],
    );
    assert_eq!(decoded(&CATALOG, r#"{"error":"denied","message":""}"#), "denied");
    assert_eq!(decoded(&CATALOG, r#"{"error":"new","message":""}"#), r#"unknown "new""#);
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
            Entry { envelopes: &[], code: Code::Number(1), ..BLANK },
            entry("gone", Code::Text("gone")),
        ],
        &[json(Node::Object(&[pair("type", constant("\"error\"")), pair("code", CODE)]))],
    );
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","code":1}"#), "foreign");
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

#[test]
fn what_a_catch_all_sends_is_never_unknown() {
    static CATALOG: Catalog = catalog(
        &[Entry { fields: &[field("code")], ..entry("any", Code::Field("code")) }],
        &[json(Node::Object(&[
            pair("code", CODE),
            pair("uri", Node::Composed(&[Part::Literal("#"), Part::Slot(Slot::Context("id"))])),
        ]))],
    );
    assert_eq!(decoded(&CATALOG, r##"{"code":"new","uri":"#7"}"##), "any");
    assert_eq!(decoded(&CATALOG, r##"{"code":"new","uri":"#"}"##), "any");
}

#[test]
fn a_name_that_stands_for_what_is_always_there_is_no_code() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::None)],
        &[json(Node::Object(&[
            pair("type", constant("\"error\"")),
            optional("text", Node::Default { node: &MESSAGE, default: &NAME }),
        ]))],
    );
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","text":"text"}"#), "gone");
}
