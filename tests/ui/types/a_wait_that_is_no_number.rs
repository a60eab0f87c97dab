//! A wait is a number of milliseconds.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "wait": retry_after })]
enum Failure {
    #[error("gone")]
    #[ws_error(retry = after(self.wait))]
    Gone { wait: String },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { wait: String::new() };
    let _ = (error.encode(&()), error.entry(), error.close());
}
