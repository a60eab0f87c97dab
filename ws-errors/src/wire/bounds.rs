//! What the type of a field must be able to do, said in our words at the field.

use std::fmt;

use crate::catalog::{CloseCode, Width};

/// A type that may be a value on the wire: any that implements `serde::Serialize`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` goes on the wire, and does not implement `serde::Serialize`",
    label = "this field is part of a message",
    note = "derive `serde::Serialize` for it (`Rc` and `Arc` have it with serde's feature `rc`); mark it `#[source]` or `#[from]` where it is the cause of the error, which never reaches the client; or keep it off the wire with `#[ws_error(skip)]`"
)]
pub trait OnTheWire {}
// What is not implemented has been said, and of what else is, there is a lot.
#[diagnostic::do_not_recommend]
impl<T: serde::Serialize + ?Sized> OnTheWire for T {}

/// A type that may be in a text: any that implements `Display`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` stands in a text, and does not implement `Display`",
    label = "a placeholder in a text names this field",
    note = "implement `std::fmt::Display` for it, or use another field in the text"
)]
pub trait InText {
    /// Writes the value.
    ///
    /// # Errors
    /// Those of the type's own implementation.
    fn in_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}
#[diagnostic::do_not_recommend]
impl<T: fmt::Display + ?Sized> InText for T {
    fn in_text(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

/// A value that stands in a text, padded or cut. It has `Display` whatever the value has, so that a
/// type that hasn't is reported once.
#[allow(missing_debug_implementations)]
pub struct Padded<'a>(&'a dyn InText);

impl fmt::Display for Padded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.in_text(f)
    }
}

/// States that a type stands in a text, and shows a value.
pub const fn padded<T: InText>(value: &T) -> Padded<'_> {
    Padded(value)
}

/// A type that may be in a text in one of Rust's other formats, by its letter.
#[diagnostic::on_unimplemented(
    message = "`{Self}` stands in a text in the format {FORMAT}, and does not implement its trait",
    label = "a placeholder in a text names this field",
    note = "`?` asks for `Debug`, and `x`, `X`, `o`, `b`, `e` and `E` for a number; or use another format in the text"
)]
pub trait InTextAs<const FORMAT: char> {
    /// Writes the value in the format.
    ///
    /// # Errors
    /// Those of the type's own implementation.
    fn format(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A value that stands in a text in a format. It implements the format's trait whatever the value
/// is, so that a type that doesn't is reported once.
#[allow(missing_debug_implementations)]
pub struct Shown<'a, const FORMAT: char>(&'a dyn InTextAs<FORMAT>);

/// States that a type has a format, and shows a value in it.
pub const fn shown<const FORMAT: char, T: InTextAs<FORMAT>>(value: &T) -> Shown<'_, FORMAT> {
    Shown(value)
}

macro_rules! formats {
    ($($letter:literal => $format:ident),*) => { $(
        #[diagnostic::do_not_recommend]
        impl<T: fmt::$format> InTextAs<$letter> for T {
            fn format(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::$format::fmt(self, f)
            }
        }
        impl fmt::$format for Shown<'_, $letter> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.format(f)
            }
        }
    )* };
}
formats! {
    '?' => Debug, 'x' => LowerHex, 'X' => UpperHex, 'o' => Octal, 'b' => Binary, 'e' => LowerExp,
    'E' => UpperExp, 'p' => Pointer
}

macro_rules! are {
    ($Trait:ident: $($ty:ty),*) => { $(impl $Trait for $ty {})* };
}

/// A type that says how long to wait, in milliseconds: an unsigned integer, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number of milliseconds",
    label = "`after(self.…)` takes the wait from this field",
    note = "use an unsigned integer (milliseconds), or an `Option` of one; `waits = seconds` on the enum where messages carry seconds"
)]
pub trait Milliseconds {}
are!(Milliseconds: u8, u16, u32, u64, usize);
impl<T: Milliseconds> Milliseconds for Option<T> {}

/// A type that says how long to wait, in seconds: an unsigned integer, a float, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number of seconds",
    label = "`after(self.…)` takes the wait from this field",
    note = "use an unsigned integer or a float (seconds, as `waits` says), or an `Option` of one"
)]
pub trait Seconds {}
are!(Seconds: u8, u16, u32, u64, usize, f32, f64);
impl<T: Seconds> Seconds for Option<T> {}

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
are!(IsCode: u8, u16, u32, u64, i8, i16, i32, i64, String, str, std::borrow::Cow<'_, str>);
impl<T: IsCode + ?Sized> IsCode for &T {}
impl<T: IsCode + ?Sized> IsCode for Box<T> {}
impl<T: IsCode + ?Sized> IsCode for std::sync::Arc<T> {}

/// States that a type goes on the wire.
pub const fn on_the_wire<T: OnTheWire + ?Sized>() {}
/// States that a type stands in a text.
pub const fn in_text<T: InText + ?Sized>() {}
/// States that a type is a wait in milliseconds.
pub const fn milliseconds<T: Milliseconds + ?Sized>() {}
/// States that a type is a wait in seconds.
pub const fn seconds<T: Seconds + ?Sized>() {}
/// States that a type is a close code, and takes the code.
pub fn closing_code<T: ClosesWith>(code: &T) -> CloseCode {
    code.close_code()
}
/// States that a type is a code.
pub const fn is_code<T: IsCode + ?Sized>() {}

/// States that the type of a context's field goes on the wire; the accessor gives the type.
pub fn context_on_the_wire<C, T: OnTheWire + ?Sized>(_: fn(&C) -> &T) {}

/// What the type of a context's field has to be where it stands as a number.
#[diagnostic::on_unimplemented(
    message = "an integer of 64 bits does not survive `JSON.parse` in JavaScript",
    label = "this field of the context is one, or holds some",
    note = "write `cx.field as string`, or `cx.field as number` where it stays below 2^53"
)]
pub trait IsNarrow {}
impl IsNarrow for super::probe::Narrow {}

/// States that a context's field is no wide integer.
pub fn narrow<T: IsNarrow>(_: T) {}

/// States that the characters of a context's field are never those that follow it in a string.
pub fn context_value_ends<C, T: super::probe::IsScalar>(_: fn(&C) -> &T) {}

/// States what has to be so, at the caller's place. The macro writes no path of `core` where a user's
/// tokens stand: in the edition 2015 it would be one of the user's crate.
#[track_caller]
pub const fn require(is_so: bool, words: &str) {
    if !is_so {
        panic!("{}", words);
    }
}

/// States that a field that stands as a number is no wide integer, and holds none.
#[track_caller]
pub const fn narrow_field(is_wide: bool, scalar: Option<Width>) {
    require(
        !is_wide || scalar.is_none(),
        "an integer of 64 bits does not survive `JSON.parse` in JavaScript: say `#[ws_error(as = \"string\")]`, or `as = \"number\"` where it stays below 2^53",
    );
    require(
        !is_wide,
        "the integers of 64 bits in this type do not survive `JSON.parse` in JavaScript: write them as strings, in a type of your own with `serde_with::DisplayFromStr`; or say `#[ws_error(as = \"number\")]` where they stay below 2^53",
    );
}
