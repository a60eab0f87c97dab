//! A number that means something else to old clients.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, retired(4007 = "means nothing since 2.0"))]
enum Failure {
    #[error("gone")]
    #[ws_error(code = 4007)]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
