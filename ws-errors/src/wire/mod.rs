//! An error to bytes, and back.

mod argument;
mod bounds;
mod decode;
mod encode;
mod escape;
mod filter;
pub(crate) mod json;
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

pub(crate) use argument::characters_of;
#[cfg(feature = "export")]
pub(crate) use argument::{Argument, Sample};
#[cfg(feature = "export")]
pub(crate) use decode::own_templates;
#[cfg(feature = "export")]
pub(crate) use encode::close;
pub(crate) use encode::{constant_close, frame};
pub(crate) use escape::push_escaped;
#[cfg(feature = "export")]
pub(crate) use json::Json as Tree;
pub(crate) use pack::pack;
pub(crate) use stub::NO_ENTRY;

/// What generated code calls. It is no part of the interface, and changes in any release.
#[doc(hidden)]
pub mod generated {
    pub use super::argument::{Argument, Json};
    pub use super::bounds::{
        closing_code, context_on_the_wire, in_text, is_code, milliseconds, narrow, on_the_wire,
        padded, shown,
    };
    pub use super::encode::{close, message, output, packed};
    pub use super::pack::{CBOR, MSGPACK};
    pub use super::probe::{
        AsText, DisplayOfNothing, DisplayOfText, DisplayOfValue, JsonOfNothing, JsonOfOption,
        JsonOfOptionalText, JsonOfText, JsonOfValue, MissingType, OptionalType, Probe, SchemaType,
        TypeProbe, Unknown, UnknownType, WideType, field_type, type_probe,
    };
    pub use super::stub::{NO_TREE, nothing};
    pub use crate::compose::check::{Checked, check, entries, slots, told};
    pub use crate::compose::{
        Declared, In, InnerOfDeclared, InnerOfNothing, Joined, Neither, Nest, Nested, NoCatalog,
        SameContext, ThroughAsRef, Tree, Visit, Way, index_of, nested, through, under,
    };
}
