//! Cast to a string, the number 4004 and the text "4004" are the same.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code as string })]
enum Failure {
    #[error("gone")]
    #[ws_error(code = 4004)]
    Gone,

    #[error("lost")]
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
