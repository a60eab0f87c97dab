//! Example values: for docs, demonstrations, and what `show` is not given.

use std::borrow::Cow;
use std::cell::Cell;

use serde_json::Value;
use ws_errors_core::escape::{characters_of, quote};

use super::Values;
use crate::catalog::{
    Catalog, ClosingCode, Code, ContextField, Entry, Field, FieldType, HTTP_CONTEXT, Success,
};
use crate::types::{Array, Definition, Definitions, Encoded, Limits, Object, Type, Typed};
use crate::wire::Tree;

/// How deep an example goes before the smallest value has to do.
const DEPTH: usize = 4;

/// The most elements that an array of an example has.
const LONGEST: usize = 16;

/// Example values for the fields of an entry, and for those of all contexts.
///
/// A field has its own `example`, or else one that is made up from its type: a string is the
/// field's name, an integer 1, an array has one element, an object all its members, and of several
/// types the first is taken. Where contexts share the name of a field, the first one's is taken;
/// [`example_in`] is exact.
pub fn example(catalog: &'static Catalog, entry: &'static Entry) -> Values {
    let mut values = fields(catalog, entry);
    for context in catalog.contexts.iter().rev() {
        contexts_fields(&mut values, context.fields);
    }
    values
}

/// Example values for the fields of an entry, and for those of the context with this index in
/// [`Catalog::contexts`].
pub fn example_in(catalog: &'static Catalog, entry: &'static Entry, context: usize) -> Values {
    let mut values = fields(catalog, entry);
    if let Some(context) = catalog.contexts.get(context) {
        contexts_fields(&mut values, context.fields);
    }
    values
}

/// Example values for the fields of an entry, and for those of a request.
pub(crate) fn of_request(catalog: &'static Catalog, entry: &'static Entry) -> Values {
    let mut values = fields(catalog, entry);
    contexts_fields(&mut values, HTTP_CONTEXT.fields);
    values
}

/// Example values for the fields of an entry alone.
pub(crate) fn fields(catalog: &'static Catalog, entry: &'static Entry) -> Values {
    let mut values = Values::new();
    for field in entry.fields {
        values.field_json(field.ident, &of_field(catalog, entry, field));
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
fn of_field(
    catalog: &'static Catalog,
    entry: &'static Entry,
    field: &'static Field,
) -> Cow<'static, str> {
    if let Some(json) = field.example {
        return Cow::Borrowed(json);
    }
    if let Some(closing) = entry.delivery.closing()
        && closing.code == ClosingCode::Field(field.ident)
    {
        return Cow::Borrowed("4000");
    }
    if let Some(wait) = entry.retry.wait_of(field.ident) {
        let millis = wait.fixed.map_or(1000, |wait| wait.as_millis());
        // Whole, since most fields are integers.
        return Cow::Owned(millis.div_ceil(wait.unit.milliseconds().into()).to_string());
    }
    // A tuple variant's field has a number for a name.
    let name = if field.name.parse::<usize>().is_ok() { "value" } else { field.name };
    let json = made_up(name, &field.ty);
    Cow::Owned(if entry.code == Code::Field(field.ident) { open_code(catalog, json) } else { json })
}

/// A made-up code, or one like it that neither an error nor success has: clients would read those.
fn open_code(catalog: &'static Catalog, made_up: String) -> String {
    let is_taken = |code: &str| {
        let number: Option<i64> = code.parse().ok();
        let succeeds = catalog.success.iter().any(|success| {
            success.has_text(code) || number.is_some_and(|number| success.has_number(number))
        });
        succeeds || catalog.entries.iter().any(|entry| entry.code_text().as_deref() == Some(code))
    };
    let code = characters_of(&made_up);
    if !is_taken(&code) {
        return made_up;
    }
    // Of so many one is free, unless the codes of success are all numbers there are.
    let tries = 1..=catalog.entries.len() + 1;
    let found = match made_up.parse::<i64>() {
        Ok(number) => {
            let ends = catalog.success.iter().map(|success| match *success {
                Success::Numbers(_, last) => last,
                Success::Text(_) => number,
            });
            let beyond = ends.max().unwrap_or(number).max(number);
            tries
                .filter_map(|more| Some(beyond.checked_add(more.try_into().ok()?)?.to_string()))
                .find(|code| !is_taken(code))
        }
        Err(_) => tries
            .map(|more| format!("{code}_{more}"))
            .find(|code| !is_taken(code))
            .map(|code| quote(&code)),
    };
    found.unwrap_or(made_up)
}

fn made_up(name: &str, ty: &FieldType) -> String {
    let tree = match Typed::of(ty) {
        Some(typed) => MadeUp::new(&typed.definitions).value(name, &typed.ty, DEPTH),
        None => Tree::String(name.to_owned().into()),
    };
    tree.compact()
}

/// Whether the made-up value of a type is a name, or has one in it: nothing is known of a string.
pub(crate) fn is_placeholder(ty: &FieldType) -> bool {
    Typed::of(ty).is_none_or(|typed| {
        let made_up = MadeUp::new(&typed.definitions);
        made_up.value("", &typed.ty, DEPTH);
        made_up.is_named.get()
    })
}

struct MadeUp<'a> {
    definitions: &'a Definitions,
    /// Whether a name has stood in for a value.
    is_named: Cell<bool>,
}

impl<'a> MadeUp<'a> {
    fn new(definitions: &'a Definitions) -> Self {
        Self { definitions, is_named: Cell::new(false) }
    }

