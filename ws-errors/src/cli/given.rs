//! Values that are given on the command line.

use serde_json::{Map, Value};

use crate::catalog::{FieldType, SchemaGenerator};
use crate::export::{backticks, in_words, resolve};
use crate::wire::Tree;

/// The value as compact JSON: JSON where it is JSON of a type that is wanted, a string otherwise.
///
/// # Errors
/// Says what the type is where neither is wanted.
pub(super) fn value(given: &str, ty: &FieldType) -> Result<String, String> {
    let mut generator = SchemaGenerator::new();
    let schema = crate::catalog::schema_of(ty, &mut generator);
    let definitions = generator.definitions();
    let parsed = Tree::parse(given).ok();
    let string = || Tree::String(given.into()).compact();
    let Some(schema) = schema else {
        return Ok(parsed.map_or_else(string, |tree| tree.compact()));
    };
    let wanted = Wanted { definitions: &definitions };
    match parsed {
        Some(tree) if wanted.is(&schema, kind(&tree), 8) || is_left_out(&tree, ty) => {
            Ok(tree.compact())
        }
        _ if wanted.is(&schema, "string", 8) => Ok(string()),
        _ => Err(format!(
            "can't be {given:?}; its type is {}",
            in_words(&schema, &definitions, ty.optional, backticks)
        )),
    }
}

fn is_left_out(tree: &Tree<'_>, ty: &FieldType) -> bool {
    ty.optional && matches!(tree, Tree::Null)
}

fn kind(tree: &Tree<'_>) -> &'static str {
    match tree {
        Tree::Null => "null",
        Tree::Bool(_) => "boolean",
        Tree::Number(number) if number.is_f64() => "number",
        Tree::Number(_) => "integer",
        Tree::String(_) => "string",
        Tree::Array(_) => "array",
        Tree::Object(_) => "object",
    }
}

/// Which kinds of JSON a schema wants; whether the inside is as it should be is not looked at.
struct Wanted<'a> {
    definitions: &'a Map<String, Value>,
}

impl Wanted<'_> {
    fn is(&self, schema: &Value, kind: &str, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        if let Some((_, definition)) = resolve(schema, self.definitions) {
            return self.is(definition, kind, depth);
        }
        let any = |key: &str| {
            let schemas = schema.get(key).and_then(Value::as_array)?;
            Some(schemas.iter().any(|schema| self.is(schema, kind, depth)))
        };
        let is_kind = |wanted: &str| wanted == kind || (wanted == "number" && kind == "integer");
        let of_constant = |constant: &Value| is_kind(self::kind(&Tree::of(constant)));
        if let Some(constant) = schema.get("const") {
            return of_constant(constant);
        }
        if let Some(constants) = schema.get("enum").and_then(Value::as_array) {
            return constants.iter().any(of_constant);
        }
        match schema.get("type") {
            Some(Value::String(wanted)) => is_kind(wanted),
            Some(Value::Array(wanted)) => wanted.iter().filter_map(Value::as_str).any(is_kind),
            _ => any("anyOf").or_else(|| any("oneOf")).or_else(|| any("allOf")).unwrap_or(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::SchemaOf;
    use serde_json::json;

    fn of(schema: Option<SchemaOf>, given: &str) -> Result<String, String> {
        value(given, &FieldType { optional: false, wide: false, schema, is_known: true })
    }

    #[test]
    fn a_string_takes_what_is_given_as_it_is() {
        let string: SchemaOf = |_| json!({ "type": "string" }).to_string();
        assert_eq!(of(Some(string), "4").unwrap(), r#""4""#);
        assert_eq!(of(Some(string), "null").unwrap(), r#""null""#);
        assert_eq!(of(Some(string), "a \"b\"").unwrap(), r#""a \"b\"""#);
        assert_eq!(of(Some(string), r#""4""#).unwrap(), r#""4""#);
    }

    #[test]
    fn other_types_take_json_and_say_so() {
        let integer: SchemaOf = |_| json!({ "type": ["integer", "null"] }).to_string();
        assert_eq!(of(Some(integer), "4").unwrap(), "4");
        assert_eq!(of(Some(integer), "null").unwrap(), "null");
        assert_eq!(
            of(Some(integer), "four").unwrap_err(),
            r#"can't be "four"; its type is integer or null"#
        );
        let either: SchemaOf =
            |_| json!({ "anyOf": [{ "type": "string" }, { "type": "number" }] }).to_string();
        assert_eq!(of(Some(either), "4").unwrap(), "4");
        assert_eq!(of(Some(either), "[4]").unwrap(), r#""[4]""#);
    }

    #[test]
    fn where_nothing_is_known_json_is_json() {
        assert_eq!(of(None, r#"{"z": 1, "a": 2}"#).unwrap(), r#"{"z":1,"a":2}"#);
        assert_eq!(of(None, "{").unwrap(), r#""{""#);
    }
}
