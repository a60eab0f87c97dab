//! A code, and never a close code.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {
    #[error("gone")]
    #[ws_error(close(5000, "gone"))]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
