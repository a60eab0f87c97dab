//! The enum doesn't say where its reference is published.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "docs"?: doc_url })]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
