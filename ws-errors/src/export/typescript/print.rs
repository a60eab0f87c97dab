//! Types as source text.

use super::layout::{Doc, braces, concat, group, indent, join, list, text};
use super::names::{key, literal};
use crate::export::client::tuple;
use crate::types::{Object, Type};

/// The type, laid out.
pub(super) fn type_doc(ty: &Type) -> Doc {
    match ty {
        Type::Any => text("unknown"),
        Type::Null => text("null"),
        Type::Boolean => text("boolean"),
        Type::Number(_) | Type::Integer(_) => text("number"),
        Type::String(..) => text("string"),
        Type::Constant(value) => text(literal(value)),
        Type::Reference(name) => text(name),
        Type::Array(array) => match tuple(array) {
            Some((elements, has_more)) => {
                let mut docs: Vec<Doc> = elements
                    .into_iter()
                    .map(|(ty, optional)| match ty {
                        _ if !optional => type_doc(ty),
                        Type::Union(_) | Type::Intersection(_) => {
                            concat([text("("), type_doc(ty), text(")?")])
                        }
                        Type::Array(array) if tuple(array).is_none() => {
                            concat([text("("), type_doc(ty), text(")?")])
                        }
                        _ => concat([type_doc(ty), text("?")]),
                    })
                    .collect();
                if has_more {
                    let rest = array_of(&array.rest).print();
                    let rest = rest.strip_prefix("readonly ").unwrap_or(&rest);
                    docs.push(text(format!("...{rest}")));
                }
                list("readonly [", docs, "]")
            }
            None => array_of(&array.rest),
        },
        Type::Object(object) => {
            let mut members: Vec<Doc> = object
                .members
                .iter()
                .map(|member| property(&member.key, member.optional, &member.ty))
                .collect();
            members.extend(others(object));
            braces(members, ";")
        }
        Type::Union(types) if types.is_empty() => text("never"),
        Type::Union(types) if is_hugged(types) => join(types.iter().map(type_doc), &text(" | ")),
        Type::Union(types) => {
            group(indent(concat([Doc::Soft, Doc::IfBroken("| "), alternatives(types)])))
        }
        Type::Intersection(types) => join(
            types.iter().map(|ty| match ty {
                Type::Union(_) => concat([text("("), parenthesised(ty), text(")")]),
                _ => type_doc(ty),
            }),
            &text(" & "),
        ),
    }
}

fn array_of(item: &Type) -> Doc {
    match item {
        Type::Union(types) if !types.is_empty() => {
            concat([text("readonly ("), parenthesised(item), text(")[]")])
        }
        Type::Intersection(_) | Type::Array(_) => {
            concat([text("readonly ("), type_doc(item), text(")[]")])
        }
        _ => concat([text("readonly "), type_doc(item), text("[]")]),
    }
}

/// The members of an object that aren't named.
pub(super) fn others(object: &Object) -> Option<Doc> {
    // Their type must hold for the members that are named, too.
    let others = match object.others.as_deref()? {
        others if object.members.is_empty() => type_doc(others),
        _ => text("unknown"),
    };
    Some(concat([text("readonly [key: string]: "), others]))
}

/// A member of an interface.
pub(super) fn property(name: &str, optional: bool, ty: &Type) -> Doc {
    let mark = if optional { "?: " } else { ": " };
    concat([text(format!("readonly {}{mark}", key(name))), type_doc(ty)])
}

/// What stands behind `export type X =`.
pub(super) fn alias(ty: &Type) -> Doc {
    match ty {
        Type::Union(types) if types.len() > 1 && !is_hugged(types) => group(indent(concat([
            Doc::Line,
            group(concat([Doc::IfBroken("| "), alternatives(types)])),
        ]))),
        other => concat([text(" "), type_doc(other)]),
    }
}

fn alternatives(types: &[Type]) -> Doc {
    let alternatives = types.iter().map(|ty| match ty {
        Type::Intersection(_) => indent(concat([text("("), type_doc(ty), text(")")])),
        ty => indent(type_doc(ty)),
    });
    join(alternatives, &concat([Doc::Line, text("| ")]))
}

fn parenthesised(ty: &Type) -> Doc {
    match ty {
        Type::Union(types) if !is_hugged(types) => group(concat([
            indent(concat([Doc::Soft, Doc::IfBroken("| "), alternatives(types)])),
            Doc::Soft,
        ])),
        other => type_doc(other),
    }
}

/// prettier keeps `{ … } | null` together.
fn is_hugged(types: &[Type]) -> bool {
    let nulls = types.iter().filter(|ty| **ty == Type::Null).count();
    nulls + 1 == types.len() && types.iter().any(|ty| matches!(ty, Type::Object(_)))
}

/// The type on one line.
#[cfg(test)]
pub(super) fn type_text(ty: &Type) -> String {
    type_doc(ty).print()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::names::GLOBALS;
    use super::*;
    use crate::export::client::{Names, Schemas};

    fn converted(schema: serde_json::Value) -> String {
        let mut names = Names::new(&GLOBALS);
        let ty = Schemas::new(&mut names).in_module(&Type::read(&schema));
        type_text(&ty)
    }

    #[test]
    fn each_schema_becomes_the_type_that_says_the_same() {
        for (schema, expected) in [
            (json!(true), "unknown"),
            (json!({}), "unknown"),
            (json!(false), "never"),
            (json!({ "type": "integer", "format": "uint32", "minimum": 0 }), "number"),
            (json!({ "type": ["string", "null"] }), "string | null"),
            (json!({ "const": "a" }), "\"a\""),
            (json!({ "enum": ["a", 1, null] }), "\"a\" | 1 | null"),
            (json!({ "type": "string", "enum": ["a", "b"] }), "\"a\" | \"b\""),
            (json!({ "type": "array", "items": { "type": "string" } }), "readonly string[]"),
            (
                json!({ "type": "array", "items": { "type": ["string", "number"] } }),
                "readonly (string | number)[]",
            ),
            (
                json!({ "type": "array", "prefixItems": [{ "type": "string" }, true], "minItems": 2, "maxItems": 2 }),
                "readonly [string, unknown]",
            ),
            (
                json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "null" }], "minItems": 1 }),
                "readonly [string, null?, ...unknown[]]",
            ),
            (
                json!({ "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 }),
                "readonly [number, number]",
            ),
            (
                json!({ "type": "object", "properties": { "b-c": { "type": "boolean" }, "a": {} }, "required": ["a"] }),
                "{ readonly a: unknown; readonly \"b-c\"?: boolean }",
            ),
            (
                json!({ "type": "object", "additionalProperties": { "type": "number" } }),
                "{ readonly [key: string]: number }",
            ),
            (json!({ "type": "object" }), "{ readonly [key: string]: unknown }"),
            (
                json!({ "anyOf": [{ "$ref": "#/$defs/Detail" }, { "type": "null" }] }),
                "Detail | null",
            ),
            (json!({ "allOf": [{ "$ref": "#/$defs/A" }, { "$ref": "#/$defs/B" }] }), "A & B"),
            (json!({ "$ref": "https://example.com/elsewhere" }), "unknown"),
        ] {
            assert_eq!(converted(schema.clone()), expected, "{schema}");
        }
    }
}
