//! An error to bytes, and back.

mod argument;
mod bounds;
mod close;
mod decode;
mod encode;
pub(crate) mod json;
mod output;
mod pack;
mod payload;
mod probe;
mod stub;
mod values;
mod with;

pub use argument::MAX_ECHO;
pub use close::{CloseCode, InvalidCloseCode, Reason};
pub use decode::{Closed, Decoded, Decoder, Received, Values};
pub use output::{Close, Frame, Output};
pub use payload::{BinaryPayload, TextPayload};
pub use with::With;
pub use ws_errors_core::shape::{Fragment, Item, Property, Shape};

pub(crate) use argument::Argument;
#[cfg(feature = "export")]
pub(crate) use argument::Sample;
#[cfg(any(feature = "export", test))]
pub(crate) use encode::written;
pub(crate) use encode::{Buffer, Writing, Written, close, constant_close, localized};
#[cfg(any(feature = "export", feature = "translations"))]
pub(crate) use json::Json as Tree;
pub(crate) use pack::pack;
pub(crate) use stub::NO_ENTRY;

/// What generated code calls. It is no part of the interface, and changes in any release.
#[doc(hidden)]
pub mod generated {
    pub use super::argument::{Argument, Json};
    pub use super::bounds::{
        closing_code, context_on_the_wire, context_value_ends, in_text, is_code, milliseconds,
        narrow, narrow_field, on_the_wire, padded, require, seconds, shown,
    };
    pub use super::encode::Buffer;
    pub use super::pack::{CBOR, MSGPACK};
    pub use super::probe::{
        AsScalar, AsText, DisplayOfNothing, DisplayOfText, DisplayOfValue, JsonOfNothing,
        JsonOfOption, JsonOfOptionalScalar, JsonOfScalar, JsonOfValue, MissingType, OptionalType,
        Probe, ScalarType, SchemaType, TypeProbe, Unknown, UnknownType, WideType, field_type,
        type_probe,
    };
    pub use super::stub::{NO_DECLARATION, nothing};
    pub use super::values::Values;
    pub use crate::catalog::CodecFunctions;
    pub use crate::compose::{
        Declared, InnerOfDeclared, InnerOfNothing, NO_VALUES, Neither, Nest, NoCatalog, Occurrence,
        ReaderOfLocalized, ReaderOfNothing, SameContext, ThroughAsRef, Unfolded, assert_nested,
        check, close, encode, index_of, respond, through,
    };
    pub use ws_errors_core::catalog::{Codec, FieldType};
    pub use ws_errors_core::facts::walk::count;
    pub use ws_errors_core::facts::{Declaration, NestedDeclaration, Tables};
}
