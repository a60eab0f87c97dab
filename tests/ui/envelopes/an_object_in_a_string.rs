//! An object is no text.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "ERROR {code} {details}")]
enum Failure {
    #[error("gone")]
    Gone { room: u32 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
