//! JSON whose members keep the order in which they are written, whatever features serde_json has.

use std::borrow::Cow;
use std::time::Duration;

use serde_json::{Number, Value};

use crate::catalog::Code;
use crate::wire::Tree;

/// Members of an object in the order in which they are added.
#[derive(Default)]
pub(crate) struct Members(Vec<(Cow<'static, str>, Tree<'static>)>);

impl Members {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a member.
    pub(crate) fn with(mut self, key: &'static str, value: impl Into<Tree<'static>>) -> Self {
        self.0.push((Cow::Borrowed(key), value.into()));
        self
    }

    /// Adds a member, where there is something to say.
    pub(crate) fn perhaps(
        self,
        key: &'static str,
        value: Option<impl Into<Tree<'static>>>,
    ) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Adds the members of another.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Takes a member away, where it is there.
    pub(crate) fn without(mut self, key: &str) -> Self {
        self.0.retain(|(other, _)| other != key);
        self
    }
}

/// Milliseconds; a fraction only where there is one.
pub(crate) fn milliseconds(duration: Duration) -> Tree<'static> {
    let whole = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let number = if duration.as_nanos().is_multiple_of(1_000_000) {
        Some(whole.into())
    } else {
        Number::from_f64(duration.as_secs_f64() * 1000.0)
    };
    Tree::Number(number.unwrap_or_else(|| whole.into()))
}

/// A code that is the same for each occurrence.
pub(crate) fn constant_code(code: Code) -> Option<Tree<'static>> {
    match code {
        Code::Number(number) => Some(number.into()),
        Code::Text(text) => Some(text.into()),
        Code::None | Code::Field(_) => None,
    }
}

/// An object whose keys are made up.
pub(crate) fn object(members: impl Iterator<Item = (String, Tree<'static>)>) -> Members {
    Members(members.map(|(key, value)| (key.into(), value)).collect())
}

impl From<Vec<(Cow<'static, str>, Tree<'static>)>> for Members {
    fn from(members: Vec<(Cow<'static, str>, Tree<'static>)>) -> Self {
        Self(members)
    }
}

impl From<Members> for Tree<'static> {
    fn from(members: Members) -> Self {
        Self::Object(members.0)
    }
}

impl From<&'static str> for Tree<'static> {
    fn from(text: &'static str) -> Self {
        Self::String(Cow::Borrowed(text))
    }
}

impl From<String> for Tree<'static> {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl From<bool> for Tree<'static> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

macro_rules! numbers {
    ($($ty:ty),*) => { $(
        impl From<$ty> for Tree<'static> {
            fn from(number: $ty) -> Self {
                Self::Number(number.into())
            }
        }
    )* };
}
numbers!(i64, u32, u16);

impl From<Vec<Tree<'static>>> for Tree<'static> {
    fn from(elements: Vec<Tree<'static>>) -> Self {
        Self::Array(elements)
    }
}

impl FromIterator<Tree<'static>> for Tree<'static> {
    fn from_iter<I: IntoIterator<Item = Tree<'static>>>(elements: I) -> Self {
        Self::Array(elements.into_iter().collect())
    }
}

impl Tree<'static> {
    /// A value with its members in the order of their keys: serde_json keeps another order where
    /// an application turns on its `preserve_order`.
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::String(Cow::Owned(text.clone())),
            Value::Array(elements) => Self::Array(elements.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let mut members: Vec<(Cow<'_, str>, Self)> = members
                    .iter()
                    .map(|(key, value)| (Cow::Owned(key.clone()), Self::of(value)))
                    .collect();
                members.sort_by(|(one, _), (other, _)| one.cmp(other));
                Self::Object(members)
            }
        }
    }
}

impl Tree<'_> {
    /// Its text without white space.
    pub(crate) fn compact(&self) -> String {
        // A tree has nothing that JSON lacks: writing it can't fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Its text with two spaces for each level, as JavaScript's `JSON.stringify(value, null, 2)`
    /// writes it, and a newline at the end.
    pub(crate) fn pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_is_written_as_serde_json_writes_it() {
        let value = json!({
            "a": [1, -2.5, true, null, [], {}, ["x"]],
            "b": { "é\"\\\n\u{2028}\u{1}": "\u{7f}" },
        });
        let tree = Tree::of(&value);
        assert_eq!(tree.compact(), value.to_string());
        assert_eq!(tree.pretty(), format!("{value:#}\n"));
    }

    #[test]
    fn members_stay_where_they_are_put() {
        let tree: Tree<'_> =
            Members::new().with("z", "first").perhaps("y", None::<bool>).with("a", 1_i64).into();
        assert_eq!(tree.compact(), r#"{"z":"first","a":1}"#);
    }

    #[test]
    fn a_part_of_a_millisecond_is_not_lost() {
        assert_eq!(milliseconds(Duration::from_micros(1500)).compact(), "1.5");
    }
}
