//! The address of the reference is given once, on the enum.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, http(status = 400, envelope = problem("https://example.com/errors")))]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
