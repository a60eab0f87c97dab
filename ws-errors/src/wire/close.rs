//! What a close frame may carry.

use std::borrow::Cow;
use std::fmt;

use ws_errors_core::close_code::{MAX_REASON, is_sendable};
use ws_errors_core::cut;

/// A close code that a server may send: 1000–1003, 1007–1009, 1011–1013 and 3000–4999.
///
/// Everything else is refused, because the peer would fail the connection instead of reading the
/// error ([RFC 6455, section 7.4](https://www.rfc-editor.org/rfc/rfc6455#section-7.4)): 1004 is
/// reserved, 1005, 1006 and 1015 only describe what a client saw, 1010 is for clients, and common
/// implementations treat 1014 as a violation.
///
/// ```
/// use ws_errors::CloseCode;
///
/// assert_eq!(CloseCode::new(4001).map(CloseCode::get), Ok(4001));
/// assert!(CloseCode::new(1006).is_err());
/// assert!(CloseCode::new(5000).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CloseCode(u16);

impl CloseCode {
    /// The code, where it may be sent.
    ///
    /// # Errors
    /// Returns [`InvalidCloseCode`] for a code that a server must not send.
    pub const fn new(code: u16) -> Result<Self, InvalidCloseCode> {
        if is_sendable(code) { Ok(Self(code)) } else { Err(InvalidCloseCode(code)) }
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The code of a catalog, which the macro has checked; 1011 (internal error) for any other.
    pub(crate) const fn declared(code: u16) -> Self {
        match Self::new(code) {
            Ok(code) => code,
            Err(_) => Self(1011),
        }
    }
}

impl fmt::Display for CloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u16> for CloseCode {
    type Error = InvalidCloseCode;

    fn try_from(code: u16) -> Result<Self, InvalidCloseCode> {
        Self::new(code)
    }
}

impl From<CloseCode> for u16 {
    fn from(code: CloseCode) -> u16 {
        code.0
    }
}

impl serde::Serialize for CloseCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

/// Any close code that a server may send.
#[cfg(feature = "schemars")]
impl schemars::JsonSchema for CloseCode {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CloseCode".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "minimum": 1000, "maximum": 4999 })
    }
}

/// A number that no server may send as a close code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidCloseCode(u16);

impl fmt::Display for InvalidCloseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} can't be sent in a close frame; use 1000–1003, 1007–1009, 1011–1013, or 4000–4999 for codes of your own",
            self.0
        )
    }
}

impl std::error::Error for InvalidCloseCode {}

/// The reason of a close frame: at most 123 bytes of UTF-8, which is what a control frame has room
/// for ([RFC 6455, section 5.5](https://www.rfc-editor.org/rfc/rfc6455#section-5.5)).
///
/// A longer text is cut, at a character.
///
/// ```
/// use ws_errors::Reason;
///
/// assert_eq!(Reason::from("invalid_token"), "invalid_token");
/// assert_eq!(Reason::new("é".repeat(100)).as_str().len(), 122);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Reason(Cow<'static, str>);

impl Reason {
    /// The most bytes that a reason may have.
    pub const MAX: usize = MAX_REASON;

    /// The text, cut where it is too long.
    pub fn new(text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        if text.len() <= Self::MAX {
            return Self(text);
        }
        let end = cut(&text, Self::MAX).len();
        Self(match text {
            Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
            Cow::Owned(mut text) => {
                text.truncate(end);
                Cow::Owned(text)
            }
        })
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, without a copy where it is constant.
    pub fn into_inner(self) -> Cow<'static, str> {
        self.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AsRef<str> for Reason {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

/// The text, cut where it is too long.
impl From<&'static str> for Reason {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

/// The text, cut where it is too long.
impl From<String> for Reason {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl PartialEq<str> for Reason {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Reason {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_sendable_or_not_as_the_table_of_close_codes_says() {
        let sendable: Vec<u16> =
            (0..=u16::MAX).filter(|&code| CloseCode::new(code).is_ok()).collect();
        let expected: Vec<u16> =
            (1000..=1003).chain(1007..=1009).chain(1011..=1013).chain(3000..=4999).collect();
        assert_eq!(sendable, expected);
    }

    #[test]
    fn a_reason_is_cut_at_a_character_and_never_inside_one() {
        for text in ["x".repeat(124), "é".repeat(62), "日".repeat(60), "🎈".repeat(40)] {
            let reason = Reason::new(text.clone());
            assert!(
                reason.as_str().len() <= Reason::MAX && reason.as_str().len() > Reason::MAX - 4
            );
            assert!(text.starts_with(reason.as_str()));
        }
        assert_eq!(Reason::new("x".repeat(123)).as_str().len(), 123);
    }
}
