//! What neither log nor wire may show.

use std::fmt;

/// A value that neither log nor wire may show: a token, a password, an address.
///
/// `Display` and `Debug` write `[redacted]`. It can't be serialized, so a variant that has such a
/// field and would send it is a compile error: mark the field `#[ws_error(skip)]`.
///
/// ```
/// use ws_errors::log::Redacted;
///
/// let token = Redacted::new("eyJhbGciOi");
/// assert_eq!(format!("{token} {token:?}"), "[redacted] [redacted]");
/// assert_eq!(*token.expose(), "eyJhbGciOi");
/// ```
///
/// ```compile_fail
/// fn on_the_wire(_: impl serde::Serialize) {}
/// on_the_wire(ws_errors::log::Redacted::new("eyJhbGciOi"));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Redacted<T>(T);

impl<T> Redacted<T> {
    /// Hides a value.
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the code that needs it.
    pub const fn expose(&self) -> &T {
        &self.0
    }

    /// The value itself.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T> From<T> for Redacted<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T> fmt::Display for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> fmt::Debug for Redacted<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
