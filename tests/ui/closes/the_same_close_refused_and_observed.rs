//! However it comes about, a client sees the same.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {
    #[error("gone")]
    #[ws_error(rejected(404, close(4001, "gone")))]
    Gone,

    #[error("lost")]
    #[ws_error(observed(4001, "gone"))]
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
