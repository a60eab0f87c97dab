//! An error to bytes, and back.

mod argument;
mod bounds;
mod decode;
mod encode;
mod escape;
mod filter;
mod json;
mod operation;
mod output;
mod pack;
mod probe;
mod shape;
mod stub;
mod with;

pub use argument::MAX_ECHO;
pub use decode::{Closed, Decoded, Decoder, Received, Values};
pub use operation::{
    Encoding, Filtered, Operation, Parameter, Present, Source, TailElement, When, Within,
};
pub use output::{Close, Frame, Output};
pub use shape::{Fragment, Item, Property, Shape};
pub use with::With;

#[cfg(feature = "export")]
pub(crate) use argument::{Argument, Sample, characters_of};
#[cfg(feature = "export")]
pub(crate) use decode::own_templates;
pub(crate) use encode::constant_close;
#[cfg(feature = "export")]
pub(crate) use encode::{close, frame};
#[cfg(feature = "export")]
pub(crate) use escape::push_escaped;
#[cfg(feature = "export")]
pub(crate) use json::Json as Tree;

/// What generated code calls. It is no part of the interface, and changes in any release.
#[doc(hidden)]
pub mod generated {
    pub use super::argument::{Argument, Json};
    pub use super::bounds::{
        closing_code, context_on_the_wire, in_text, is_code, milliseconds, on_the_wire, padded,
        shown,
    };
    pub use super::encode::{close, message, output, packed};
    pub use super::pack::{CBOR, MSGPACK};
    pub use super::probe::{
        AsText, DisplayOfNothing, DisplayOfText, DisplayOfValue, JsonOfNothing, JsonOfOption,
        JsonOfOptionalText, JsonOfText, JsonOfValue, OptionalType, Probe, SchemaType, TypeProbe,
        Unknown, UnknownType, WideType, field_type, type_probe,
    };
    pub use super::stub::nothing;
}
