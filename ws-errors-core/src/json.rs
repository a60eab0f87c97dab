//! JSON values that own what they hold: the constants of templates, and examples.

mod kinds;

use std::fmt;

use crate::escape::{quote, unquote_or};
pub use kinds::Kinds;

/// How many levels of arrays and objects a message may have, in every format and language: one with
/// more is no message at all. (It is what serde_json reads: the 128th is refused.)
pub const MAX_DEPTH: usize = 127;

/// A JSON value. Members keep their order.
#[derive(Debug, Clone, PartialEq)]
pub enum Json {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object.
    Object(Vec<(String, Json)>),
}

/// A JSON number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A whole number.
    Integer(i64),
    /// Any other.
    Float(f64),
}

impl Number {
    /// Up to here each integer is a float of its own.
    const EXACT: f64 = 9_007_199_254_740_992.0;

    /// The number of a float: `4003.0` is the whole number `4003`, as it is to JavaScript.
    pub fn from_f64(float: f64) -> Self {
        if float.fract() == 0.0 && float.abs() <= Self::EXACT {
            // The cast is exact within this range.
            Self::Integer(float as i64)
        } else {
            Self::Float(float)
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text.parse() {
            Ok(integer) => Some(Self::Integer(integer)),
            Err(_) => text.parse().ok().filter(|float: &f64| float.is_finite()).map(Self::from_f64),
        }
    }
}

impl Json {
    /// The value of a text; `None` where the text is no JSON (RFC 8259), or nests deeper than
    /// [`MAX_DEPTH`].
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { rest: text };
        let value = parser.value(MAX_DEPTH)?;
        parser.space();
        parser.rest.is_empty().then_some(value)
    }

    /// Its type.
    pub const fn kind(&self) -> Kinds {
        match self {
            Self::Null => Kinds::NULL,
            Self::Bool(_) => Kinds::BOOL,
            Self::Number(_) => Kinds::NUMBER,
            Self::String(_) => Kinds::STRING,
            Self::Array(_) => Kinds::ARRAY,
            Self::Object(_) => Kinds::OBJECT,
        }
    }

    /// Whether it is neither an array nor an object.
    pub const fn is_scalar(&self) -> bool {
        !matches!(self, Self::Array(_) | Self::Object(_))
    }

    /// Whether both are the same to a reader: the order of members says nothing.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Array(one), Self::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.is_same(b))
            }
            (Self::Object(one), Self::Object(other)) => {
                one.len() == other.len()
                    && one.iter().all(|(key, value)| {
                        other.iter().any(|(other, with)| other == key && value.is_same(with))
                    })
            }
            _ => self == other,
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Self::Number(Number::Integer(number))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => integer.fmt(f),
            // The shortest digits that are this number, with an exponent where it is far from 1.
            Self::Float(float) => write!(f, "{float:?}"),
        }
    }
}

