//! Whether a value is of a type, in time proportional to the value.

use std::collections::HashMap;

use serde_json::Value;

use super::{Array, Definition, Definitions, Object, Type, Typed};
use crate::wire::json::{Json, is_integer, is_same_number, member};

impl Typed {
    /// Whether a value is of the type.
    pub(crate) fn has(&self, json: &Json<'_>) -> bool {
        Check::new(&self.definitions).is(&self.ty, json)
    }

    /// Whether characters are those of a value of the type.
    pub(crate) fn has_characters(&self, text: &str) -> bool {
        self.has(&Json::String(text.into())) || Json::parse(text).is_ok_and(|json| self.has(&json))
    }
}

/// A check of one value.
///
/// Of a union, what can be seen at once leaves few types, most often one: the kind of the value,
/// the members that are required, and constants, which tags are. Where it leaves several, each
/// value inside is compared with each definition once, and what came of it is kept: types that hold
/// themselves cost twice as much for each level otherwise.
struct Check<'a> {
    definitions: &'a Definitions,
    /// Whether a union left several types.
    is_ambiguous: bool,
    /// Values and definitions, by their addresses, and whether the one is of the other.
    known: HashMap<(usize, usize), bool>,
}

impl<'a> Check<'a> {
    fn new(definitions: &'a Definitions) -> Self {
        Self { definitions, is_ambiguous: false, known: HashMap::new() }
    }

    fn is(&mut self, ty: &'a Type, json: &Json<'_>) -> bool {
        match (ty, json) {
            (Type::Array(array), Json::Array(elements)) => {
                has_length(array, elements.len())
                    && elements
                        .iter()
                        .enumerate()
                        .all(|(index, json)| self.is(array.element(index), json))
            }
            (Type::Object(object), Json::Object(members)) => {
                object.members.iter().all(|one| match member(members, &one.key) {
                    Some(json) => self.is(&one.ty, json),
                    None => one.optional,
                }) && object.others.as_ref().is_none_or(|others| {
                    let mut rest = members.iter().filter(|(key, _)| object.member(key).is_none());
                    rest.all(|(_, json)| self.is(others, json))
                })
            }
            (Type::Union(types), json) => self.is_one(types, json),
            (Type::Intersection(types), json) => types.iter().all(|ty| self.is(ty, json)),
            (Type::Reference(name), json) => {
                let definition = self.definitions.get(name);
                definition.is_none_or(|definition| self.is_defined(definition, json))
            }
            (ty, json) => seems_inside(ty, json),
        }
    }

    fn is_one(&mut self, types: &'a [Type], json: &Json<'_>) -> bool {
        let mut seen = types.iter().filter(|ty| self.seems(ty, json, NAMES));
        let (first, second) = (seen.next(), seen.next());
        match (first, second) {
            (None, _) => false,
            (Some(only), None) => self.is(only, json),
            (Some(first), Some(second)) => {
                let rest: Vec<&'a Type> = [first, second].into_iter().chain(seen).collect();
                let was = std::mem::replace(&mut self.is_ambiguous, true);
                let is = rest.into_iter().any(|ty| self.is(ty, json));
                self.is_ambiguous = was;
                is
            }
        }
    }

    fn is_defined(&mut self, definition: &'a Definition, json: &Json<'_>) -> bool {
        if !self.is_ambiguous {
            return self.is(&definition.ty, json);
        }
        let key = (std::ptr::from_ref(json) as usize, std::ptr::from_ref(definition) as usize);
        if let Some(&is) = self.known.get(&key) {
            return is;
        }
        let is = self.is(&definition.ty, json);
        self.known.insert(key, is);
        is
    }

