//! One Rust enum is the only place where an application says what can go wrong on its WebSocket.

pub mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "export")]
pub mod compat;
mod error;
#[cfg(feature = "export")]
pub mod export;
#[cfg(test)]
mod fixture;
pub mod transport;
pub mod wire;

pub use catalog::{CloseCode, Reason};
pub use error::{Envelope, WsError};
pub use wire::{Close, Decoder, Frame, Output};
pub use ws_errors_derive::WsError;

#[doc(hidden)]
pub use wire::generated as __private;
