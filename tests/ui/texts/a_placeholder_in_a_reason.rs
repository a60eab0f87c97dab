//! A reason takes fields, too.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {
    #[error("gone")]
    #[ws_error(close(4001, "{rom} is gone"))]
    Gone { room: u32 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
