//! Values of messages beside the constants of a plan.

use serde_json::{Number as Received, Value};

use crate::wire::json::{Json, integer, member};
use ws_errors_core::json::{Json as Constant, Kinds, Number};

/// The type of a value.
pub(super) fn kind(json: &Json<'_>) -> Kinds {
    match json {
        Json::Null => Kinds::NULL,
        Json::Bool(_) => Kinds::BOOL,
        Json::Number(_) => Kinds::NUMBER,
        Json::String(_) => Kinds::STRING,
        Json::Array(_) => Kinds::ARRAY,
        Json::Object(_) => Kinds::OBJECT,
    }
}

/// Whether a value is a constant: `4003` and `4003.0` are one number, as they are to JavaScript, and
/// the order of members says nothing.
pub(super) fn is_same(constant: &Constant, json: &Json<'_>) -> bool {
    match (constant, json) {
        (Constant::Null, Json::Null) => true,
        (Constant::Bool(constant), Json::Bool(value)) => constant == value,
        (Constant::Number(constant), Json::Number(number)) => is_same_number(*constant, number),
        (Constant::String(constant), Json::String(text)) => constant == text,
        (Constant::Array(constants), Json::Array(elements)) => {
            constants.len() == elements.len()
                && constants.iter().zip(elements).all(|(one, other)| is_same(one, other))
        }
        (Constant::Object(constants), Json::Object(members)) => {
            constants.len() == members.len()
                && constants.iter().all(|(key, value)| {
                    member(members, key).is_some_and(|other| is_same(value, other))
                })
        }
        _ => false,
    }
}

pub(super) fn is_same_number(constant: Number, number: &Received) -> bool {
    match (constant, integer(number)) {
        (Number::Integer(constant), Some(integer)) => constant == integer,
        (Number::Float(constant), None) => number.as_f64() == Some(constant),
        _ => false,
    }
}

/// The constant as a value of a message.
pub(super) fn to_value(constant: &Constant) -> Value {
    match constant {
        Constant::Null => Value::Null,
        Constant::Bool(value) => Value::Bool(*value),
        Constant::Number(Number::Integer(integer)) => Value::from(*integer),
        Constant::Number(Number::Float(float)) => Value::from(*float),
        Constant::String(text) => Value::String(text.clone()),
        Constant::Array(elements) => elements.iter().map(to_value).collect(),
        Constant::Object(members) => {
            members.iter().map(|(key, value)| (key.clone(), to_value(value))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        let same =
            |one, other| is_same(&Constant::parse(one).unwrap(), &Json::parse(other).unwrap());
        assert!(same("4003", "4003.0") && same("4003", "4.003e3") && same("-1", "-1"));
        assert!(!same("4003", "4003.5") && !same("1", "\"1\"") && !same("0", "null"));
        assert!(same("18446744073709551615", "18446744073709551615"));
        assert!(!same("9007199254740993", "9007199254740992.0"));
    }

    #[test]
    fn the_order_of_members_says_nothing_and_their_number_does() {
        let same =
            |one, other| is_same(&Constant::parse(one).unwrap(), &Json::parse(other).unwrap());
        assert!(same(r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#));
        assert!(!same("{}", r#"{"a":1}"#) && !same("[]", "[1]"));
    }
}
