use serde_json::{Value, json};

use super::*;
use crate::catalog::*;
use crate::export::example_in;
use crate::export::testing::{BLANK, hostile};
use crate::fixture::METERED;
use crate::wire::{Fragment, Item, Property};

fn schema(catalog: &'static Catalog) -> Value {
    serde_json::from_str(&json_schema(catalog).unwrap()).unwrap()
}

fn is_valid(schema: &Value, frame: &Value) -> bool {
    jsonschema::validator_for(schema).unwrap().is_valid(frame)
}

/// The schema of a shape of an entry that says nothing else.
fn of_shape(shape: &Shape) -> Value {
    let catalog = crate::export::testing::catalog(vec![BLANK]);
    let mut types = Types::new();
    let schema: Tree<'_> = Schemas::new(&mut types, catalog, &catalog.entries[0]).of(shape).into();
    serde_json::from_str(&schema.compact()).unwrap()
}

#[test]
fn a_message_is_what_its_entry_says_and_nothing_else() {
    let schema = schema(&METERED);
    let frame = json!({
        "type": "error", "requestId": "7", "code": "backend_error", "message": "any words",
    });
    assert!(is_valid(&schema, &frame));
    let changed = |key: &str, value: Value| {
        let mut frame = frame.clone();
        frame[key] = value;
        frame
    };
    assert!(is_valid(&schema, &changed("newer", json!(1))), "a newer server may say more");
    assert!(!is_valid(&schema, &changed("code", json!("no_such_code"))));
    assert!(!is_valid(&schema, &changed("type", json!("event"))));
    assert!(!is_valid(&schema, &changed("requestId", Value::Null)), "it is absent, not null");
    assert!(!is_valid(&schema, &json!({ "type": "error", "code": "backend_error" })));
}

#[test]
fn where_every_error_is_a_close_no_message_is_valid() {
    let schema = schema(crate::export::testing::catalog(vec![BLANK]));
    assert!(schema.get("anyOf").is_none());
    assert!(!is_valid(&schema, &json!({ "code": "blank" })));
}

#[test]
fn elements_that_are_not_named_are_refused() {
    let schema = schema(&METERED);
    let start = json!([
        4,
        null,
        "http://domain/exceptions#channel_not_authorized",
        "text",
        { "channel": "a" },
    ]);
    assert!(is_valid(&schema, &start));
    let mut longer = start.clone();
    longer.as_array_mut().unwrap().push(json!(1));
    assert!(!is_valid(&schema, &longer));
}

#[test]
fn every_example_frame_is_valid() {
    for catalog in [&METERED, hostile()] {
        let schema = schema(catalog);
        let mut count = 0;
        for message in messages(catalog) {
            let index = message.index;
            let output =
                example_in(catalog, message.entry, index).encode(catalog, message.entry, index);
            let text = output.text().unwrap();
            let frame = if message.is_json {
                serde_json::from_str(text).unwrap()
            } else {
                Value::from(text)
            };
            assert!(is_valid(&schema, &frame), "{frame}");
            count += 1;
        }
        assert!(count > 0);
    }
}

#[test]
fn a_text_is_described_by_its_constant_characters() {
    let open = || Fragment::Open(Shape::Text(Text::EMPTY));
    let composed = Shape::Composed(vec![Fragment::Literal("[a] (1+1) ".to_owned()), open()]);
    assert_eq!(of_shape(&composed)["pattern"], r"^\[a\] \(1\+1\) [\s\S]*$");
    let chain = Shape::Chain(vec![
        Item { optional: false, value: Shape::Composed(vec![Fragment::Literal("44".to_owned())]) },
        Item {
            optional: true,
            value: Shape::Composed(vec![open(), Fragment::Literal(",".to_owned())]),
        },
        Item { optional: false, value: Shape::Object(Vec::new()) },
    ]);
    let schema = of_shape(&chain);
    assert_eq!(schema["x-ws-json"], json!([{ "type": "object", "properties": {} }]));
    assert_eq!(schema["pattern"], r"^44(?:[\s\S]*,)?[\s\S]*$");
    assert!(is_valid(&schema, &json!("44/ns,{}")) && !is_valid(&schema, &json!("45{}")));
}

#[test]
fn what_holds_the_place_of_nothing_is_allowed_there() {
    let text = || Shape::Text(Text::EMPTY);
    let constant = |json: &'static str| Shape::Constant(json.into());
    let shape = Shape::Array(vec![
        Item { optional: false, value: constant("4") },
        Item { optional: true, value: text() },
        Item { optional: true, value: text() },
    ]);
    let schema = of_shape(&shape);
    for (frame, expected) in [
        (json!([4]), true),
        (json!([4, "a"]), true),
        (json!([4, null, "b"]), true),
        (json!([4, "a", null]), false),
        (json!([]), false),
    ] {
        assert_eq!(is_valid(&schema, &frame), expected, "{frame}");
    }
    let default = Shape::Default(Box::new(text()), Box::new(constant("{}")));
    let schema =
        of_shape(&Shape::Object(vec![Property { key: "a", optional: false, value: default }]));
    assert!(is_valid(&schema, &json!({ "a": {} })) && is_valid(&schema, &json!({ "a": "b" })));
    assert!(!is_valid(&schema, &json!({ "a": null })) && !is_valid(&schema, &json!({})));
}

#[test]
fn a_code_from_a_field_is_none_that_another_entry_has() {
    let code = Field { name: "code", ident: "code", docs: "", ..METERED.entries[0].fields[0] };
    let entries = vec![
        Entry { name: "known", code: Code::Text("known"), ..BLANK },
        Entry { name: "other", code: Code::Field("code"), fields: vec![code].leak(), ..BLANK },
    ];
    let catalog = crate::export::testing::catalog(entries);
    let entry = &catalog.entries[1];
    let mut types = Types::new();
    let shape = Shape::Code(&entry.fields[0], None);
    let schema: Tree<'_> = Schemas::new(&mut types, catalog, entry).of(&shape).into();
    let schema = serde_json::from_str(&schema.compact()).unwrap();
    assert!(is_valid(&schema, &json!("anything")) && !is_valid(&schema, &json!("known")));
}
