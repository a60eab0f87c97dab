//! The way back: from bytes to an entry.
//!
//! It gives the entry, and what a message carried by name. It can't give the enum back: sources
//! don't travel.

mod batch;
mod choice;
mod closed;
mod decoder;
mod group;
mod kinds;
mod matching;
mod pattern;
mod received;
mod scan;
mod stream;
mod text;
mod undeclared;

#[cfg(test)]
mod tests;

pub use closed::Closed;
pub use decoder::Decoder;
pub use received::{Decoded, Received, Values};
#[cfg(feature = "export")]
pub(crate) use undeclared::own_templates;
