//! The `type` of a problem leads to the reference.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, http(status = 400, envelope = problem))]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
