//! JSON Schema to the types that TypeScript has.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::{Names, pascal};
use crate::catalog::{Cast, FieldType, SchemaGenerator};

/// A type that a JSON value can have: what is printed, and what is checked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Type {
    Unknown,
    Never,
    Null,
    Boolean,
    Number,
    Integer,
    String,
    /// One value: a string, a number, a boolean.
    Literal(Value),
    Array(Box<Type>),
    /// Elements of which so many must be there, and the type of any after them.
    Tuple(Vec<Type>, usize, Option<Box<Type>>),
    /// Members (the flag: may be absent), and the type of any others where they are described.
    Object(Vec<(String, Type, bool)>, Option<Box<Type>>),
    Union(Vec<Type>),
    Intersection(Vec<Type>),
    /// A named type of the module.
    Named(String),
}

/// A named type of the module that comes from `$defs`.
#[derive(Debug)]
pub(super) struct Definition {
    pub(super) name: String,
    pub(super) docs: String,
    pub(super) ty: Type,
}

/// Makes types of the schemas of fields, and collects the definitions that they refer to.
#[derive(Debug)]
pub(super) struct Schemas<'a> {
    generator: SchemaGenerator,
    names: &'a mut Names,
    /// The name in the module of each definition that is referred to.
    referred: BTreeMap<String, String>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(names: &'a mut Names) -> Self {
        Self { generator: SchemaGenerator::new(), names, referred: BTreeMap::new() }
    }

    /// The type that a field has on the wire; `None` where it has no schema.
    pub(super) fn of_field(&mut self, ty: &FieldType, cast: Option<Cast>) -> Option<Type> {
        match cast {
            Some(Cast::String) if ty.optional => Some(union(vec![Type::String, Type::Null])),
            Some(Cast::String) => Some(Type::String),
            _ => {
                let schema = crate::catalog::schema_of(ty, &mut self.generator)?;
                Some(self.convert(&schema))
            }
        }
    }

    /// The definitions that the types made so far refer to, in order of their names in the schemas.
    pub(super) fn definitions(&mut self) -> Vec<Definition> {
        let schemas = self.generator.definitions();
        let mut done: BTreeMap<String, Definition> = BTreeMap::new();
        loop {
            let next = self.referred.iter().find(|(key, _)| !done.contains_key(*key));
            let Some((key, name)) = next.map(|(key, name)| (key.clone(), name.clone())) else {
                return done.into_values().collect();
            };
            let schema = schemas.get(&key).unwrap_or(&Value::Bool(true));
            let docs = schema.get("description").and_then(Value::as_str).unwrap_or("").to_owned();
            let ty = self.convert(schema);
            done.insert(key, Definition { name, docs, ty });
        }
    }

    fn convert(&mut self, schema: &Value) -> Type {
        let Value::Object(keywords) = schema else {
            return if schema == &Value::Bool(false) { Type::Never } else { Type::Unknown };
        };
        let mut all = Vec::new();
        if let Some(reference) = keywords.get("$ref").and_then(Value::as_str) {
            all.push(self.reference(reference));
        }
        if let Some(value) = keywords.get("const") {
            all.push(constant(value));
        } else if let Some(Value::Array(values)) = keywords.get("enum") {
            all.push(union(values.iter().map(constant).collect()));
        } else {
            match keywords.get("type") {
                Some(Value::String(name)) => all.push(self.of_type(name, schema)),
                Some(Value::Array(names)) => {
                    let names = names.iter().filter_map(Value::as_str);
                    all.push(union(names.map(|name| self.of_type(name, schema)).collect()));
                }
                _ if keywords.contains_key("properties") => {
                    all.push(self.of_type("object", schema));
                }
                _ => {}
            }
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(Value::Array(schemas)) = keywords.get(key) {
                all.push(union(schemas.iter().map(|schema| self.convert(schema)).collect()));
            }
        }
        if let Some(Value::Array(schemas)) = keywords.get("allOf") {
            all.extend(schemas.iter().map(|schema| self.convert(schema)).collect::<Vec<_>>());
        }
        intersection(all)
    }

    fn reference(&mut self, reference: &str) -> Type {
        let Some(key) = reference.strip_prefix("#/$defs/") else { return Type::Unknown };
        let key = key.replace("~1", "/").replace("~0", "~");
        let name = match self.referred.get(&key) {
            Some(name) => name.clone(),
            None => {
                let name = self.names.take(pascal(&key), "Data");
                self.referred.insert(key, name.clone());
                name
            }
        };
        Type::Named(name)
    }

    fn of_type(&mut self, name: &str, schema: &Value) -> Type {
        match name {
            "null" => Type::Null,
            "boolean" => Type::Boolean,
            "number" => Type::Number,
            "integer" => Type::Integer,
            "string" => Type::String,
            "array" => self.array(schema),
            "object" => self.object(schema),
            _ => Type::Unknown,
        }
    }

    fn array(&mut self, schema: &Value) -> Type {
        let items = schema.get("items").map(|items| self.convert(items));
        let Some(Value::Array(first)) = schema.get("prefixItems") else {
            let length = |key: &str| schema.get(key).and_then(Value::as_u64);
            let item = items.unwrap_or(Type::Unknown);
            // A fixed-size array, as long as it is short enough to be read as a tuple.
            return match (length("minItems"), length("maxItems")) {
                (Some(least), Some(most @ 1..=8)) if least == most => {
                    let first: Vec<Type> = (0..most).map(|_| item.clone()).collect();
                    Type::Tuple(first, usize::try_from(least).unwrap_or(0), None)
                }
                _ => Type::Array(Box::new(item)),
            };
        };
        let first: Vec<Type> = first.iter().map(|schema| self.convert(schema)).collect();
        let length = |key: &str| {
            schema.get(key).and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok())
        };
        let least = length("minItems").unwrap_or(0).min(first.len());
        let is_closed = length("maxItems") == Some(first.len()) || items == Some(Type::Never);
        let rest = (!is_closed).then(|| Box::new(items.unwrap_or(Type::Unknown)));
        Type::Tuple(first, least, rest)
    }

    fn object(&mut self, schema: &Value) -> Type {
        let required: Vec<&str> = match schema.get("required") {
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let mut properties = Vec::new();
        if let Some(Value::Object(members)) = schema.get("properties") {
            for (key, schema) in members {
                let optional = !required.contains(&key.as_str());
                properties.push((key.clone(), self.convert(schema), optional));
            }
        }
        // The order of members depends on the features that an application turns on.
        properties.sort_by(|(one, ..), (other, ..)| one.cmp(other));
        let mut rest = Vec::new();
        if let Some(Value::Object(patterns)) = schema.get("patternProperties") {
            rest.extend(patterns.values().map(|schema| self.convert(schema)));
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(false)) => {}
            Some(schema) => rest.push(self.convert(schema)),
            None if rest.is_empty() && properties.is_empty() => rest.push(Type::Unknown),
            None => {}
        }
        let rest = (!rest.is_empty()).then(|| Box::new(union(rest)));
        Type::Object(properties, rest)
    }
}

