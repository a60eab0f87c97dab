//! A JSON Schema in words.

use serde_json::{Map, Value};

use super::words::Quote;

/// How deep arrays and objects are described.
const DEPTH: usize = 3;

/// The most constants that are listed one by one.
const LISTED: usize = 12;

/// The type that a schema describes, in words: "string", "array of integers", "`a` or `b`".
///
/// That it may be `null` is left out where `optional` is: whoever shows the type says so.
pub(crate) fn in_words(
    schema: &Value,
    definitions: &Map<String, Value>,
    optional: bool,
    quote: Quote,
) -> String {
    let describer = Describer { definitions, quote };
    let mut alternatives = describer.alternatives(schema, Level { depth: DEPTH, within: &[] });
    if optional {
        alternatives.retain(|alternative| alternative != "null");
    }
    list(alternatives, "or").unwrap_or_else(|| "null".to_owned())
}

/// A schema that a `$ref` inside these definitions stands for, with its name.
pub(crate) fn resolve<'a>(
    schema: &'a Value,
    definitions: &'a Map<String, Value>,
) -> Option<(&'a str, &'a Value)> {
    let name = schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
    Some((name, definitions.get(name)?))
}

/// Where in a type a schema stands.
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
    definitions: &'a Map<String, Value>,
    quote: Quote,
}

impl Describer<'_> {
    fn one(&self, schema: &Value, level: Level<'_>) -> String {
        list(self.alternatives(schema, level), "or").unwrap_or_else(|| "null".to_owned())
    }

    fn alternatives(&self, schema: &Value, level: Level<'_>) -> Vec<String> {
        let mut words = Vec::new();
        self.collect(schema, level, &mut words);
        let mut seen = Vec::with_capacity(words.len());
        for word in words {
            if !seen.contains(&word) {
                seen.push(word);
            }
        }
        // "null" last, as people say it.
        seen.sort_by_key(|word| word == "null");
        seen
    }

    fn collect(&self, schema: &Value, level: Level<'_>, words: &mut Vec<String>) {
        if let Some((name, definition)) = resolve(schema, self.definitions) {
            if level.within.contains(&name) {
                words.push("the same again".to_owned());
            } else {
                let within = [level.within, &[name]].concat();
                self.collect(definition, Level { within: &within, ..level }, words);
            }
            return;
        }
        if let Some(constant) = schema.get("const") {
            words.push((self.quote)(&constant.to_string()));
            return;
        }
        if let Some(constants) = schema.get("enum").and_then(Value::as_array) {
            words.extend(constants.iter().take(LISTED).map(|constant| match constant {
                Value::Null => "null".to_owned(),
                constant => (self.quote)(&constant.to_string()),
            }));
            if constants.len() > LISTED {
                words.push("another".to_owned());
            }
            return;
        }
        for key in ["anyOf", "oneOf", "allOf"] {
            if let Some(schemas) = schema.get(key).and_then(Value::as_array) {
                schemas.iter().for_each(|schema| self.collect(schema, level, words));
                return;
            }
        }
        match schema.get("type") {
            Some(Value::String(kind)) => words.push(self.of_kind(kind, schema, level)),
            Some(Value::Array(kinds)) => words.extend(
                kinds
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|kind| self.of_kind(kind, schema, level)),
            ),
            _ => words.push("any JSON".to_owned()),
        }
    }

    fn of_kind(&self, kind: &str, schema: &Value, level: Level<'_>) -> String {
        match kind {
            "string" => match schema.get("format").and_then(Value::as_str) {
                Some(format) => format!("string ({})", (self.quote)(format)),
                None => "string".to_owned(),
            },
            "array" => self.array(schema, level),
            "object" => self.object(schema, level),
            _ => kind.to_owned(),
        }
    }

    fn array(&self, schema: &Value, level: Level<'_>) -> String {
        let Some(level) = level.below() else { return "array".to_owned() };
        if let Some(items) = schema.get("prefixItems").and_then(Value::as_array) {
            let items: Vec<String> = items.iter().map(|item| self.one(item, level)).collect();
            return format!("array of {}", items.join(", then "));
        }
        match schema.get("items") {
            Some(items) => format!("array of {}", plural(&self.one(items, level))),
            None => "array".to_owned(),
        }
    }

    fn object(&self, schema: &Value, level: Level<'_>) -> String {
        let Some(level) = level.below() else { return "object".to_owned() };
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            let members =
                ordered(schema, properties).into_iter().map(|(key, property, required)| {
                    let optional = if required { "" } else { ", optional" };
                    format!("{} ({}{optional})", (self.quote)(key), self.one(property, level))
                });
            if let Some(members) = list(members.collect(), "and") {
                return format!("object with {members}");
            }
        }
        match schema.get("additionalProperties") {
            Some(values @ Value::Object(_)) => {
                format!("object whose values are {}", plural(&self.one(values, level)))
            }
            _ => "object".to_owned(),
        }
    }
}

/// The properties of an object with whether they are required: those that are, in the order of
/// their declaration, and then the others by name.
pub(crate) fn ordered<'a>(
    schema: &'a Value,
    properties: &'a Map<String, Value>,
) -> Vec<(&'a str, &'a Value, bool)> {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map_or(Vec::new(), |keys| keys.iter().filter_map(Value::as_str).collect());
    let mut members: Vec<(&str, &Value, bool)> = properties
        .iter()
        .map(|(key, property)| (key.as_str(), property, required.contains(&key.as_str())))
        .collect();
    members.sort_by_key(|(key, ..)| {
        (required.iter().position(|other| other == key).unwrap_or(usize::MAX), *key)
    });
    members
}

fn plural(words: &str) -> String {
    match words {
        "string" | "integer" | "number" | "boolean" | "object" | "array" => format!("{words}s"),
        words if words.starts_with("object ") || words.starts_with("array ") => {
            words.replacen(' ', "s ", 1)
        }
        words => words.to_owned(),
    }
}

/// "a", "a or b", "a, b or c".
pub(crate) fn list(mut words: Vec<String>, conjunction: &str) -> Option<String> {
    let last = words.pop()?;
    if words.is_empty() {
        return Some(last);
    }
    Some(format!("{} {conjunction} {last}", words.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::words::backticks;
    use serde_json::json;

    fn words(schema: Value, optional: bool) -> String {
        let definitions = json!({
            "Detail": { "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "type": "string" } },
                { "type": "object", "additionalProperties": { "$ref": "#/$defs/Detail" } },
            ] },
        });
        in_words(&schema, definitions.as_object().unwrap(), optional, backticks)
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
            (json!(true), "any JSON"),
            (json!({}), "any JSON"),
        ] {
            assert_eq!(words(schema, false), expected);
        }
        assert_eq!(words(json!({ "type": ["string", "null"] }), true), "string");
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
