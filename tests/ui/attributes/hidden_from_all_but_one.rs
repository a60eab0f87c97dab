//! `hidden` and `audience` contradict each other.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(hidden, audience = "staff")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
