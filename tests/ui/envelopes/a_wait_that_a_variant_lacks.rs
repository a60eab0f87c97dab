//! A wait must be there, and the policy has none.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "wait": retry_after })]
enum Failure {
    #[error("gone")]
    #[ws_error(retry = now)]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
