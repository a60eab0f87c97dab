//! One Rust enum is the only place where an application says what can go wrong on its WebSocket.
//!
//! [`#[derive(WsError)]`](derive@WsError) reads how each variant reaches the client, and the shape
//! that messages have. From it come the bytes on the wire ([`Envelope::encode`]), the close frames,
//! the way back ([`Decoder`]), and, with the feature `export`, the reference docs and a TypeScript
//! client.
//!
//! ```
//! use ws_errors::{Envelope, WsError};
//!
//! /// Errors of a shop.
//! #[derive(Debug, thiserror::Error, WsError)]
//! #[ws_error(envelope = { "code": code, "message": message }, rename_all = "snake_case")]
//! enum ShopError {
//!     /// There is none left.
//!     #[error("{item} is sold out")]
//!     #[ws_error(message = display)]
//!     SoldOut { item: String },
//!
//!     /// The shop closes.
//!     #[error("closed")]
//!     #[ws_error(close(4000, "closed for today"))]
//!     Closed,
//! }
//!
//! let output = ShopError::SoldOut { item: "tea".into() }.encode(&());
//! assert_eq!(output.text(), Some(r#"{"code":"sold_out","message":"tea is sold out"}"#));
//! ```
//!
//! # Layers
//!
//! | module | what it is |
//! | --- | --- |
//! | [`catalog`] | what a catalog is: plain constant data, which the derive writes |
//! | [`wire`] | an error to bytes, and back |
//! | [`http`] | the same errors over HTTP |
//! | [`language`] | texts in the language of the reader |
//! | [`transport`] | what each WebSocket library takes, behind its feature |
//! | `export` | what is generated from a catalog |
//! | `cli` | the command line that an application gets for its own catalogs |
//! | `testing` | a test of a running server against its catalog |

pub mod catalog;
#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "export")]
pub mod compat;
mod compose;
mod error;
#[cfg(feature = "export")]
pub mod export;
#[cfg(any(feature = "cli", feature = "testing"))]
mod find;
#[cfg(test)]
mod fixture;
pub mod http;
pub mod language;
pub mod log;
#[cfg(feature = "testing")]
pub mod testing;
pub mod transport;
mod types;
pub mod wire;

pub use error::{Envelope, WsError};
pub use log::Redacted;
pub use wire::{Close, Decoder, Frame, Output};
pub use wire::{CloseCode, Reason};
#[doc = include_str!("derive.md")]
pub use ws_errors_derive::WsError;

#[doc(hidden)]
pub use compose::OneEnvelopePerContext;
#[doc(hidden)]
pub use wire::generated as __private;

#[cfg(doctest)]
mod guide;
