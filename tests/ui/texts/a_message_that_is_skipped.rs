//! A field is on the wire or it is not.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    Gone {
        #[ws_error(message, skip)]
        text: String,
    },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { text: String::new() };
    let _ = (error.encode(&()), error.entry(), error.close());
}