    fn name(&self, name: &str) -> String {
        self.is_named.set(true);
        name.to_owned()
    }

    fn value(&self, name: &str, ty: &Type, depth: usize) -> Tree<'static> {
        match ty {
            Type::Null => Tree::Null,
            Type::Boolean => Tree::Bool(true),
            Type::Integer(limits) => Tree::of(&bounded(limits, 1)),
            Type::Number(limits) if limits.contains_key("minimum") => Tree::of(&bounded(limits, 1)),
            Type::Number(limits) if limits.contains_key("maximum") => Tree::of(&bounded(limits, 1)),
            Type::Number(_) => Tree::of(&serde_json::json!(1.5)),
            Type::Any => Tree::String(self.name(name).into()),
            Type::String(limits, encoded) => match encoded.as_slice() {
                [Encoded { ty, encoding: None }] => {
                    let value = self.value(name, ty, depth.saturating_sub(1));
                    Tree::String(value.compact().into())
                }
                _ => Tree::String(string(|| self.name(name), limits).into()),
            },
            Type::Constant(constant) => Tree::of(constant),
            Type::Array(array) => Tree::Array(self.elements(name, array, depth)),
            Type::Object(object) => Tree::Object(self.members(object, depth)),
            Type::Reference(key) => match (self.definitions.get(key), depth.checked_sub(1)) {
                (Some(Definition { example: Some(example), .. }), _) => Tree::of(example),
                (Some(definition), Some(depth)) => self.value(name, &definition.ty, depth),
                _ => Tree::Null,
            },
            Type::Union(types) => {
                // Something that holds itself without end is cut where it may be null.
                let null = types.iter().find(|ty| **ty == Type::Null).filter(|_| depth == 0);
                let something = types.iter().find(|ty| **ty != Type::Null);
                let below = depth.saturating_sub(1);
                null.or(something).map_or(Tree::Null, |ty| self.value(name, ty, below))
            }
            Type::Intersection(_) => {
                let types = self.definitions.alternatives(ty);
                let below = depth.saturating_sub(1);
                types.first().map_or(Tree::Null, |ty| self.value(name, ty, below))
            }
        }
    }

    fn elements(&self, name: &str, array: &Array, depth: usize) -> Vec<Tree<'static>> {
        let below = depth.saturating_sub(1);
        let bound = |key: &str| usize::try_from(array.limits.get(key)?.as_u64()?).ok();
        let wanted = match (&*array.rest, array.most) {
            _ if !array.first.is_empty() => array.first.len().max(array.least),
            (_, Some(most)) => most,
            (Type::Any, None) => 0,
            _ if depth == 0 => 0,
            _ => bound("minItems").unwrap_or(1).max(1),
        };
        let elements =
            (0..wanted.min(LONGEST)).map(|at| self.value(name, array.element(at), below));
        elements.collect()
    }

    fn members(&self, object: &Object, depth: usize) -> Vec<(Cow<'static, str>, Tree<'static>)> {
        let below = depth.saturating_sub(1);
        let members = object.members.iter().filter(|member| !member.optional || depth > 0);
        let members: Vec<_> = members
            .map(|member| {
                let value = match &member.example {
                    Some(example) => Tree::of(example),
                    None => self.value(&member.key, &member.ty, below),
                };
                (Cow::Owned(member.key.clone()), value)
            })
            .collect();
        match object.others.as_deref() {
            None | Some(Type::Any) => members,
            Some(values) if object.members.is_empty() && depth > 0 => {
                vec![(Cow::Borrowed("key"), self.value("value", values, below))]
            }
            Some(_) => members,
        }
    }
}

/// The number, or the bound of the type that it crosses.
fn bounded(limits: &Limits, number: i64) -> Value {
    let bound = |key: &str| limits.get(key).filter(|bound| bound.is_number());
    let crosses = |bound: &&Value, below: bool| {
        bound.as_f64().is_some_and(|bound| if below { bound > 1.0 } else { bound < 1.0 })
    };
    bound("minimum")
        .filter(|bound| crosses(bound, true))
        .or_else(|| bound("maximum").filter(|bound| crosses(bound, false)))
        .cloned()
        .unwrap_or_else(|| number.into())
}

fn string(name: impl FnOnce() -> String, limits: &Limits) -> String {
    let text = match limits.get("format").and_then(Value::as_str) {
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
        _ => return cut(name(), limits),
    };
    cut(text.to_owned(), limits)
}

fn cut(text: String, limits: &Limits) -> String {
    let most = limits.get("maxLength").and_then(Value::as_u64);
    match most.and_then(|most| usize::try_from(most).ok()) {
        Some(most) => text.chars().take(most).collect(),
        None => text,
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
        let definitions = Definitions::read(definitions.as_object().unwrap());
        MadeUp::new(&definitions).value("size", &Type::read(&schema), DEPTH).compact()
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
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": { "enum": ["read"] },
                }),
                r#""\"read\"""#,
            ),
            (
                json!({
                    "type": "object",
                    "properties": { "b": { "type": "string" }, "a": { "type": "integer" } },
                    "required": ["b"],
                }),
                r#"{"b":"b","a":1}"#,
            ),
            (
                json!({ "type": "array", "items": { "type": "null" }, "minItems": 2, "maxItems": 2 }),
                "[null,null]",
            ),
            (
                json!({
                    "$ref": "#/$defs/Node", "type": "object",
                    "properties": { "type": { "const": "node" } }, "required": ["type"],
                }),
                r#"{"name":"name","type":"node","next":{"name":"name"}}"#,
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
