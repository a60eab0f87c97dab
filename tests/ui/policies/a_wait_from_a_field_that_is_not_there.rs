//! A wait is taken from a field.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
enum Failure {
    #[error("gone")]
    #[ws_error(retry = after(self.retry_afer))]
    Gone { retry_after: u32 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { retry_after: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