    /// Whether a value may be of the type by what can be seen without looking further into it.
    fn seems(&self, ty: &Type, json: &Json<'_>, names: usize) -> bool {
        match (ty, json) {
            (Type::Array(array), Json::Array(elements)) => {
                has_length(array, elements.len())
                    && elements.iter().zip(&array.first).all(|(json, ty)| seems_inside(ty, json))
            }
            (Type::Object(object), Json::Object(members)) => {
                has_required(object, members)
                    && object.members.iter().all(|one| {
                        member(members, &one.key).is_none_or(|json| seems_inside(&one.ty, json))
                    })
            }
            (Type::Union(types), json) => types.iter().any(|ty| self.seems(ty, json, names)),
            (Type::Intersection(types), json) => types.iter().all(|ty| self.seems(ty, json, names)),
            (Type::Reference(name), json) => match (self.definitions.get(name), names) {
                (Some(definition), 1..) => self.seems(&definition.ty, json, names - 1),
                _ => true,
            },
            (ty, json) => seems_inside(ty, json),
        }
    }
}

/// How many names may stand for one another where a value is looked at without looking into it.
const NAMES: usize = 24;

/// The kind of a value, and constants.
fn seems_inside(ty: &Type, json: &Json<'_>) -> bool {
    match (ty, json) {
        (Type::Constant(constant), json) => is_constant(constant, json),
        (Type::Integer(_), Json::Number(number)) => is_integer(number),
        (Type::Union(types), json) => types.iter().any(|ty| seems_inside(ty, json)),
        (Type::Any | Type::Intersection(_) | Type::Reference(_), _)
        | (Type::Null, Json::Null)
        | (Type::Boolean, Json::Bool(_))
        | (Type::Number(_), Json::Number(_))
        | (Type::String(..), Json::String(_))
        | (Type::Array(_), Json::Array(_))
        | (Type::Object(_), Json::Object(_)) => true,
        _ => false,
    }
}

fn is_constant(constant: &Value, json: &Json<'_>) -> bool {
    match (constant, json) {
        (Value::Bool(one), Json::Bool(other)) => one == other,
        (Value::Number(one), Json::Number(other)) => is_same_number(one, other),
        (Value::String(one), Json::String(other)) => one == other,
        (Value::Object(one), Json::Object(other)) => one.is_empty() && other.is_empty(),
        _ => false,
    }
}

fn has_length(array: &Array, length: usize) -> bool {
    array.least <= length && array.most.is_none_or(|most| length <= most)
}