/// Compact JSON.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => value.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::String(text) => f.write_str(&quote(text)),
            Self::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    f.write_str(if index == 0 { "[" } else { "," })?;
                    element.fmt(f)?;
                }
                f.write_str(if elements.is_empty() { "[]" } else { "]" })
            }
            Self::Object(members) => {
                for (index, (key, value)) in members.iter().enumerate() {
                    f.write_str(if index == 0 { "{" } else { "," })?;
                    write!(f, "{}:{value}", quote(key))?;
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl<'a> Parser<'a> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\n', '\r']);
    }

    fn take(&mut self, token: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(token)?;
        Some(())
    }

    /// What of the text is as the predicate says.
    fn take_while(&mut self, is_wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !is_wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.space();
        match self.rest.bytes().next()? {
            b'n' => self.take("null").map(|()| Json::Null),
            b't' => self.take("true").map(|()| Json::Bool(true)),
            b'f' => self.take("false").map(|()| Json::Bool(false)),
            b'"' => self.string().map(Json::String),
            b'[' => {
                let inner = depth.checked_sub(1)?;
                self.list("[", "]", |parser| parser.value(inner)).map(Json::Array)
            }
            b'{' => {
                let inner = depth.checked_sub(1)?;
                self.list("{", "}", |parser| {
                    parser.space();
                    let key = parser.string()?;
                    parser.space();
                    parser.take(":")?;
                    Some((key, parser.value(inner)?))
                })
                .map(Json::Object)
            }
            _ => self.number(),
        }
    }

    fn list<T>(
        &mut self,
        open: &str,
        close: &str,
        mut one: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.take(open)?;
        self.space();
        let mut list = Vec::new();
        if self.take(close).is_some() {
            return Some(list);
        }
        loop {
            list.push(one(self)?);
            self.space();
            if self.take(close).is_some() {
                return Some(list);
            }
            self.take(",")?;
        }
    }

    fn number(&mut self) -> Option<Json> {
        let text = self.take_while(|c| matches!(c, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
        let digits = text.strip_prefix('-').unwrap_or(text);
        let whole = digits.split(['.', 'e', 'E']).next().unwrap_or_default();
        let fraction = digits.split_once('.').map(|(_, rest)| rest);
        let is_number = !whole.is_empty()
            && whole.bytes().all(|byte| byte.is_ascii_digit())
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        is_number.then(|| Number::parse(text)).flatten().map(Json::Number)
    }

    fn string(&mut self) -> Option<String> {
        let inside = self.rest.strip_prefix('"')?;
        let mut is_escaped = false;
        let end = inside.find(|c| {
            let is_end = c == '"' && !is_escaped;
            is_escaped = c == '\\' && !is_escaped;
            is_end
        })?;
        let (string, rest) = self.rest.split_at(end + 2);
        self.rest = rest;
        unquote_or(string, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was_with_its_members_in_order() {
        for text in [
            r#"{"z":[1,-2,2.5,true,false,null,"é\n"],"a":{"b":{},"a":[]},"":"x"}"#,
            r#""\"\\\u0000""#,
            "-9223372036854775808",
            "0.1",
            "1e300",
        ] {
            assert_eq!(Json::parse(text).unwrap().to_string(), text);
        }
        let spaced = Json::parse(" { \"a\" : [ 1 , 2.0 ] } ").unwrap();
        assert_eq!(spaced.to_string(), r#"{"a":[1,2]}"#);
        assert_eq!(Json::parse(r#""\ud83c\udf88\u00e9\/""#), Some("🎈é/".into()));
    }

    #[test]
    fn what_is_no_json_is_none() {
        for text in [
            "",
            "nul",
            "[1,]",
            "[1 2]",
            "{\"a\"}",
            "{a:1}",
            "\"a",
            "\"\t\"",
            "\"\\x\"",
            "01",
            "1.",
            ".5",
            "-",
            "+1",
            "1e",
            "1e999",
            "\"\\ud83c\"",
            "\"\\ud83c\\u0041\"",
            "\"\\u00g0\"",
            "[] []",
            "'a'",
            "1-2",
            "1.2.3",
        ] {
            assert_eq!(Json::parse(text), None, "{text}");
        }
    }

    #[test]
    fn nesting_beyond_the_bound_is_refused_and_never_overflows() {
        assert!(Json::parse(&format!("{}{}", "[".repeat(127), "]".repeat(127))).is_some());
        assert_eq!(Json::parse(&format!("{}{}", "[".repeat(128), "]".repeat(128))), None);
        assert_eq!(Json::parse(&"{\"a\":".repeat(1_000_000)), None);
    }

    #[test]
    fn a_number_is_the_same_however_it_is_written_and_members_have_no_order() {
        let same = |one, other| Json::parse(one).unwrap().is_same(&Json::parse(other).unwrap());
        assert!(same("4003", "4003.0") && same("4003", "4.003e3") && same("-0", "0"));
        assert!(!same("4003", "4003.5") && !same("1", "\"1\"") && !same("0", "null"));
        assert!(same(r#"{"a":1,"b":[2]}"#, r#"{"b":[2.0],"a":1}"#) && !same("[]", "[1]"));
        assert!(!same("{}", r#"{"a":1}"#) && !same("9007199254740993", "9007199254740992"));
    }
}
