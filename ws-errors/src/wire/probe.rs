//! What the compiler knows of a field's type, and the macro can't see.
//!
//! The macro writes `(&&&&&Probe(&field)).__ws_json()`, under a name that no trait of the user's has
//! for every type. Method lookup takes the first trait below whose bound the type meets, the one with
//! the most references first: specialisation that works on stable, through aliases and whatever a
//! type is called. The last one has no bound, so that a type that misses a trait is reported by
//! [`bounds`](super::bounds) alone, in our words.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;

use super::argument::Argument;
use std::any::Any;

#[cfg(feature = "schemars")]
use crate::catalog::SchemaGenerator;
use crate::catalog::{FieldType, SchemaOf, Width};

/// A value whose type is probed.
#[derive(Debug)]
pub struct Probe<'a, T: ?Sized>(pub &'a T);

/// Texts, whose characters need no `Display` machinery.
pub trait AsText {
    /// The characters.
    fn text(&self) -> &str;
}

/// Texts, numbers and booleans: what writes them is compiled here, and not in each crate with an enum.
pub trait AsScalar {
    /// The value as an argument.
    fn scalar(&self) -> Argument<'_>;
}

macro_rules! texts {
    ($($ty:ty),*) => { $(
        impl AsText for $ty {
            #[inline]
            fn text(&self) -> &str {
                self
            }
        }
        impl AsScalar for $ty {
            #[inline]
            fn scalar(&self) -> Argument<'_> {
                Argument::Text(self)
            }
        }
    )* };
}
texts!(str, String, Cow<'_, str>);

macro_rules! numbers_and_booleans {
    ($($ty:ty),*) => { $(
        impl AsScalar for $ty {
            // Inlined, it would have its `Serialize` compiled where it is called.
            #[inline(never)]
            fn scalar(&self) -> Argument<'_> {
                Argument::Json(self)
            }
        }
    )* };
}
numbers_and_booleans!(bool, f32, f64);
numbers_and_booleans!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

macro_rules! pointers {
    ($($ty:ty),*) => { $(
        impl<T: AsText + ?Sized> AsText for $ty {
            #[inline]
            fn text(&self) -> &str {
                (**self).text()
            }
        }
        impl<T: AsScalar + ?Sized> AsScalar for $ty {
            #[inline]
            fn scalar(&self) -> Argument<'_> {
                (**self).scalar()
            }
        }
    )* };
}
pointers!(&T, Box<T>, Rc<T>, Arc<T>);

macro_rules! probes {
    ($method:ident: $($(#[$doc:meta])* $name:ident [$($generics:tt)*] $receiver:ty, $value:ident => $argument:expr;)*) => { $(
        $(#[$doc])*
        pub trait $name<'a> {
            /// The value as an argument.
            fn $method(&self) -> Argument<'a>;
        }
        impl<'a, $($generics)*> $name<'a> for $receiver {
            #[inline]
            fn $method(&self) -> Argument<'a> {
                let $value = self.0;
                $argument
            }
        }
    )* };
}

probes! { __ws_json:
    /// An optional text, number or boolean.
    JsonOfOptionalScalar [T: AsScalar] &&&&Probe<'a, Option<T>>, value => match value {
        Some(value) => value.scalar(),
        None => Argument::Nothing,
    };
    /// A text, number or boolean.
    JsonOfScalar [T: AsScalar + ?Sized] &&&Probe<'a, T>, value => value.scalar();
    /// An optional value.
    JsonOfOption [T: serde::Serialize] &&Probe<'a, Option<T>>, value => match value {
        Some(value) => Argument::Json(value),
        None => Argument::Nothing,
    };
    /// A value.
    JsonOfValue [T: serde::Serialize] &Probe<'a, T>, value => Argument::Json(value);
    /// A value that can't be serialized.
    JsonOfNothing [T: ?Sized] Probe<'a, T>, _value => Argument::Nothing;
}

probes! { __ws_display:
    /// A text.
    DisplayOfText [T: AsText + ?Sized] &&Probe<'a, T>, value => Argument::Text(value.text());
    /// A value.
    DisplayOfValue [T: fmt::Display] &Probe<'a, T>, value => Argument::Display(value);
    /// A value that has no `Display`.
    DisplayOfNothing [T: ?Sized] Probe<'a, T>, _value => Argument::Nothing;
}

/// A type that is probed for the catalog.
#[derive(Debug)]
pub struct TypeProbe<T: ?Sized>(PhantomData<T>);

