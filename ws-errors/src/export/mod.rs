//! One file for each artefact that is generated from a catalog.

mod error;
mod example;
mod sample;
mod schema;
mod tree;
mod visible;
pub mod words;

pub use error::ExportError;
pub use example::{example, example_in};
pub use sample::Values;
