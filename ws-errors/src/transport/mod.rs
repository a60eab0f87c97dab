//! What each WebSocket library takes, one small file for each, behind its feature.

#[cfg(feature = "linger")]
mod delivery;
#[cfg(feature = "linger")]
mod linger;
#[cfg(feature = "linger")]
mod outcome;
#[cfg(feature = "linger")]
mod stream;
#[cfg(feature = "tungstenite")]
pub mod tungstenite;

#[cfg(feature = "linger")]
pub use linger::{Limits, Linger};
#[cfg(feature = "linger")]
pub use outcome::Outcome;
#[cfg(feature = "linger")]
pub use stream::LingeringStream;
