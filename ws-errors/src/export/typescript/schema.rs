//! JSON Schema to the types that TypeScript has.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::{Names, pascal};
use crate::catalog::{Cast, FieldType};
use crate::types::{self, FieldTypes};

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
    types: FieldTypes,
    names: &'a mut Names,
    /// The name in the module of each definition that is referred to.
    referred: BTreeMap<String, String>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(names: &'a mut Names) -> Self {
        Self { types: FieldTypes::default(), names, referred: BTreeMap::new() }
    }

    /// The type that a field has on the wire; `None` where it has no schema.
    pub(super) fn of_field(&mut self, ty: &FieldType, cast: Option<Cast>) -> Option<Type> {
        let ty = self.types.of(ty, cast)?;
        Some(self.convert(&ty))
    }

    /// The definitions that the types made so far refer to, in order of their names in the schemas.
    pub(super) fn definitions(&mut self) -> Vec<Definition> {
        let definitions = self.types.definitions();
        let mut done: BTreeMap<String, Definition> = BTreeMap::new();
        loop {
            let next = self.referred.iter().find(|(key, _)| !done.contains_key(*key));
            let Some((key, name)) = next.map(|(key, name)| (key.clone(), name.clone())) else {
                return done.into_values().collect();
            };
            let definition = definitions.get(&key);
            let docs = definition.map_or(String::new(), |definition| definition.docs.clone());
            let ty = definition.map_or(Type::Unknown, |definition| self.convert(&definition.ty));
            done.insert(key, Definition { name, docs, ty });
        }
    }

    fn convert(&mut self, ty: &types::Type) -> Type {
        match ty {
            types::Type::Any => Type::Unknown,
            types::Type::Null => Type::Null,
            types::Type::Boolean => Type::Boolean,
            types::Type::Number(_) => Type::Number,
            types::Type::Integer(_) => Type::Integer,
            types::Type::String(_) => Type::String,
            types::Type::Constant(value) => constant(value),
            types::Type::Array(array) => {
                let rest = Box::new(self.convert(&array.rest));
                let first = array.first.iter().map(|ty| self.convert(ty)).collect::<Vec<_>>();
                match array.most {
                    // A fixed-size array, as long as it is short enough to be read as a tuple.
                    Some(most @ 1..=8) if first.is_empty() => {
                        Type::Tuple(vec![*rest; most], array.least, None)
                    }
                    _ if first.is_empty() => Type::Array(rest),
                    most => Type::Tuple(first, array.least, most.is_none().then_some(rest)),
                }
            }
            types::Type::Object(object) => {
                let mut members: Vec<(String, Type, bool)> = object
                    .members
                    .iter()
                    .map(|one| (one.key.clone(), self.convert(&one.ty), one.optional))
                    .collect();
                members.sort_by(|(one, ..), (other, ..)| one.cmp(other));
                let others = object.others.as_ref();
                Type::Object(members, others.map(|others| Box::new(self.convert(others))))
            }
            types::Type::Union(types) => union(types.iter().map(|ty| self.convert(ty)).collect()),
            types::Type::Intersection(types) => {
                intersection(types.iter().map(|ty| self.convert(ty)).collect())
            }
            types::Type::Reference(key) => Type::Named(self.reference(key)),
        }
    }

    fn reference(&mut self, key: &str) -> String {
        if let Some(name) = self.referred.get(key) {
            return name.clone();
        }
        let name = self.names.take(pascal(key), "Data");
        self.referred.insert(key.to_owned(), name.clone());
        name
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
        let ty = Schemas::new(&mut names).convert(&types::Type::read(&schema));
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
