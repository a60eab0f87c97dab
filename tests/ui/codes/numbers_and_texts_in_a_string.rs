//! In a string, the number 4004 and the text "4004" are the same.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "ERROR {code}")]
enum Failure {
    #[error("gone")]
    #[ws_error(code = 4004)]
    Gone,

    #[error("lost")]
    #[ws_error(code = "LOST")]
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
