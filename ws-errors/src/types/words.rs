//! A type in words.

use serde_json::Value;

use ws_errors_core::distinct::distinct;

use super::{Array, Definitions, Encoded, Limits, Object, Type};
use crate::export::words::{Quote, list};

/// How deep arrays and objects are described.
const DEPTH: usize = 3;

/// The most constants that are listed one by one.
const LISTED: usize = 12;

/// The type in words: "string", "array of integers", "`a` or `b`".
///
/// That it may be `null` is left out where `optional` is: whoever shows the type says so.
pub(crate) fn in_words(
    ty: &Type,
    definitions: &Definitions,
    optional: bool,
    quote: Quote,
) -> String {
    let describer = Describer { definitions, quote };
    let mut alternatives = describer.alternatives(ty, Level { depth: DEPTH, within: &[] });
    if optional {
        alternatives.retain(|alternative| alternative != "null");
    }
    list(alternatives, "or").unwrap_or_else(|| "null".to_owned())
}

/// Where in a type another stands.
#[derive(Clone, Copy)]
struct Level<'a> {
    /// How much deeper the description may go.
    depth: usize,
    /// The definitions that are being described.
    within: &'a [&'a str],
}

impl Level<'_> {
    fn below(self) -> Option<Self> {
        Some(Self { depth: self.depth.checked_sub(1)?, ..self })
    }
}

struct Describer<'a> {
    definitions: &'a Definitions,
    quote: Quote,
}

impl Describer<'_> {
    fn one(&self, ty: &Type, level: Level<'_>) -> String {
        list(self.alternatives(ty, level), "or").unwrap_or_else(|| "null".to_owned())
    }

    fn alternatives(&self, ty: &Type, level: Level<'_>) -> Vec<String> {
        let mut words = Vec::new();
        self.collect(ty, level, &mut words);
        let mut seen = distinct(words);
        // "null" last, as people say it.
        seen.sort_by_key(|word| word == "null");
        seen
    }

    fn collect(&self, ty: &Type, level: Level<'_>, words: &mut Vec<String>) {
        words.push(match ty {
            Type::Any => "any JSON".to_owned(),
            Type::Null => "null".to_owned(),
            Type::Boolean => "boolean".to_owned(),
            Type::Number(_) => "number".to_owned(),
            Type::Integer(_) => "integer".to_owned(),
            Type::String(limits, encoded) => match encoded.as_slice() {
                [] => self.string(limits),
                encoded => self.encoded(encoded, level),
            },
            Type::Constant(constant) => (self.quote)(&constant.to_string()),
            Type::Array(array) => self.array(array, level),
            Type::Object(object) => self.object(object, level),
            Type::Reference(name) => match self.definitions.get(name) {
                Some(_) if level.within.contains(&name.as_str()) => "the same again".to_owned(),
                Some(definition) => {
                    let within = [level.within, &[name.as_str()]].concat();
                    let level = Level { within: &within, ..level };
                    return self.collect(&definition.ty, level, words);
                }
                None => "any JSON".to_owned(),
            },
            Type::Union(types) => {
                let is_constant = |ty: &&Type| matches!(ty, Type::Constant(_));
                let (constants, others): (Vec<&Type>, Vec<&Type>) =
                    types.iter().partition(is_constant);
                constants.iter().take(LISTED).for_each(|ty| self.collect(ty, level, words));
                if constants.len() > LISTED {
                    words.push("another".to_owned());
                }
                return others.iter().for_each(|ty| self.collect(ty, level, words));
            }
            Type::Intersection(_) => {
                let types = self.definitions.alternatives(ty);
                return types.iter().for_each(|ty| self.collect(ty, level, words));
            }
        });
    }

    fn string(&self, limits: &Limits) -> String {
        match limits.get("format").and_then(Value::as_str) {
            Some(format) => format!("string ({})", (self.quote)(format)),
            None => "string".to_owned(),
        }
    }

    fn encoded(&self, encoded: &[Encoded], level: Level<'_>) -> String {
        let encoding = match encoded.iter().find_map(|encoded| encoded.encoding.as_deref()) {
            Some(encoding) => format!(" in {}", (self.quote)(encoding)),
            None => String::new(),
        };
        let Some(level) = level.below() else { return format!("string of JSON{encoding}") };
        let pieces: Vec<String> = encoded.iter().map(|one| self.one(&one.ty, level)).collect();
        format!("string of JSON{encoding} ({})", pieces.join(", then "))
    }

    fn array(&self, array: &Array, level: Level<'_>) -> String {
        let Some(level) = level.below() else { return "array".to_owned() };
        if !array.first.is_empty() {
            let items: Vec<String> = array.first.iter().map(|item| self.one(item, level)).collect();
            return format!("array of {}", items.join(", then "));
        }
        let count = match array.most {
            Some(most) if most == array.least => format!("{most} "),
            _ => String::new(),
        };
        match &*array.rest {
            Type::Any if count.is_empty() => "array".to_owned(),
            Type::Any => format!("array of {count}values"),
            items => format!("array of {count}{}", plural(&self.one(items, level))),
        }
    }

    fn object(&self, object: &Object, level: Level<'_>) -> String {
        let Some(level) = level.below() else { return "object".to_owned() };
        let members = object.members.iter().map(|member| {
            let optional = if member.optional { ", optional" } else { "" };
            let ty = self.one(&member.ty, level);
            format!("{} ({ty}{optional})", (self.quote)(&member.key))
        });
        if let Some(members) = list(members.collect(), "and") {
            return format!("object with {members}");
        }
        match object.others.as_deref() {
            None | Some(Type::Any) => "object".to_owned(),
            Some(values) => {
                format!("object whose values are {}", plural(&self.one(values, level)))
            }
        }
    }
}