/// The type of a context's field, through an accessor.
pub fn type_probe<C, T: ?Sized>(_: fn(&C) -> &T) -> TypeProbe<T> {
    TypeProbe(PhantomData)
}

/// `Option`.
pub trait IsOption {}
impl<T> IsOption for Option<T> {}

/// Numbers and booleans, and what holds one directly.
#[diagnostic::on_unimplemented(
    message = "a client can't see where this value ends: a `{Self}` may hold the characters behind it in the string",
    label = "the characters behind a slot of this string may be among its own",
    note = "let the slot be the last of the string, put it into a member of its own, or give it a filter that leaves none of them in it: `percent` (before all but letters, digits and `-._~%`), `word` (before white space), `stomp` (before a colon), `quoted` (before anything)"
)]
pub trait IsScalar {
    /// How wide it is.
    const WIDTH: Width;
}
macro_rules! is_scalar {
    ($width:ident: $($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl IsScalar for $ty {
            const WIDTH: Width = Width::$width;
        }
    )* };
}
is_scalar!(Narrow: bool, u8, i8, u16, i16, u32, i32, f32, f64);
is_scalar!(Narrow:
    std::num::NonZeroU8,
    std::num::NonZeroI8,
    std::num::NonZeroU16,
    std::num::NonZeroI16,
    std::num::NonZeroU32,
    std::num::NonZeroI32
);
macro_rules! is_scalar_inside {
    ($($ty:ty),*) => { $(
        #[diagnostic::do_not_recommend]
        impl<T: IsScalar> IsScalar for $ty {
            const WIDTH: Width = T::WIDTH;
        }
    )* };
}
is_scalar_inside!(Option<T>, &T, Box<T>, Rc<T>, Arc<T>);

/// Integers of 64 bits and more, and what is seen to hold some: the digits of such a number that
/// JavaScript reads are not those that were sent.
pub trait HoldsWide {}
macro_rules! holds_wide {
    ($($ty:ty),* $(,)?) => { $(impl HoldsWide for $ty {})* };
}
macro_rules! wide_scalars {
    ($($ty:ty),* $(,)?) => {
        is_scalar!(Wide: $($ty),*);
        holds_wide!($($ty),*);
    };
}
wide_scalars!(
    u64,
    i64,
    u128,
    i128,
    usize,
    isize,
    std::num::NonZeroU64,
    std::num::NonZeroI64,
    std::num::NonZeroU128,
    std::num::NonZeroI128,
    std::num::NonZeroUsize,
    std::num::NonZeroIsize,
);
holds_wide!(
    std::sync::atomic::AtomicU64,
    std::sync::atomic::AtomicI64,
    std::sync::atomic::AtomicUsize,
    std::sync::atomic::AtomicIsize,
    std::time::Duration,
    std::time::SystemTime,
);
macro_rules! holds_wide_inside {
    ($($ty:ty),* $(,)?) => { $(impl<T: HoldsWide> HoldsWide for $ty {})* };
}
holds_wide_inside!(
    Option<T>,
    Vec<T>,
    [T],
    std::collections::VecDeque<T>,
    std::collections::LinkedList<T>,
    std::collections::BTreeSet<T>,
    std::collections::BinaryHeap<T>,
    std::cell::Cell<T>,
    std::cell::RefCell<T>,
    std::sync::Mutex<T>,
    std::sync::RwLock<T>,
    std::num::Wrapping<T>,
    std::num::Saturating<T>,
    std::cmp::Reverse<T>,
    std::ops::Range<T>,
    std::ops::RangeInclusive<T>,
    std::ops::Bound<T>,
);
macro_rules! holds_wide_behind {
    ($($ty:ty),*) => { $(impl<T: HoldsWide + ?Sized> HoldsWide for $ty {})* };
}
holds_wide_behind!(&T, Box<T>, Rc<T>, Arc<T>);
impl<T: HoldsWide, const N: usize> HoldsWide for [T; N] {}
impl<T: HoldsWide, S> HoldsWide for std::collections::HashSet<T, S> {}
impl<K, V: HoldsWide, S> HoldsWide for std::collections::HashMap<K, V, S> {}
impl<K, V: HoldsWide> HoldsWide for std::collections::BTreeMap<K, V> {}
impl<T: HoldsWide + ToOwned + ?Sized> HoldsWide for Cow<'_, T> {}

