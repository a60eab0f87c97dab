//! A user that calls the runtime something else in its Cargo.toml.
#![deny(warnings)]

/// A module of the name that the runtime has elsewhere.
pub mod ws_errors {}

#[derive(Debug, thiserror::Error, errors::WsError)]
#[ws_error(crate = errors, envelope = { "code": code, "details"?: details })]
pub enum Failure {
    #[error("gone")]
    Gone { room: u32 },
    #[error("lost")]
    #[ws_error(close(4001, "{0}"))]
    Lost(String),
}

pub fn send(error: &dyn errors::Envelope) -> errors::Output {
    error.encode(&())
}
