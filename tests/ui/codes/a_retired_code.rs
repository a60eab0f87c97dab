//! A code that means something else to old clients.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, retired("OLD" = "split into GONE and AWAY in 2.0"))]
enum Failure {
    #[error("gone")]
    #[ws_error(code = "OLD")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
