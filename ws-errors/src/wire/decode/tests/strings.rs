//! What is read from a message: from strings, from text that is not JSON, and from nothing.

use serde_json::{Value, json};

use super::catalogs::*;
use crate::catalog::*;
use crate::wire::{Decoded, Decoder};

fn context(catalog: &'static Catalog, text: &str) -> Option<Value> {
    received(catalog, text).context_values().get("id").cloned()
}

/// `["CLOSED", cx.id, "{code}: {message}"]`, as in Nostr.
static PREFIXED: Catalog = catalog(
    &[entry("blocked", Code::Text("blocked")), entry("invalid", Code::Text("invalid"))],
    &[json(Node::Array(&[
        element(constant("\"CLOSED\"")),
        element(ID),
        element(Node::Composed(&[
            Part::Slot(Slot::Code),
            Part::Literal(": "),
            Part::Slot(Slot::Message),
        ])),
    ]))],
);

#[test]
fn a_slot_in_a_string_ends_at_the_next_literal_and_the_last_takes_the_rest() {
    let text = r#"["CLOSED",1,"blocked: you: are: banned"]"#;
    assert_eq!(decoded(&PREFIXED, text), "blocked");
    assert_eq!(received(&PREFIXED, text).text(), Some("you: are: banned"));
    let text = r#"["CLOSED",1,"pow: you: need more"]"#;
    assert_eq!(decoded(&PREFIXED, text), r#"unknown "pow""#);
    assert_eq!(received(&PREFIXED, text).text(), Some("you: need more"));
    assert_eq!(decoded(&PREFIXED, r#"["CLOSED",1,"no colon"]"#), "foreign");
}

#[test]
fn a_number_in_a_string_is_a_code_where_the_catalogs_codes_are_numbers() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Number(44))],
        &[json(Node::Composed(&[
            Part::Literal("error "),
            Part::Slot(Slot::Code),
            Part::Literal("!"),
        ]))],
    );
    assert_eq!(decoded(&CATALOG, r#""error 44!""#), "gone");
    assert_eq!(decoded(&CATALOG, r#""error -7!""#), r#"unknown "-7""#);
    assert_eq!(decoded(&CATALOG, r#""error seven!""#), "foreign");
    assert_eq!(decoded(&CATALOG, r#""error 44""#), "foreign");
}

#[test]
fn a_code_that_is_made_a_string_is_told_all_the_same() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Number(44))],
        &[json(Node::Object(&[
            pair("type", constant("\"error\"")),
            pair("code", Node::Slot { slot: Slot::Code, cast: Some(Cast::String) }),
        ]))],
    );
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","code":"44"}"#), "gone");
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","code":"45"}"#), r#"unknown "45""#);
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","code":44}"#), "foreign");
}

#[test]
fn a_slot_that_is_used_twice_is_read_where_it_stands_alone() {
    static CATALOG: Catalog = catalog(
        &[Entry { fields: &[field("topic")], ..entry("gone", Code::None) }],
        &[json(Node::Object(&[
            pair(
                "uri",
                Node::Composed(&[
                    Part::Literal("topic:"),
                    Part::Slot(Slot::Field("topic")),
                    Part::Literal("/"),
                    Part::Slot(Slot::Context("id")),
                ]),
            ),
            pair("topic", Node::Slot { slot: Slot::Field("topic"), cast: None }),
        ]))],
    );
    let received = received(&CATALOG, r#"{"uri":"topic:7/x/9","topic":7}"#);
    assert_eq!(received.fields().get("topic"), Some(&json!(7)));
    assert_eq!(received.context_values().get("id"), Some(&json!("x/9")));
}

#[test]
fn a_default_decodes_to_nothing() {
    static CATALOG: Catalog = catalog(
        &[Entry { fields: &[optional_field("args")], ..entry("gone", Code::Text("gone")) }],
        &[json(Node::Array(&[
            element(CODE),
            element(Node::Default { node: &ID, default: &constant("\"-1\"") }),
            optional_element(Node::Default {
                node: &Node::Slot { slot: Slot::Field("args"), cast: None },
                default: &constant("{}"),
            }),
        ]))],
    );
    let received = |text| received(&CATALOG, text);
    assert_eq!(received(r#"["gone","-1"]"#).context_values().get("id"), None);
    assert_eq!(received(r#"["gone",-1]"#).context_values().get("id"), Some(&json!(-1)));
    assert_eq!(received(r#"["gone","-1",{}]"#).fields().get("args"), None);
    let some = received(r#"["gone","-1",{"a":1}]"#);
    assert_eq!(some.fields().get("args"), Some(&json!({"a": 1})));
}

#[test]
fn null_is_the_same_as_absent_in_an_optional_place_only() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Text("gone"))],
        &[json(Node::Object(&[pair("code", CODE), optional("id", ID)]))],
    );
    assert_eq!(context(&CATALOG, r#"{"code":"gone","id":null}"#), None);
    assert_eq!(context(&CATALOG, r#"{"code":"gone"}"#), None);
    static PLACED: Catalog = catalog(
        &[entry("gone", Code::Text("gone"))],
        &[json(Node::Object(&[pair("code", CODE), pair("id", ID)]))],
    );
    assert_eq!(context(&PLACED, r#"{"code":"gone","id":null}"#), Some(Value::Null));
    assert_eq!(decoded(&PLACED, r#"{"code":"gone"}"#), r#"unknown "gone""#);
    let null = received(&PLACED, r#"{"code":"gone","id":null}"#);
    assert_eq!(null.value::<String>("id").unwrap(), None);
}

#[test]
fn null_holds_the_place_of_an_optional_element() {
    static CATALOG: Catalog = catalog(
        &[Entry { fields: &[optional_field("a")], ..entry("gone", Code::Text("gone")) }],
        &[json(Node::Array(&[
            element(CODE),
            optional_element(Node::Slot { slot: Slot::Field("a"), cast: None }),
            optional_element(ID),
        ]))],
    );
    let received = received(&CATALOG, r#"["gone",null,7]"#);
    assert_eq!(received.fields().get("a"), None);
    assert_eq!(received.context_values().get("id"), Some(&json!(7)));
}

#[test]
fn null_is_nothing_in_an_optional_place_and_a_value_elsewhere() {
    static CATALOG: Catalog = catalog(
        &[Entry {
            details: Details::Object,
            fields: &[optional_field("a")],
            ..entry("gone", Code::None)
        }],
        &[json(Node::Object(&[
            pair("type", constant("\"error\"")),
            pair("details", DETAILS),
            optional("uri", Node::Composed(&[Part::Literal("#"), Part::Slot(Slot::Context("id"))])),
        ]))],
    );
    assert_eq!(decoded(&CATALOG, r##"{"type":"error","details":{"a":1},"uri":"#1"}"##), "gone");
    let text = r#"{"type":"error","details":{},"uri":null}"#;
    assert_eq!(decoded(&CATALOG, text), "gone");
    assert!(received(&CATALOG, text).fields().is_empty());
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","details":null}"#), "unknown");
    assert_eq!(decoded(&CATALOG, r#"{"type":"error","details":{},"uri":1}"#), "foreign");
}

#[test]
fn the_message_may_be_any_json_where_a_field_is_the_message() {
    static CATALOG: Catalog = catalog(
        &[Entry {
            message: Message::Field("errors"),
            fields: &[field("errors")],
            ..entry("invalid", Code::None)
        }],
        &[json(Node::Object(&[
            pair("id", ID),
            pair("type", constant("\"error\"")),
            pair("payload", MESSAGE),
        ]))],
    );
    let received = received(&CATALOG, r#"{"id":"1","type":"error","payload":[{"message":"m"}]}"#);
    assert_eq!(received.message(), Some(&json!([{"message": "m"}])));
    assert_eq!(received.fields().get("errors"), received.message());
    assert_eq!(received.text(), None);
}

#[test]
fn a_text_frame_that_is_not_json_is_read_between_its_literals() {
    static CATALOG: Catalog = catalog(
        &[
            Entry {
                message: says(&[
                    Piece::Literal("Permissions Violation for "),
                    Piece::Field { name: "what", spec: "" },
                ]),
                fields: &[field("what")],
                ..entry("permissions", Code::None)
            },
            Entry { message: says(&[Piece::Literal("Stale")]), ..entry("stale", Code::None) },
        ],
        &[plain(Node::Composed(&[
            Part::Literal("-ERR '"),
            Part::Slot(Slot::Message),
            Part::Literal("'\r\n"),
        ]))],
    );
    assert_eq!(decoded(&CATALOG, "-ERR 'Stale'\r\n"), "stale");
    let text = "-ERR 'Permissions Violation for 'a''\r\n";
    assert_eq!(decoded(&CATALOG, text), "permissions");
    assert_eq!(received(&CATALOG, text).text(), Some("Permissions Violation for 'a'"));
    assert_eq!(decoded(&CATALOG, "-ERR 'New'\r\n"), "unknown");
    for text in ["-ERR 'Stale'", "+OK\r\n", "PING\r\n", "", "null", "\"-ERR 'Stale'\\r\\n\""] {
        assert_eq!(decoded(&CATALOG, text), "foreign", "{text}");
    }
}

/// `"44" + "{cx.id},"? + {"code":code}`, as in Socket.IO.
static CHAIN: Catalog = catalog(
    &[entry("gone", Code::Text("gone"))],
    &[json(Node::Chain(&[
        element(constant("\"44\"")),
        optional_element(Node::Composed(&[Part::Slot(Slot::Context("id")), Part::Literal(",")])),
        element(Node::Object(&[pair("code", CODE)])),
    ]))],
);

#[test]
fn a_chain_is_text_and_json_one_after_the_other() {
    assert_eq!(decoded(&CHAIN, r#"44{"code":"gone"}"#), "gone");
    assert_eq!(context(&CHAIN, r#"44{"code":"gone"}"#), None);
    assert_eq!(decoded(&CHAIN, r#"44/admin,{"code":"gone"}"#), "gone");
    assert_eq!(context(&CHAIN, r#"44/admin,{"code":"gone"}"#), Some(json!("/admin")));
    assert_eq!(decoded(&CHAIN, r#"44/a,{"code":"new"}"#), r#"unknown "new""#);
    for text in
        [r#"42{"code":"gone"}"#, r#"44{"code":"gone"} "#, "44", "44{", r#"44/a{"code":"gone"}"#]
    {
        assert_eq!(decoded(&CHAIN, text), "foreign", "{text}");
    }
}

#[test]
fn text_may_follow_the_json_of_a_chain_and_a_bare_slot_is_json() {
    static CATALOG: Catalog = catalog(
        &[Entry { fields: &[field("list")], ..entry("gone", Code::Text("gone")) }],
        &[json(Node::Chain(&[
            element(CODE),
            element(constant("\" \"")),
            element(Node::Slot { slot: Slot::Field("list"), cast: None }),
            element(constant("\"\\u001e\"")),
        ]))],
    );
    assert_eq!(decoded(&CATALOG, "\"gone\" [1]\u{1e}"), "gone");
    assert_eq!(received(&CATALOG, "\"gone\" [1]\u{1e}").fields().get("list"), Some(&json!([1])));
    assert_eq!(decoded(&CATALOG, "gone [1]\u{1e}"), "foreign");
    assert_eq!(decoded(&CATALOG, "\"new\" 1\u{1e}"), "unknown \"new\"");
}

#[test]
fn json_in_a_string_is_read_too() {
    static CATALOG: Catalog = catalog(
        &[Entry {
            details: Details::Object,
            fields: &[field("limit")],
            ..entry("limit", Code::Number(7))
        }],
        &[json(Node::Object(&[
            pair("event", constant("\"error\"")),
            pair(
                "data",
                Node::Encoded(&Node::Object(&[pair("code", CODE), optional("details", DETAILS)])),
            ),
        ]))],
    );
    let text = r#"{"event":"error","data":"{\"code\":7,\"details\":{\"limit\":\"\\\"\"}}"}"#;
    assert_eq!(decoded(&CATALOG, text), "limit");
    assert_eq!(received(&CATALOG, text).fields().get("limit"), Some(&json!("\"")));
    assert_eq!(decoded(&CATALOG, r#"{"event":"error","data":"{\"code\":8}"}"#), "unknown 8");
    assert_eq!(decoded(&CATALOG, r#"{"event":"error","data":"{\"code\":"}"#), "foreign");
    assert_eq!(decoded(&CATALOG, r#"{"event":"error","data":{"code":7}}"#), "foreign");
}

#[test]
fn what_was_made_a_string_on_its_way_comes_back_as_what_it_was() {
    static CATALOG: Catalog = catalog(
        &[Entry {
            details: Details::Object,
            fields: &[Field { cast: Some(Cast::String), ..field("serial") }],
            ..entry("gone", Code::Number(7))
        }],
        &[json(Node::Object(&[pair("code", CODE), pair("details", DETAILS)]))],
    );
    let received = received(&CATALOG, r#"{"code":7,"details":{"serial":"18446744073709551615"}}"#);
    assert_eq!(received.value::<u64>("serial").unwrap(), Some(u64::MAX));
    assert_eq!(received.value::<&str>("serial").unwrap(), Some("18446744073709551615"));
}

#[test]
fn of_a_member_that_is_there_twice_the_last_counts() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Text("gone"))],
        &[json(Node::Object(&[pair("code", CODE), optional("id", ID)]))],
    );
    assert_eq!(context(&CATALOG, r#"{"id":1,"code":"gone","id":2}"#), Some(json!(2)));
}

#[test]
fn a_literal_at_the_end_ends_the_last_slot_where_it_stands_last() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::None)],
        &[json(Node::Composed(&[
            Part::Literal("gone ("),
            Part::Slot(Slot::Context("id")),
            Part::Literal(")"),
        ]))],
    );
    assert_eq!(context(&CATALOG, r#""gone (a)b))""#), Some(json!("a)b)")));
    assert_eq!(decoded(&CATALOG, r#""gone (a""#), "foreign");
}

#[test]
fn a_code_that_is_used_twice_is_read_where_it_stands_alone() {
    static CATALOG: Catalog = catalog(
        &[entry("gone", Code::Text("gone"))],
        &[json(Node::Array(&[
            element(Node::Composed(&[
                Part::Literal("error "),
                Part::Slot(Slot::Code),
                Part::Literal(" "),
                Part::Slot(Slot::Context("id")),
            ])),
            element(CODE),
        ]))],
    );
    assert_eq!(
        decoded(&CATALOG, r#"["error all is new 7","all is new"]"#),
        r#"unknown "all is new""#
    );
}

#[test]
fn a_decoder_can_be_shared_between_threads() {
    const fn shared<T: Send + Sync + 'static>() {}
    const { shared::<Decoder>() };
    const { shared::<Decoded>() };
}
