//! What a catalog is: plain constant data, which the derive writes and everything else reads.
//!
//! Nothing here is made by hand: fields may be added in any release.

mod schema;

pub use schema::{SchemaGenerator, schema_of};
pub use ws_errors_core::catalog::*;

pub use crate::wire::{CloseCode, InvalidCloseCode, Reason};

/// What the slots of a template hold, by name: what an encoder of [`Codec`] is given.
pub type Slots = serde_json::Map<String, serde_json::Value>;