fn plural(words: &str) -> String {
    match words {
        "string" | "integer" | "number" | "boolean" | "object" | "array" => format!("{words}s"),
        words => match words.split_once(' ') {
            Some((kind @ ("string" | "object" | "array"), rest)) => format!("{kind}s {rest}"),
            _ => words.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::words::backticks;
    use serde_json::{Value, json};

    fn words(schema: Value, optional: bool) -> String {
        let definitions = json!({
            "Detail": { "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
                { "type": "object", "additionalProperties": { "$ref": "#/$defs/Detail" } },
            ] },
            "Place": {
                "type": "object", "properties": { "x": { "type": "number" } }, "required": ["x"],
            },
        });
        let definitions = Definitions::read(definitions.as_object().unwrap());
        in_words(&Type::read(&schema), &definitions, optional, backticks)
    }

    #[test]
    fn the_types_of_fields_are_said_as_people_say_them() {
        for (schema, expected) in [
            (json!({ "type": "string" }), "string"),
            (json!({ "type": "string", "format": "date-time" }), "string (`date-time`)"),
            (json!({ "type": "integer", "format": "uint32", "minimum": 0 }), "integer"),
            (json!({ "type": ["string", "null"] }), "string or null"),
            (json!({ "type": "array", "items": { "type": "integer" } }), "array of integers"),
            (
                json!({ "type": "array", "items": { "type": "array", "items": { "type": "string" } } }),
                "array of arrays of strings",
            ),
            (
                json!({ "type": "array", "items": { "type": "integer" }, "minItems": 2, "maxItems": 2 }),
                "array of 2 integers",
            ),
            (json!({ "enum": ["read", "write"] }), r#"`"read"` or `"write"`"#),
            (
                json!({ "oneOf": [{ "const": 1 }, { "const": 2 }, { "const": 3 }] }),
                "`1`, `2` or `3`",
            ),
            (
                json!({
                    "type": "object",
                    "properties": { "b": { "type": "string" }, "a": { "type": "integer" } },
                    "required": ["b"],
                }),
                "object with `b` (string) and `a` (integer, optional)",
            ),
            (
                json!({
                    "type": "array",
                    "items": {
                        "type": "string",
                        "contentMediaType": "application/json",
                        "contentSchema": { "type": "integer" },
                    },
                }),
                "array of strings of JSON (integer)",
            ),
            (json!(true), "any JSON"),
            (json!({}), "any JSON"),
        ] {
            assert_eq!(words(schema, false), expected);
        }
        assert_eq!(words(json!({ "type": ["string", "null"] }), true), "string");
    }

    /// As serde writes a variant that holds a struct under a tag.
    #[test]
    fn what_must_be_of_two_types_is_said_as_one() {
        let tagged = json!({
            "$ref": "#/$defs/Place",
            "type": "object", "properties": { "type": { "const": "place" } }, "required": ["type"],
        });
        assert_eq!(words(tagged, false), r#"object with `x` (number) and `type` (`"place"`)"#);
    }

    #[test]
    fn a_type_that_holds_itself_comes_to_an_end() {
        assert_eq!(
            words(json!({ "$ref": "#/$defs/Detail" }), false),
            "string, array of strings or object whose values are the same again"
        );
        assert_eq!(
            words(json!({ "type": "array", "items": { "$ref": "#/$defs/Missing" } }), false),
            "array of any JSON"
        );
    }
}
