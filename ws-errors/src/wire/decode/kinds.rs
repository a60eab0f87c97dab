//! The types that JSON has.

use crate::wire::json::Json;

/// A set of JSON types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) const NONE: Self = Self(0);
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOL: Self = Self(1 << 1);
    pub(super) const NUMBER: Self = Self(1 << 2);
    pub(super) const STRING: Self = Self(1 << 3);
    pub(super) const ARRAY: Self = Self(1 << 4);
    pub(super) const OBJECT: Self = Self(1 << 5);
    pub(super) const ANY: Self = Self((1 << 6) - 1);
    /// What a code can be.
    pub(super) const CODE: Self = Self::NUMBER.or(Self::STRING);

    pub(super) const EACH: [Self; 6] =
        [Self::NULL, Self::BOOL, Self::NUMBER, Self::STRING, Self::ARRAY, Self::OBJECT];

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The set with null in it where `nullable` holds.
    pub(super) const fn or_null(self, nullable: bool) -> Self {
        if nullable { self.or(Self::NULL) } else { self }
    }

    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    pub(super) fn of(json: &Json<'_>) -> Self {
        match json {
            Json::Null => Self::NULL,
            Json::Bool(_) => Self::BOOL,
            Json::Number(_) => Self::NUMBER,
            Json::String(_) => Self::STRING,
            Json::Array(_) => Self::ARRAY,
            Json::Object(_) => Self::OBJECT,
        }
    }
}

/// Whether two values are the same to a reader of JSON: `4003` and `4003.0` are one number, as they
/// are to JavaScript, and the order of members says nothing.
pub(super) fn is_same(one: &Json<'_>, other: &Json<'_>) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => is_same_number(one, other),
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, value)| {
                    member(other, key).is_some_and(|other| is_same(value, other))
                })
        }
        _ => one == other,
    }
}

pub(super) fn is_same_number(one: &serde_json::Number, other: &serde_json::Number) -> bool {
    one == other
        || match (integer(one), integer(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        }
}

/// The number where it is an integer, however it is written.
pub(super) fn integer(number: &serde_json::Number) -> Option<i64> {
    /// Up to here each integer is a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        // The cast is exact within this range.
        (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
    })
}

/// The member with this key; of several the last, as in JavaScript.
pub(super) fn member<'a, 'de, K: AsRef<str>>(
    members: &'a [(K, Json<'de>)],
    key: &str,
) -> Option<&'a Json<'de>> {
    members.iter().rev().find(|(other, _)| other.as_ref() == key).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let same = |one, other| is_same(&Json::parse(one).unwrap(), &Json::parse(other).unwrap());
        assert!(same("4003", "4003.0") && same("4003", "4.003e3") && same("-1", "-1"));
        assert!(!same("4003", "4003.5") && !same("1", "\"1\"") && !same("0", "null"));
        assert!(same("18446744073709551615", "18446744073709551615"));
        assert!(!same("9007199254740993", "9007199254740992.0"));
    }

    #[test]
    fn the_order_of_members_says_nothing_and_their_number_does() {
        let same = |one, other| is_same(&Json::parse(one).unwrap(), &Json::parse(other).unwrap());
        assert!(same(r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#));
        assert!(!same("{}", r#"{"a":1}"#) && !same("[]", "[1]"));
    }
}
