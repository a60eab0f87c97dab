//! One file for each artefact that is generated from a catalog.

mod artefact;
mod error;
mod example;
mod json;
mod markdown;
mod sample;
mod schema;
#[cfg(test)]
mod testing;
mod tree;
mod visible;
pub mod words;

pub use artefact::{Artefact, Difference, Format, Written, artefacts, differences, surplus};
pub use error::ExportError;
pub use example::{example, example_in};
pub use json::{VERSION, json};
pub use markdown::markdown;
pub use sample::Values;
