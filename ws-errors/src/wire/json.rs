//! A JSON text as a tree that borrows from it and keeps the order of members.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use ws_errors_core::json::MAX_DEPTH;

/// A JSON value. Members keep their order, and a key that is there twice is there twice.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    String(Cow<'a, str>),
    Array(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

impl<'a> Json<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The tree without what it borrows.
    pub(crate) fn into_owned(self) -> Json<'static> {
        match self {
            Self::Null => Json::Null,
            Self::Bool(value) => Json::Bool(value),
            Self::Number(number) => Json::Number(number),
            Self::String(text) => Json::String(Cow::Owned(text.into_owned())),
            Self::Array(elements) => {
                Json::Array(elements.into_iter().map(Json::into_owned).collect())
            }
            Self::Object(members) => Json::Object(
                members
                    .into_iter()
                    .map(|(key, value)| (Cow::Owned(key.into_owned()), value.into_owned()))
                    .collect(),
            ),
        }
    }

    /// The same as a value of serde_json's. Of a key that is there twice the last counts, as in
    /// JavaScript.
    pub(crate) fn to_value(&self) -> serde_json::Value {
        use serde_json::Value;
        match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(*value),
            Self::Number(number) => Value::Number(number.clone()),
            Self::String(text) => Value::String(text.clone().into_owned()),
            Self::Array(elements) => Value::Array(elements.iter().map(Json::to_value).collect()),
            Self::Object(members) => Value::Object(
                members.iter().map(|(key, value)| (key.to_string(), value.to_value())).collect(),
            ),
        }
    }
}

/// Whether two numbers are the same to a reader of JSON: `4003` and `4003.0` are one, as they are to
/// JavaScript.
pub(crate) fn is_same_number(one: &serde_json::Number, other: &serde_json::Number) -> bool {
    one == other
        || match (integer(one), integer(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        }
}

/// Whether the number is an integer, however it is written.
pub(crate) fn is_integer(number: &serde_json::Number) -> bool {
    number.is_i64()
        || number.is_u64()
        || number.as_f64().is_some_and(|float| float.is_finite() && float.fract() == 0.0)
}

/// The number where it is an integer, however it is written.
pub(crate) fn integer(number: &serde_json::Number) -> Option<i64> {
    /// Up to here each integer is a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        // The cast is exact within this range.
        (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
    })
}

/// The member with this key; of several the last, as in JavaScript.
pub(crate) fn member<'a, 'de, K: AsRef<str>>(
    members: &'a [(K, Json<'de>)],
    key: &str,
) -> Option<&'a Json<'de>> {
    members.iter().rev().find(|(other, _)| other.as_ref() == key).map(|(_, value)| value)
}

/// serde_json's spelling of a number where the application turns on `arbitrary_precision`.
pub(crate) const NUMBER_KEY: &str = "$serde_json::private::Number";

impl<'de> Deserialize<'de> for Json<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Levels(MAX_DEPTH).deserialize(deserializer)
    }
}

/// How many more levels of arrays and objects a value may have, whatever the format.
#[derive(Clone, Copy)]
struct Levels(usize);

impl Levels {
    fn inside<E: Error>(self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| E::custom("nested too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Levels {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Levels {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }
    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }
    fn visit_none<E>(self) -> Result<Json<'de>, E> {
        // CBOR's null.
        Ok(Json::Null)
    }
    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Json<'de>, E> {
        Ok(serde_json::Number::from_f64(value).map_or(Json::Null, Json::Number))
    }
    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Borrowed(value)))
    }
    fn visit_str<E>(self, value: &str) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Owned(value.to_owned())))
    }
    fn visit_string<E>(self, value: String) -> Result<Json<'de>, E> {
        Ok(Json::String(Cow::Owned(value)))
    }
    fn visit_bytes<E>(self, _: &[u8]) -> Result<Json<'de>, E> {
        // Binary formats have bytes, of which JSON has nothing.
        Ok(Json::Null)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json<'de>, A::Error> {
        let inside = self.inside()?;
        let mut elements = Vec::new();
        while let Some(element) = list.next_element_seed(inside)? {
            elements.push(element);
        }
        Ok(Json::Array(elements))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json<'de>, A::Error> {
        let inside = self.inside()?;
        let mut members = Vec::new();
        while let Some(Text(key)) = map.next_key()? {
            members.push((key, map.next_value_seed(inside)?));
        }
        if let [(key, Json::String(digits))] = members.as_slice()
            && key == NUMBER_KEY
            && let Ok(number) = digits.parse()
        {
            return Ok(Json::Number(number));
        }
        Ok(Json::Object(members))
    }
}

/// A string that borrows where it can: serde's own `Cow` never does.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A key that nests is none, however deep it does.
        match Levels(0).deserialize(deserializer)? {
            Json::String(text) => Ok(Self(text)),
            _ => Err(serde::de::Error::custom("a key that is no string")),
        }
    }
}

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::String(text) => serializer.serialize_str(text),
            Self::Array(elements) => serializer.collect_seq(elements),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was_with_its_members_in_order() {
        let text = r#"{"z":[1,-2,2.5,true,null,"é\n"],"a":{"b":{},"a":[]},"":"x"}"#;
        assert_eq!(serde_json::to_string(&Json::parse(text).unwrap()).unwrap(), text);
    }

    #[test]
    fn what_needs_no_unescaping_is_borrowed() {
        let tree = Json::parse(r#"{"key":"value"}"#).unwrap();
        let Json::Object(members) = tree else { panic!("an object") };
        assert!(matches!(
            &members[0],
            (Cow::Borrowed("key"), Json::String(Cow::Borrowed("value")))
        ));
    }

    #[test]
    fn nesting_without_end_is_refused_and_never_overflows() {
        assert!(Json::parse(&"[".repeat(1_000_000)).is_err());
        assert!(Json::parse(&r#"{"a":"#.repeat(1_000_000)).is_err());
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let number = |text| match Json::parse(text).unwrap() {
            Json::Number(number) => number,
            other => panic!("{other:?}"),
        };
        let same = |one, other| is_same_number(&number(one), &number(other));
        assert!(same("4003", "4003.0") && same("4003", "4.003e3") && same("-1", "-1"));
        assert!(!same("4003", "4003.5"));
        assert!(same("18446744073709551615", "18446744073709551615"));
        assert!(!same("9007199254740993", "9007199254740992.0"));
    }
}
