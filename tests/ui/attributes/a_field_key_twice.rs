//! The same key of a field.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    Gone {
        #[ws_error(rename = "a", rename = "b")]
        room: u32,
    },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
