//! What is said of an answer that nobody asks for.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code },
    client(liveness(idle = 30s, within = 5s)),
)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
