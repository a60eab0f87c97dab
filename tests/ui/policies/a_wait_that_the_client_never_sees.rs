//! The field is not on the wire.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(retry = after(self.wait))]
    Gone { wait: u32 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { wait: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
