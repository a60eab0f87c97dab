//! One variant sets it, and the other does not.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "kind": set.kind })]
enum Failure {
    #[error("gone")]
    #[ws_error(set(kind = "a"))]
    Gone,

    #[error("lost")]
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
