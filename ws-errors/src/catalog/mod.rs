//! What a catalog is: plain constant data, which the derive writes and everything else reads.
//!
//! Nothing here is made by hand: fields may be added in any release.

mod schema;

pub use schema::{SchemaGenerator, schema_of};
pub use ws_errors_core::catalog::*;

pub use crate::wire::{CloseCode, Frame, InvalidCloseCode, Reason};

/// What the slots of a template hold, by name: what an encoder of [`Codec`] is given.
pub type Slots = serde_json::Map<String, serde_json::Value>;

/// The functions of a [`Codec`].
#[derive(Debug, Clone, Copy)]
pub struct CodecFunctions {
    /// Makes the frame of the slots by name.
    pub encode: fn(&Slots) -> Frame,
    /// The slots by name of a frame; `None` where it is no error of this API.
    pub decode: Option<fn(&Frame) -> Option<Slots>>,
}

impl CodecFunctions {
    /// Those of a codec.
    pub(crate) fn of(codec: &Codec) -> Option<&'static Self> {
        (codec.functions)().downcast_ref()
    }
}
