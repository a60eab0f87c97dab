//! A close code that means something else to old clients.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(retired(close(4007) = "means nothing since 2.0"))]
enum Failure {
    #[error("gone")]
    #[ws_error(close(4007, "gone"))]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
