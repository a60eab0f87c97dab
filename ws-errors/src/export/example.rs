//! Example values: for docs, demonstrations, and what `show` is not given.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::Values;
use super::schema::{ordered, resolve};
use crate::catalog::{
    Catalog, ClosingCode, ContextField, Entry, Field, FieldType, RetryKind, SchemaGenerator,
};
use crate::wire::Tree;

/// How deep an example goes before the smallest value has to do.
const DEPTH: usize = 4;

/// Example values for the fields of an entry, and for those of all contexts.
///
/// A field has its own `example`, or else one that is made up from its type: a string is the
/// field's name, an integer 1, an array has one element, an object all its members, and of several
/// types the first is taken. Where contexts share the name of a field, the first one's is taken;
/// [`example_in`] is exact.
pub fn example(catalog: &'static Catalog, entry: &'static Entry) -> Values {
    let mut values = fields(entry);
    for context in catalog.contexts.iter().rev() {
        contexts_fields(&mut values, context.fields);
    }
    values
}

/// Example values for the fields of an entry, and for those of the context with this index in
/// [`Catalog::contexts`].
pub fn example_in(catalog: &'static Catalog, entry: &'static Entry, context: usize) -> Values {
    let mut values = fields(entry);
    if let Some(context) = catalog.contexts.get(context) {
        contexts_fields(&mut values, context.fields);
    }
    values
}

/// Example values for the fields of an entry alone.
pub(crate) fn fields(entry: &'static Entry) -> Values {
    let mut values = Values::new();
    for field in entry.fields {
        values.field_json(field.ident, &of_field(entry, field));
    }
    values
}

fn contexts_fields(values: &mut Values, fields: &[ContextField]) {
    for field in fields {
        let json = match field.example {
            Some(json) => Cow::Borrowed(json),
            None => Cow::Owned(made_up(field.name, &(field.ty)())),
        };
        values.context_json(field.name, &json);
    }
}

/// The example of a field as compact JSON.
pub(crate) fn of_field(entry: &'static Entry, field: &'static Field) -> Cow<'static, str> {
    if let Some(json) = field.example {
        return Cow::Borrowed(json);
    }
    if let Some(closing) = entry.delivery.closing()
        && closing.code == ClosingCode::Field(field.ident)
    {
        return Cow::Borrowed("4000");
    }
    if let RetryKind::After(wait) = entry.retry.kind
        && wait.field == Some(field.ident)
    {
        let millis = wait.fixed.map_or(1000, |wait| wait.as_millis());
        return Cow::Owned(millis.to_string());
    }
    // A tuple variant's field has a number for a name.
    let name = if field.name.parse::<usize>().is_ok() { "value" } else { field.name };
    Cow::Owned(made_up(name, &field.ty))
}

fn made_up(name: &str, ty: &FieldType) -> String {
    let mut generator = SchemaGenerator::new();
    let schema = crate::catalog::schema_of(ty, &mut generator);
    let definitions = generator.definitions();
    let tree = match schema {
        Some(schema) => MadeUp { definitions: &definitions }.value(name, &schema, DEPTH),
        None => Tree::String(name.to_owned().into()),
    };
    tree.compact()
}

struct MadeUp<'a> {
    definitions: &'a Map<String, Value>,
}

impl MadeUp<'_> {
    fn value(&self, name: &str, schema: &Value, depth: usize) -> Tree<'static> {
        if let Some((_, definition)) = resolve(schema, self.definitions) {
            return match depth.checked_sub(1) {
                Some(depth) => self.value(name, definition, depth),
                None => Tree::Null,
            };
        }
        let first = |key: &str| schema.get(key)?.as_array()?.iter().find(|one| !one.is_null());
        if let Some(constant) =
            schema.get("const").or_else(|| first("examples")).or_else(|| first("enum"))
        {
            return Tree::of(constant);
        }
        for key in ["anyOf", "oneOf", "allOf"] {
            let Some(schemas) = schema.get(key).and_then(Value::as_array) else { continue };
            // Something that holds itself without end is cut where it may be null.
            let null = schemas.iter().find(|one| is_null(one)).filter(|_| depth == 0);
            let something = schemas.iter().find(|one| !is_null(one));
            return null
                .or(something)
                .map_or(Tree::Null, |schema| self.value(name, schema, depth.saturating_sub(1)));
        }
        let kind = match schema.get("type") {
            Some(Value::String(kind)) => kind.as_str(),
            Some(Value::Array(kinds)) => kinds
                .iter()
                .filter_map(Value::as_str)
                .find(|kind| *kind != "null")
                .unwrap_or("null"),
            _ => "string",
        };
        match kind {
            "null" => Tree::Null,
            "boolean" => Tree::Bool(true),
            "integer" => Tree::of(&bounded(schema, 1)),
            "number" => match schema.get("minimum").or_else(|| schema.get("maximum")) {
                Some(_) => Tree::of(&bounded(schema, 1)),
                None => Tree::of(&serde_json::json!(1.5)),
            },
            "array" => Tree::Array(self.elements(name, schema, depth)),
            "object" => Tree::Object(self.members(schema, depth)),
            _ => Tree::String(Cow::Owned(string(name, schema))),
        }
    }

    fn elements(&self, name: &str, schema: &Value, depth: usize) -> Vec<Tree<'static>> {
        let below = depth.saturating_sub(1);
        if let Some(items) = schema.get("prefixItems").and_then(Value::as_array) {
            return items.iter().map(|item| self.value(name, item, below)).collect();
        }
        match schema.get("items") {
            Some(items) if depth > 0 => {
                let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(1);
                let least = usize::try_from(least).unwrap_or(1).clamp(1, 16);
                vec![self.value(name, items, below); least]
            }
            _ => Vec::new(),
        }
    }

    fn members(&self, schema: &Value, depth: usize) -> Vec<(Cow<'static, str>, Tree<'static>)> {
        let below = depth.saturating_sub(1);
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            return ordered(schema, properties)
                .into_iter()
                .filter(|(_, _, required)| *required || depth > 0)
                .map(|(key, property, _)| {
                    (Cow::Owned(key.to_owned()), self.value(key, property, below))
                })
                .collect();
        }
        match schema.get("additionalProperties") {
            Some(values @ Value::Object(_)) if depth > 0 => {
                vec![(Cow::Borrowed("key"), self.value("value", values, below))]
            }
            _ => Vec::new(),
        }
    }
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "null")
}

