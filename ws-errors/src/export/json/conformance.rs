//! What is written has the form that its JSON Schema promises, and nothing besides.

use serde_json::Value;

use super::{JSON_SCHEMA, json};
use crate::catalog::*;
use crate::export::testing::{BLANK, hostile};
use crate::fixture::METERED;

/// Checks the keywords that the schema uses. A member that it doesn't name is refused wherever it
/// names any: the schema is open to what later versions add, and what is written is not.
struct Checker(Value);

impl Checker {
    fn new() -> Self {
        Self(serde_json::from_str(JSON_SCHEMA).unwrap())
    }

    fn check(&self, value: &Value, schema: &Value, path: &str) -> Result<(), String> {
        let Value::Object(keywords) = schema else { return Ok(()) };
        for (keyword, argument) in keywords {
            let is_right = match keyword.as_str() {
                "$schema" | "$defs" | "title" => true,
                "$ref" => {
                    let target = argument.as_str().unwrap().trim_start_matches('#');
                    self.check(value, self.0.pointer(target).unwrap(), path)?;
                    true
                }
                "const" => value == argument,
                "enum" => argument.as_array().unwrap().contains(value),
                "type" => kinds(argument).any(|kind| is_kind(value, kind)),
                "required" => kinds(argument).all(|key| value.get(key).is_some()),
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(item, argument, &format!("{path}/{index}"))?;
                    }
                    true
                }
                "properties" => {
                    for (key, member) in value.as_object().into_iter().flatten() {
                        let path = format!("{path}/{key}");
                        let Some(schema) = argument.get(key) else {
                            if path == "/$comment" {
                                continue;
                            }
                            return Err(format!("{path} is not in the schema"));
                        };
                        self.check(member, schema, &path)?;
                    }
                    true
                }
                "anyOf" => {
                    let schemas = argument.as_array().unwrap();
                    schemas.iter().any(|schema| self.check(value, schema, path).is_ok())
                }
                other => panic!("the checker knows no {other}"),
            };
            if !is_right {
                return Err(format!("{path} is not as `{keyword}` says: {value}"));
            }
        }
        Ok(())
    }
}

fn kinds(argument: &Value) -> impl Iterator<Item = &str> {
    let one = argument.as_str().into_iter();
    one.chain(argument.as_array().into_iter().flatten().filter_map(Value::as_str))
}

fn is_kind(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        other => panic!("the checker knows no {other}"),
    }
}

fn check(catalog: &'static Catalog) -> Result<(), String> {
    let checker = Checker::new();
    let value = serde_json::from_str(&json(catalog).unwrap()).unwrap();
    checker.check(&value, &checker.0, "")
}

#[test]
fn what_is_written_is_as_the_schema_says() {
    assert_eq!(check(&METERED), Ok(()));
    assert_eq!(check(hostile()), Ok(()));
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
    assert_eq!(check(Box::leak(Box::new(catalog))), Ok(()));
}

#[test]
fn every_slot_is_in_the_schema() {
    let checker = Checker::new();
    let others = [Slot::Title, Slot::Fields, Slot::Set("a"), Slot::Field("a"), Slot::Context("a")];
    for slot in Slot::NAMED.into_iter().chain(others) {
        let template = Node::Slot { slot, cast: None };
        let envelopes = vec![Envelope { template, format: Format::Json }].leak();
        let catalog = Box::leak(Box::new(Catalog { envelopes, ..METERED }));
        let value: Value = serde_json::from_str(&json(catalog).unwrap()).unwrap();
        assert_eq!(checker.check(&value, &checker.0, ""), Ok(()), "{slot}");
    }
}

#[test]
fn what_is_not_in_the_schema_is_found() {
    let checker = Checker::new();
    let mut value: Value = serde_json::from_str(&json(&METERED).unwrap()).unwrap();
    value["entries"][0]["retry"]["kind"] = "sometimes".into();
    assert!(
        checker.check(&value, &checker.0, "").unwrap_err().starts_with("/entries/0/retry/kind ")
    );
}
