//! Each is shown beside the first.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "type": "error" })]
enum Failure {
    #[error("gone")]
    Gone,

    #[error("lost")]
    Lost,

    #[error("away")]
    Away,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
