//! A width has 16 bits.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    #[ws_error(message = "{room:>70000} is gone")]
    Gone { room: u32 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
