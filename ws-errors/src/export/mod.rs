//! One file for each artefact that is generated from a catalog.

mod sample;

pub use sample::Values;
