//! The text comes with the occurrence, so it distinguishes nothing.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone: {0}")]
    #[ws_error(code = 4004)]
    Gone(#[ws_error(message)] String),

    #[error("lost: {0}")]
    #[ws_error(code = 4004)]
    Lost(#[ws_error(message)] String),
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone(String::new());
    let _ = (error.encode(&()), error.entry(), error.close());
}