fn constant(value: &Value) -> Type {
    match value {
        Value::Null => Type::Null,
        Value::Array(values) => {
            Type::Tuple(values.iter().map(constant).collect(), values.len(), None)
        }
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| (key.clone(), constant(value), false));
            Type::Object(members.collect(), None)
        }
        scalar => Type::Literal(scalar.clone()),
    }
}

/// Any of the types; those that say nothing more than another are left out.
pub(super) fn union(types: Vec<Type>) -> Type {
    let mut out: Vec<Type> = Vec::new();
    for ty in types {
        let parts = match ty {
            Type::Union(types) => types,
            Type::Never => Vec::new(),
            other => vec![other],
        };
        for part in parts {
            if part == Type::Unknown {
                return Type::Unknown;
            }
            if !out.contains(&part) {
                out.push(part);
            }
        }
    }
    if out.contains(&Type::Number) {
        out.retain(|ty| *ty != Type::Integer);
    }
    match (out.pop(), out.is_empty()) {
        (None, _) => Type::Never,
        (Some(only), true) => only,
        (Some(last), false) => {
            out.push(last);
            Type::Union(out)
        }
    }
}

fn intersection(types: Vec<Type>) -> Type {
    let mut out: Vec<Type> = Vec::new();
    for ty in types {
        if ty == Type::Never {
            return Type::Never;
        }
        if ty != Type::Unknown && !out.contains(&ty) {
            out.push(ty);
        }
    }
    match (out.pop(), out.is_empty()) {
        (None, _) => Type::Unknown,
        (Some(only), true) => only,
        (Some(last), false) => {
            out.push(last);
            Type::Intersection(out)
        }
    }
}

impl Type {
    /// The type without `null`, for places where nothing is left out.
    pub(super) fn without_null(self) -> Self {
        match self {
            Self::Union(types) => union(types.into_iter().filter(|ty| *ty != Self::Null).collect()),
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::print::type_text;
    use super::*;

    fn converted(schema: Value) -> String {
        let mut names = Names::new();
        let ty = Schemas::new(&mut names).convert(&schema);
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

    #[test]
    fn nullable_places_lose_null_where_nothing_is_left_out() {
        let ty = union(vec![Type::String, Type::Null]);
        assert_eq!(ty.without_null(), Type::String);
    }
}
