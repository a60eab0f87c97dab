//! One file for each artefact that is generated from a catalog.

mod error;
mod sample;
mod typescript;

pub use error::{ExportError, Owner};
pub use sample::Values;
pub use typescript::typescript;
