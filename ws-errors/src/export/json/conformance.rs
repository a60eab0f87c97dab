//! What is written has the form that its JSON Schema promises, and nothing besides.

use jsonschema::Validator;
use serde_json::Value;

use super::{JSON_SCHEMA, json};
use crate::catalog::*;
use crate::export::testing::{BLANK, hostile};
use crate::fixture::METERED;

/// The schema, which lets no member through that it doesn't name: it is open to what later versions add,
/// and what is written is not.
fn strict() -> Validator {
    let mut schema: Value = serde_json::from_str(JSON_SCHEMA).unwrap();
    schema["properties"]["$comment"] = true.into();
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

fn close(schema: &mut Value) {
    if let Some(keywords) = schema.as_object_mut() {
        if keywords.contains_key("properties") {
            keywords.insert("additionalProperties".to_owned(), false.into());
        }
        keywords.values_mut().for_each(close);
    } else if let Some(schemas) = schema.as_array_mut() {
        schemas.iter_mut().for_each(close);
    }
}

/// What is wrong with a value, and where.
fn wrong(value: &Value) -> Option<String> {
    let error = strict().validate(value).err()?;
    Some(format!("{} {error}", error.instance_path()))
}

fn written(catalog: &'static Catalog) -> Value {
    serde_json::from_str(&json(catalog).unwrap()).unwrap()
}

#[test]
fn what_is_written_is_as_the_schema_says() {
    assert_eq!(wrong(&written(&METERED)), None);
    assert_eq!(wrong(&written(hostile())), None);
}

#[test]
fn every_kind_of_template_and_text_is_in_the_schema() {
    const FIELDS: Text = Text(&[Piece::Literal("a"), Piece::Field { name: "b", spec: "" }]);
    let entry = Entry {
        code: Code::Field("code"),
        message: Message::Display(FIELDS),
        details: Details::Array,
        constants: &[("kind", Node::Constant("null"))],
        user: Some(UserMessage { title: FIELDS, message: FIELDS, action: None, fallback: false }),
        ..BLANK
    };
    let template = Node::Chain(&[
        Element { optional: true, value: Node::Encoded(&Node::Array(&[])) },
        Element { optional: false, value: Node::Splice(Slot::Details) },
        Element {
            optional: false,
            value: Node::Composed(&[Part::Filtered(Slot::Message, Filter::Len)]),
        },
        Element {
            optional: false,
            value: Node::Object(&[
                Member::Splice(Slot::Fields),
                Member::Pair {
                    key: "a",
                    optional: true,
                    value: Node::Default {
                        node: &Node::Slot { slot: Slot::Set("kind"), cast: Some(Cast::Number) },
                        default: &Node::Composed(&[Part::Slot(Slot::Reason), Part::Literal("")]),
                    },
                },
            ]),
        },
    ]);
    let envelopes = vec![
        Envelope { template, format: Format::Json },
        Envelope { template, format: Format::Cbor(&[1, 255]) },
        Envelope { template, format: Format::With(Codec { name: "codec", functions: || &() }) },
    ]
    .leak();
    let success = &[Success::Numbers(0, 1), Success::Text("ok")];
    let context = Context { delivery: Some(ContextDelivery::Soft), ..METERED.contexts[0] };
    let contexts = vec![context].leak();
    let catalog = Catalog { entries: vec![entry].leak(), envelopes, success, contexts, ..METERED };
    assert_eq!(wrong(&written(Box::leak(Box::new(catalog)))), None);
}

#[test]
fn every_slot_is_in_the_schema() {
    let others = [Slot::Title, Slot::Fields, Slot::Set("a"), Slot::Field("a"), Slot::Context("a")];
    for slot in Slot::NAMED.into_iter().chain(others) {
        let template = Node::Slot { slot, cast: None };
        let envelopes = vec![Envelope { template, format: Format::Json }].leak();
        let catalog = Box::leak(Box::new(Catalog { envelopes, ..METERED }));
        assert_eq!(wrong(&written(catalog)), None, "{slot}");
    }
}

#[test]
fn what_is_not_in_the_schema_is_found() {
    let mut value = written(&METERED);
    value["entries"][0]["retry"]["kind"] = "sometimes".into();
    assert!(wrong(&value).unwrap().starts_with("/entries/0/retry/kind "));
    let mut value = written(&METERED);
    value["entries"][0]["surprise"] = true.into();
    assert!(wrong(&value).unwrap().starts_with("/entries/0 "));
}
