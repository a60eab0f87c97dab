//! A client tells closes apart by code and reason.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {
    #[error("gone")]
    #[ws_error(close(4001, "gone"))]
    Gone,

    #[error("lost")]
    #[ws_error(close(4001, "gone"))]
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
