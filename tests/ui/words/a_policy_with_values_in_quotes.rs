//! A policy is no text.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(retry = "backoff(1s..30s)")]
    Gone { channel: String },
}
