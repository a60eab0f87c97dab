//! A variant has one message.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    Gone {
        #[ws_error(message)]
        text: String,
        #[ws_error(message)]
        other: String,
    },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { text: String::new(), other: String::new() };
    let _ = (error.encode(&()), error.entry(), error.close());
}
