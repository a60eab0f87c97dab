//! What a client guards itself with.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code },
    client(strom(more_than = 10, within = 60s, leave(4999, "Error storm"))),
)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