fn has_required(object: &Object, members: &[(impl AsRef<str>, Json<'_>)]) -> bool {
    let mut required = object.members.iter().filter(|member| !member.optional);
    required.all(|one| member(members, &one.key).is_some())
}

impl Array {
    /// The type of the element at an index.
    pub(crate) fn element(&self, index: usize) -> &Type {
        self.first.get(index).unwrap_or(&self.rest)
    }
}

impl Object {
    /// The type of a member that is named.
    pub(crate) fn member(&self, key: &str) -> Option<&Type> {
        self.members.iter().find(|member| member.key == key).map(|member| &member.ty)
    }
}

#[cfg(all(test, feature = "schemars"))]
mod tests {
    use std::collections::BTreeMap;

    use schemars::JsonSchema;

    use super::*;
    use crate::catalog::FieldType;
    use crate::wire::generated::TypeProbe;

    #[derive(JsonSchema)]
    #[serde(tag = "type", rename_all = "snake_case")]
    #[allow(dead_code, reason = "only its schema is looked at")]
    enum Cause {
        Limit { most: u32, window: Option<u32> },
        All { causes: Vec<Cause> },
        Any { causes: Vec<Cause> },
        Other,
    }

    #[derive(JsonSchema)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "only its schema is looked at")]
    enum Untagged {
        One { inner: Vec<Untagged>, a: u8 },
        Two { inner: Vec<Untagged>, a: i8 },
        Leaf(String),
    }

    macro_rules! typed {
        ($ty:ty) => {{
            let schema = TypeProbe::<$ty>::__WS_SCHEMA;
            Typed::of(&FieldType { optional: false, scalar: None, schema, is_known: true }).unwrap()
        }};
    }

    macro_rules! has {
        ($ty:ty, $json:expr) => {
            typed!($ty).has(&Json::parse($json).unwrap())
        };
    }

    #[test]
    fn a_value_is_of_a_type_as_its_schema_says_it() {
        assert!(has!(u32, "5") && has!(u32, "5.0") && !has!(u32, "5.5") && !has!(u32, "\"5\""));
        assert!(has!(f64, "5.5") && has!(f64, "5") && has!(f64, "null"));
        assert!(has!(u64, "18446744073709551615") && has!(bool, "true") && !has!(bool, "0"));
        assert!(has!(Option<String>, "null") && !has!(String, "null") && !has!(String, "[]"));
        assert!(has!((u8, String), "[1,\"a\"]") && !has!((u8, String), "[1]"));
        assert!(!has!((u8, String), "[1,\"a\",2]") && !has!((u8, String), "[\"a\",1]"));
        assert!(has!([u8; 2], "[1,2]") && !has!([u8; 2], "[1]") && !has!([u8; 2], "[1,2,3]"));
        assert!(has!([u8; 9], "[1,2,3,4,5,6,7,8,9]") && !has!([u8; 9], "[1]"));
        assert!(has!(BTreeMap<String, u8>, "{\"a\":1}"));
        assert!(!has!(BTreeMap<String, u8>, "{\"a\":\"1\"}"));
        assert!(has!(serde_json::Value, "{\"a\":[null]}"));
    }

    #[test]
    fn a_constant_object_is_as_open_to_new_members_as_any() {
        let constant = Typed {
            ty: Type::read(&serde_json::json!({ "const": { "a": [1, { "b": null }] } })),
            definitions: Definitions::default(),
        };
        let has = |json: &str| constant.has(&Json::parse(json).unwrap());
        assert!(has(r#"{"a":[1,{"b":null}]}"#) && has(r#"{"a":[1,{"b":null,"c":2}],"d":3}"#));
        assert!(!has(r#"{"a":[1,{"b":0}]}"#) && !has(r#"{"a":[1]}"#) && !has("{}"));
    }

    #[test]
    fn the_order_of_members_says_nothing_and_an_object_without_any_has_none() {
        let has = |constant: &str, json: &str| {
            let ty = Type::read(&serde_json::json!({
                "const": serde_json::from_str::<Value>(constant).unwrap(),
            }));
            let typed = Typed { ty, definitions: Definitions::default() };
            typed.has(&Json::parse(json).unwrap())
        };
        assert!(has(r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#) && has("{}", "{}"));
        assert!(!has("{}", r#"{"a":1}"#) && !has("[]", "[1]"));
        assert!(!has("1", "\"1\"") && !has("0", "null") && has("null", "null"));
    }

    #[test]
    fn a_type_that_refers_to_itself_is_looked_at_as_deep_as_a_value_goes() {
        assert!(has!(Cause, r#"{"type":"other"}"#));
        assert!(has!(Cause, r#"{"type":"limit","most":1,"window":null,"new":true}"#));
        assert!(!has!(Cause, r#"{"type":"limit","most":1}"#), "serde writes `null` there");
        assert!(!has!(Cause, r#"{"type":"limit","most":null,"window":null}"#));
        assert!(!has!(Cause, r#"{"type":"new"}"#));
        let nested = r#"{"type":"all","causes":[{"type":"any","causes":[{"type":"other"}]}]}"#;
        assert!(has!(Cause, r#"{"type":"all","causes":[]}"#));
        assert!(has!(Cause, nested) && !has!(Cause, &nested.replace("other", "wrong")));
    }

    /// The value in itself, so often.
    fn nested(open: &str, inner: &str, close: &str, levels: usize) -> String {
        format!("{}{inner}{}", open.repeat(levels), close.repeat(levels))
    }

    /// Each of these took twice as long for each level: 25 levels were 15 seconds.
    #[test]
    fn how_long_a_check_takes_does_not_double_with_each_level() {
        // With 2^60 steps it would not come to an end.
        let tagged = |last: &str| nested(r#"{"causes":["#, last, r#"],"type":"any"}"#, 60);
        assert!(has!(Cause, &tagged(r#"{"type":"other"}"#)));
        assert!(!has!(Cause, &tagged(r#"{"type":"x"}"#)));
        assert!(!has!(Cause, &nested(r#"{"causes":["#, "", r#"],"type":"x"}"#, 60)));
        let untagged = |last: &str| nested(r#"{"inner":["#, last, r#"],"a":1}"#, 60);
        assert!(has!(Untagged, &untagged(r#""leaf""#)));
        assert!(!has!(Untagged, &untagged("7")));
    }
}
