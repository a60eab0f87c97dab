//! Fields without names have no keys.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, ..details })]
enum Failure {
    #[error("gone")]
    Gone(u32, u32),
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone(1, 2);
    let _ = (error.encode(&()), error.entry(), error.close());
}
