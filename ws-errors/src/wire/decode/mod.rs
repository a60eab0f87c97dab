//! The way back: from bytes to an entry.
//!
//! It gives the entry, and what a message carried by name. It can't give the enum back: sources
//! don't travel.

mod batch;
mod candidates;
mod closed;
mod decoder;
mod hull;
mod matching;
#[cfg(feature = "testing")]
mod message;
mod received;
mod same;
mod scan;
mod stream;
mod text;
mod types;

#[cfg(test)]
mod tests;

pub use closed::Closed;
pub use decoder::Decoder;
pub use received::{Decoded, Received, Values};
