//! What each WebSocket library takes, one small file for each, behind its feature.

#[cfg(feature = "tungstenite")]
pub mod tungstenite;
