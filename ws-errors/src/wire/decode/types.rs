//! The types of fields, as far as a schema tells them: what a typed handler may rely on.

use serde_json::{Map, Value};

use super::same::{integer, is_same, member};
use crate::catalog::{FieldType, SchemaGenerator};
use crate::wire::json::Json;
use ws_errors_core::json::{Json as Constant, Kinds};

/// The types of a plan, by their indices in it.
#[derive(Debug)]
pub(super) struct Types(Vec<Option<Type>>);

impl Types {
    pub(super) fn of(types: &[FieldType]) -> Self {
        Self(types.iter().map(Type::of).collect())
    }

    /// The JSON types that the values of a field's type have, as far as a code can be of them.
    pub(super) fn kinds(ty: &FieldType) -> Kinds {
        let Some(ty) = Type::of(ty) else { return Kinds::ANY };
        let text = if ty.has(&Json::String("".into())) { Kinds::STRING } else { Kinds::NONE };
        let number = if ty.has(&Json::Number(0.into())) { Kinds::NUMBER } else { Kinds::NONE };
        text.or(number)
    }

    /// Whether a value is of the type.
    pub(super) fn has(&self, ty: usize, json: &Json<'_>) -> bool {
        self.get(ty).is_none_or(|ty| ty.has(json))
    }

    /// Whether characters are those of a value of the type.
    pub(super) fn has_characters(&self, ty: usize, text: &str) -> bool {
        self.get(ty).is_none_or(|ty| {
            ty.has(&Json::String(text.into())) || Json::parse(text).is_ok_and(|json| ty.has(&json))
        })
    }

    fn get(&self, ty: usize) -> Option<&Type> {
        self.0.get(ty)?.as_ref()
    }
}

/// What values a field has. The generated TypeScript checks for the same, and both pass over what
/// says no type: formats, patterns, and the least and the most that a number may be.
#[derive(Debug, Clone)]
struct Type {
    schema: Value,
    definitions: Map<String, Value>,
}

impl Type {
    /// The type of a field; `None` where it has no schema.
    fn of(ty: &FieldType) -> Option<Self> {
        let mut generator = SchemaGenerator::new();
        let schema = crate::catalog::schema_of(ty, &mut generator)?;
        Some(Self { schema, definitions: generator.definitions() })
    }

    fn has(&self, json: &Json<'_>) -> bool {
        self.is(&self.schema, json)
    }

    fn is(&self, schema: &Value, json: &Json<'_>) -> bool {
        let Value::Object(keywords) = schema else { return *schema != Value::Bool(false) };
        let is_constant = |constant: &Value| {
            let text = constant.to_string();
            Constant::parse(&text).is_some_and(|constant| is_same(&constant, json))
        };
        let all = |key: &str, test: &dyn Fn(&[Value]) -> bool| match keywords.get(key) {
            Some(Value::Array(values)) => test(values),
            _ => true,
        };
        self.is_referred(keywords, json)
            && keywords.get("const").is_none_or(is_constant)
            && all("enum", &|values| values.iter().any(is_constant))
            && match keywords.get("type") {
                Some(Value::String(name)) => self.is_of(name, keywords, json),
                Some(Value::Array(names)) => names
                    .iter()
                    .filter_map(Value::as_str)
                    .any(|name| self.is_of(name, keywords, json)),
                _ if keywords.contains_key("properties") => self.is_of("object", keywords, json),
                _ => true,
            }
            && ["anyOf", "oneOf"]
                .iter()
                .all(|key| all(key, &|schemas| schemas.iter().any(|schema| self.is(schema, json))))
            && all("allOf", &|schemas| schemas.iter().all(|schema| self.is(schema, json)))
    }

    fn is_referred(&self, keywords: &Map<String, Value>, json: &Json<'_>) -> bool {
        let Some(reference) = keywords.get("$ref").and_then(Value::as_str) else { return true };
        let key = reference.strip_prefix("#/$defs/").unwrap_or(reference);
        let key = key.replace("~1", "/").replace("~0", "~");
        self.definitions.get(&key).is_none_or(|schema| self.is(schema, json))
    }

    fn is_of(&self, name: &str, keywords: &Map<String, Value>, json: &Json<'_>) -> bool {
        match (name, json) {
            ("null", Json::Null)
            | ("boolean", Json::Bool(_))
            | ("number", Json::Number(_))
            | ("string", Json::String(_)) => true,
            ("integer", Json::Number(number)) => {
                number.is_i64() || number.is_u64() || integer(number).is_some()
            }
            ("array", Json::Array(elements)) => self.are_elements(keywords, elements),
            ("object", Json::Object(members)) => self.are_members(keywords, members),
            ("null" | "boolean" | "number" | "string" | "integer" | "array" | "object", _) => false,
            _ => true,
        }
    }