/// The number, or the bound of the schema that it crosses.
fn bounded(schema: &Value, number: i64) -> Value {
    let bound = |key: &str| schema.get(key).filter(|bound| bound.is_number());
    let crosses = |bound: &&Value, below: bool| {
        bound.as_f64().is_some_and(|bound| if below { bound > 1.0 } else { bound < 1.0 })
    };
    bound("minimum")
        .filter(|bound| crosses(bound, true))
        .or_else(|| bound("maximum").filter(|bound| crosses(bound, false)))
        .cloned()
        .unwrap_or_else(|| number.into())
}

fn string(name: &str, schema: &Value) -> String {
    let text = match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => "2025-01-01T00:00:00Z",
        Some("partial-date-time") => "2025-01-01T00:00:00",
        Some("date") => "2025-01-01",
        Some("time" | "partial-time") => "00:00:00",
        Some("duration") => "PT30S",
        Some("uuid") => "00000000-0000-4000-8000-000000000000",
        Some("uri" | "url") => "https://example.com/",
        Some("email") => "someone@example.com",
        Some("ip" | "ipv4") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        _ => name,
    };
    let most = schema.get("maxLength").and_then(Value::as_u64);
    match most.and_then(|most| usize::try_from(most).ok()) {
        Some(most) => text.chars().take(most).collect(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::METERED;
    use serde_json::json;

    fn made_up(schema: Value) -> String {
        let definitions = json!({
            "Node": {
                "type": "object",
                "properties": {
                    "name": { "type": "string" },
                    "next": { "anyOf": [{ "$ref": "#/$defs/Node" }, { "type": "null" }] },
                },
                "required": ["name"],
            },
        });
        MadeUp { definitions: definitions.as_object().unwrap() }
            .value("size", &schema, DEPTH)
            .compact()
    }

    #[test]
    fn an_example_is_made_up_from_the_type() {
        for (schema, expected) in [
            (json!({ "type": "string" }), r#""size""#),
            (json!({ "type": "string", "maxLength": 1 }), r#""s""#),
            (json!({ "type": "string", "format": "date-time" }), r#""2025-01-01T00:00:00Z""#),
            (json!({ "type": "integer", "minimum": 0 }), "1"),
            (json!({ "type": "integer", "minimum": 100 }), "100"),
            (json!({ "type": "number" }), "1.5"),
            (json!({ "type": "boolean" }), "true"),
            (json!({ "type": ["null", "integer"] }), "1"),
            (json!({ "type": "array", "items": { "type": "string" } }), r#"["size"]"#),
            (json!({ "enum": [null, "read", "write"] }), r#""read""#),
            (json!({ "oneOf": [{ "const": 7 }, { "const": 8 }] }), "7"),
            (json!({ "anyOf": [{ "type": "null" }, { "type": "boolean" }] }), "true"),
            (json!({}), r#""size""#),
            (
                json!({
                    "type": "object",
                    "properties": { "b": { "type": "string" }, "a": { "type": "integer" } },
                    "required": ["b"],
                }),
                r#"{"b":"b","a":1}"#,
            ),
            (
                json!({ "type": "object", "additionalProperties": { "type": "string" } }),
                r#"{"key":"value"}"#,
            ),
        ] {
            assert_eq!(made_up(schema), expected);
        }
    }

    #[test]
    fn an_example_of_a_type_that_holds_itself_comes_to_an_end() {
        let example = made_up(json!({ "$ref": "#/$defs/Node" }));
        assert!(example.starts_with(r#"{"name":"name","next":{"name""#), "{example}");
        assert!(serde_json::from_str::<Value>(&example).is_ok());
    }

    #[test]
    fn the_examples_of_an_entry_are_its_own_and_those_of_the_context() {
        let entry = &METERED.entries[0];
        assert_eq!(
            example(&METERED, entry).encode(&METERED, entry, 0).text(),
            Some(
                r#"{"type":"error","requestId":"pub-2","code":"channel_not_authorized","message":"not authorized: other-app/room-1"}"#
            )
        );
    }
}
