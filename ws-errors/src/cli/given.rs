//! Values that are given on the command line.

use crate::catalog::FieldType;
use crate::export::backticks;
use crate::types::{Typed, in_words};
use crate::wire::Tree;

/// The value as compact JSON: JSON where it is JSON of the type that is wanted, a string otherwise.
///
/// # Errors
/// Says what the type is where neither is wanted.
pub(super) fn value(given: &str, ty: &FieldType) -> Result<String, String> {
    let parsed = Tree::parse(given).ok();
    let string = Tree::String(given.into());
    let Some(typed) = Typed::of(ty) else {
        return Ok(parsed.unwrap_or(string).compact());
    };
    match parsed {
        Some(tree) if typed.has(&tree) || is_left_out(&tree, ty) => Ok(tree.compact()),
        _ if typed.has(&string) => Ok(string.compact()),
        _ => Err(format!(
            "can't be {given:?}; its type is {}",
            in_words(&typed.ty, &typed.definitions, ty.optional, backticks)
        )),
    }
}

fn is_left_out(tree: &Tree<'_>, ty: &FieldType) -> bool {
    ty.optional && matches!(tree, Tree::Null)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::SchemaOf;
    use serde_json::json;

    fn of(schema: Option<SchemaOf>, given: &str) -> Result<String, String> {
        value(given, &FieldType { optional: false, scalar: None, schema, is_known: true })
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
        let integers: SchemaOf =
            |_| json!({ "type": "array", "items": { "type": "integer" } }).to_string();
        assert!(of(Some(integers), "[4]").is_ok() && of(Some(integers), "[4.5]").is_err());
    }

    #[test]
    fn where_nothing_is_known_json_is_json() {
        assert_eq!(of(None, r#"{"z": 1, "a": 2}"#).unwrap(), r#"{"z":1,"a":2}"#);
        assert_eq!(of(None, "{").unwrap(), r#""{""#);
    }
}