    fn are_elements(&self, keywords: &Map<String, Value>, elements: &[Json<'_>]) -> bool {
        let length = |key: &str| keywords.get(key).and_then(Value::as_u64);
        let items = |json: &Json<'_>| keywords.get("items").is_none_or(|one| self.is(one, json));
        let count = elements.len() as u64;
        let Some(Value::Array(first)) = keywords.get("prefixItems") else {
            let is_fixed = matches!(
                (length("minItems"), length("maxItems")),
                (Some(least), Some(most @ 1..=8)) if least == most
            );
            return (!is_fixed || length("minItems") == Some(count)) && elements.iter().all(items);
        };
        let least = length("minItems").unwrap_or(0).min(first.len() as u64);
        let is_closed = length("maxItems") == Some(first.len() as u64);
        count >= least
            && elements.iter().enumerate().all(|(index, json)| match first.get(index) {
                Some(schema) => self.is(schema, json),
                None => !is_closed && items(json),
            })
    }

    fn are_members(
        &self,
        keywords: &Map<String, Value>,
        members: &[(impl AsRef<str>, Json<'_>)],
    ) -> bool {
        let none = Map::new();
        let properties = match keywords.get("properties") {
            Some(Value::Object(properties)) => properties,
            _ => &none,
        };
        let are_there = match keywords.get("required") {
            Some(Value::Array(names)) => {
                names.iter().filter_map(Value::as_str).all(|name| member(members, name).is_some())
            }
            _ => true,
        };
        let mut others: Vec<&Value> = Vec::new();
        if let Some(Value::Object(patterns)) = keywords.get("patternProperties") {
            others.extend(patterns.values());
        }
        others.extend(
            keywords.get("additionalProperties").filter(|schema| **schema != Value::Bool(false)),
        );
        are_there
            && members.iter().all(|(key, json)| match properties.get(key.as_ref()) {
                Some(schema) => self.is(schema, json),
                None => others.is_empty() || others.iter().any(|schema| self.is(schema, json)),
            })
    }
}

#[cfg(all(test, feature = "schemars"))]
mod tests {
    use std::collections::BTreeMap;

    use schemars::JsonSchema;

    use super::*;
    use crate::wire::generated::TypeProbe;

    #[derive(JsonSchema)]
    #[serde(tag = "type", rename_all = "snake_case")]
    #[allow(dead_code, reason = "only its schema is looked at")]
    enum Cause {
        Limit { most: u32, window: Option<u32> },
        Several { causes: Vec<Cause> },
        Other,
    }

    macro_rules! has {
        ($ty:ty, $json:literal) => {{
            let schema = TypeProbe::<$ty>::__WS_SCHEMA;
            let ty = FieldType { optional: false, wide: false, schema, is_known: true };
            Type::of(&ty).unwrap().has(&Json::parse($json).unwrap())
        }};
    }

    #[test]
    fn a_value_is_of_a_type_as_its_schema_says_it() {
        assert!(has!(u32, "5") && has!(u32, "5.0") && !has!(u32, "5.5") && !has!(u32, "\"5\""));
        assert!(has!(f64, "5.5") && has!(f64, "5") && !has!(f64, "null"));
        assert!(has!(u64, "18446744073709551615") && has!(bool, "true") && !has!(bool, "0"));
        assert!(has!(Option<String>, "null") && !has!(String, "null") && !has!(String, "[]"));
        assert!(has!((u8, String), "[1,\"a\"]") && !has!((u8, String), "[1]"));
        assert!(!has!((u8, String), "[1,\"a\",2]") && !has!((u8, String), "[\"a\",1]"));
        assert!(has!([u8; 2], "[1,2]") && !has!([u8; 2], "[1]") && !has!([u8; 2], "[1,2,3]"));
        assert!(has!(BTreeMap<String, u8>, "{\"a\":1}"));
        assert!(!has!(BTreeMap<String, u8>, "{\"a\":\"1\"}"));
        assert!(has!(serde_json::Value, "{\"a\":[null]}"));
    }

    #[test]
    fn a_type_that_refers_to_itself_is_looked_at_as_deep_as_a_value_goes() {
        assert!(has!(Cause, r#"{"type":"other"}"#));
        assert!(has!(Cause, r#"{"type":"limit","most":1,"new":true}"#));
        assert!(!has!(Cause, r#"{"type":"limit","most":null}"#));
        assert!(!has!(Cause, r#"{"type":"new"}"#));
        let nested =
            r#"{"type":"several","causes":[{"type":"several","causes":[{"type":"other"}]}]}"#;
        assert!(has!(Cause, r#"{"type":"several","causes":[]}"#));
        assert!({
            let schema = TypeProbe::<Cause>::__WS_SCHEMA;
            let ty = Type::of(&FieldType { optional: false, wide: false, schema, is_known: true })
                .unwrap();
            let wrong = nested.replace("other", "wrong");
            ty.has(&Json::parse(nested).unwrap()) && !ty.has(&Json::parse(&wrong).unwrap())
        });
    }
}
