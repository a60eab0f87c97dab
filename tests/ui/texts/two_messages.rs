//! A field is the message, and there is a text besides.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    #[ws_error(message = "it is gone")]
    Gone {
        #[ws_error(message)]
        text: String,
    },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { text: String::new() };
    let _ = (error.encode(&()), error.entry(), error.close());
}
