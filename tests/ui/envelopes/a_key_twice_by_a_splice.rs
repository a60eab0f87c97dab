//! A field whose key is there already.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, ..details })]
enum Failure {
    #[error("gone")]
    Gone { code: u32 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { code: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
