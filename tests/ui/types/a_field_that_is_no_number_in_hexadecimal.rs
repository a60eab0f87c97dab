//! `{:x}` asks for an integer.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    #[ws_error(message = "{room:04x} is gone")]
    Gone { room: String },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: String::new() };
    let _ = (error.encode(&()), error.entry(), error.close());
}
