//! A user that has the runtime from another crate, and does not depend on it.
#![deny(warnings)]

use facade::prelude::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(crate = facade::ws_errors, envelope = { "code": code, "details"?: details })]
pub enum Failure {
    #[error("gone")]
    Gone { room: u32 },
    #[error("lost")]
    #[ws_error(close(4001, "{0}"))]
    Lost(String),
}

pub fn send(error: &Failure) -> facade::ws_errors::Output {
    error.encode(&())
}