/// Types that have a schema; none where the feature `schemars` is off.
pub trait HasSchema {
    /// Makes the schema, as text, with a [`SchemaGenerator`](crate::catalog::SchemaGenerator).
    fn schema(generator: &mut dyn Any) -> String;
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema + ?Sized> HasSchema for T {
    fn schema(generator: &mut dyn Any) -> String {
        match generator.downcast_mut::<SchemaGenerator>() {
            Some(generator) => generator.inner.subschema_for::<T>().to_value().to_string(),
            None => String::new(),
        }
    }
}

/// The answers for a type of which nothing is known. An inherent constant of the same name comes
/// first where its bound is met.
pub trait Unknown {
    /// Whether it is an `Option`.
    const __WS_OPTIONAL: bool = false;
    /// How wide it is, where it is a number or a boolean.
    const __WS_SCALAR: Option<Width> = None;
    /// Whether it holds integers that JavaScript's numbers can't.
    const __WS_WIDE: bool = false;
    /// Its schema.
    const __WS_SCHEMA: Option<SchemaOf> = None;
}
impl<T: ?Sized> Unknown for TypeProbe<T> {}

impl<T: IsOption + ?Sized> TypeProbe<T> {
    /// Whether it is an `Option`.
    pub const __WS_OPTIONAL: bool = true;
}

impl<T: IsScalar + ?Sized> TypeProbe<T> {
    /// How wide it is, where it is a number or a boolean.
    pub const __WS_SCALAR: Option<Width> = Some(T::WIDTH);
}

impl<T: HoldsWide + ?Sized> TypeProbe<T> {
    /// Whether it holds integers that JavaScript's numbers can't.
    pub const __WS_WIDE: bool = true;
}

impl<T: HasSchema + ?Sized> TypeProbe<T> {
    /// Its schema.
    pub const __WS_SCHEMA: Option<SchemaOf> = Some(T::schema);
}

/// The same questions as methods, for a type that has no name in the macro.
pub trait OptionalType {
    /// Whether it is an `Option`.
    fn __ws_optional(&self) -> bool;
}
impl<T: IsOption + ?Sized> OptionalType for &TypeProbe<T> {
    fn __ws_optional(&self) -> bool {
        true
    }
}

/// The same questions as methods, for a type that has no name in the macro.
pub trait ScalarType {
    /// How wide it is, where it is a number or a boolean.
    fn __ws_scalar(&self) -> Option<Width>;
}
impl<T: IsScalar + ?Sized> ScalarType for &TypeProbe<T> {
    fn __ws_scalar(&self) -> Option<Width> {
        Some(T::WIDTH)
    }
}

/// The same questions as methods, for a type that has no name in the macro.
pub trait WideType {
    /// As a type, for [`narrow`](super::bounds::narrow).
    fn __ws_width(&self) -> Wide;
}
impl<T: HoldsWide + ?Sized> WideType for &TypeProbe<T> {
    fn __ws_width(&self) -> Wide {
        Wide
    }
}

/// What no type is. To rustc a type that it does not know is everything, so that a field which is
/// not there would be reported as too wide as well.
pub trait IsNothing {}

/// The answer for a type that has been reported as missing.
pub trait MissingType {
    /// Nothing more is to be said of it.
    fn __ws_width(&self) -> Narrow;
}
impl<T: IsNothing + ?Sized> MissingType for &&TypeProbe<T> {
    fn __ws_width(&self) -> Narrow {
        Narrow
    }
}

/// A type that holds integers of 64 bits or more.
#[derive(Debug)]
pub struct Wide;

/// Any other type.
#[derive(Debug)]
pub struct Narrow;

/// The same questions as methods, for a type that has no name in the macro.
pub trait SchemaType {
    /// Its schema.
    fn __ws_schema(&self) -> Option<SchemaOf>;
}
impl<T: HasSchema + ?Sized> SchemaType for &TypeProbe<T> {
    fn __ws_schema(&self) -> Option<SchemaOf> {
        Some(T::schema)
    }
}

/// The answers for a type of which nothing is known.
pub trait UnknownType {
    /// Whether it is an `Option`.
    fn __ws_optional(&self) -> bool {
        false
    }
    /// How wide it is, where it is a number or a boolean.
    fn __ws_scalar(&self) -> Option<Width> {
        None
    }
    /// The same as a type.
    fn __ws_width(&self) -> Narrow {
        Narrow
    }
    /// Its schema.
    fn __ws_schema(&self) -> Option<SchemaOf> {
        None
    }
}
impl<T: ?Sized> UnknownType for TypeProbe<T> {}

/// What was learnt of a type.
pub const fn field_type(
    optional: bool,
    scalar: Option<Width>,
    schema: Option<SchemaOf>,
) -> FieldType {
    FieldType { optional, scalar, schema, is_known: true }
}
