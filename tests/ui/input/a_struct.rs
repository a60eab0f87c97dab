//! An error of its own is no catalog.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[error("gone")]
#[ws_error(envelope = { "code": code })]
struct Failure;

fn main() {
    let error: &dyn Envelope = &Failure;
    let _ = (error.encode(&()), error.entry(), error.close());
}
