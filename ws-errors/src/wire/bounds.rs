//! What the type of a field must be able to do, said in our words at the field.

use crate::catalog::CloseCode;

/// A type that may be a value on the wire: any that implements `serde::Serialize`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` goes on the wire, and does not implement `serde::Serialize`",
    label = "this field is part of a message",
    note = "derive `serde::Serialize` for it, or keep it off the wire with `#[ws_error(skip)]`"
)]
pub trait OnTheWire {}
impl<T: serde::Serialize + ?Sized> OnTheWire for T {}

/// A type that may be in a text: any that implements `Display`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` stands in a text, and does not implement `Display`",
    label = "a placeholder in a text names this field",
    note = "implement `std::fmt::Display` for it, or use another field in the text"
)]
pub trait InText {}
impl<T: std::fmt::Display + ?Sized> InText for T {}

/// A type that says how long to wait, in milliseconds: an unsigned integer, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number of milliseconds",
    label = "`after(self.…)` takes the wait from this field",
    note = "use an unsigned integer (milliseconds), or an `Option` of one"
)]
pub trait Milliseconds {}
impl Milliseconds for u8 {}
impl Milliseconds for u16 {}
impl Milliseconds for u32 {}
impl Milliseconds for u64 {}
impl Milliseconds for usize {}
impl<T: Milliseconds> Milliseconds for Option<T> {}

/// A type that can be a close code: [`CloseCode`], which holds none that can't be sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no close code",
    label = "the close code is taken from this field",
    note = "use `ws_errors::CloseCode`, which can't hold a code that may not be sent"
)]
pub trait ClosesWith: Copy {
    /// The code.
    fn close_code(self) -> CloseCode;
}
impl ClosesWith for CloseCode {
    fn close_code(self) -> CloseCode {
        self
    }
}

/// A type that can be a message's code: an integer or a text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no code",
    label = "the code is taken from this field",
    note = "use an integer or a text"
)]
pub trait IsCode {}
macro_rules! is_code {
    ($($ty:ty),*) => { $(impl IsCode for $ty {})* };
}
is_code!(u8, u16, u32, u64, i8, i16, i32, i64, String, str, std::borrow::Cow<'_, str>);
impl<T: IsCode + ?Sized> IsCode for &T {}
impl<T: IsCode + ?Sized> IsCode for Box<T> {}
impl<T: IsCode + ?Sized> IsCode for std::sync::Arc<T> {}

/// States that a type goes on the wire.
pub const fn on_the_wire<T: OnTheWire + ?Sized>() {}
/// States that a type stands in a text.
pub const fn in_text<T: InText + ?Sized>() {}
/// States that a type is a wait.
pub const fn milliseconds<T: Milliseconds + ?Sized>() {}
/// States that a type is a close code.
pub const fn closes_with<T: ClosesWith>() {}
/// States that a type is a code.
pub const fn is_code<T: IsCode + ?Sized>() {}

/// States that the type of a context's field goes on the wire; the accessor gives the type.
pub fn context_on_the_wire<C, T: OnTheWire + ?Sized>(_: fn(&C) -> &T) {}
