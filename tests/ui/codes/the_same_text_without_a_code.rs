//! Where there is no code, a client goes by the text.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "error": message })]
enum Failure {
    #[error("gone")]
    #[ws_error(code = none, message = "not there")]
    Gone,

    #[error("lost")]
    #[ws_error(code = none, message = "not there")]
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
