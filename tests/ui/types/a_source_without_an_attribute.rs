//! A source is marked as one.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
enum Failure {
    #[error("storage")]
    Storage(std::io::Error),
}

fn main() {
    let error: &dyn Envelope = &Failure::Storage(std::io::Error::other("x"));
    let _ = (error.encode(&()), error.entry(), error.close());
}
