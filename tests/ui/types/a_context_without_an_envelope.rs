//! The type of the context chooses the envelope.

use ws_errors::{Envelope, WsError};

struct Reply<'a> {
    id: &'a str,
}

struct Push;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code },
    envelope(Reply<'_>) = { "id": cx.id, "code": code },
)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let _ = Failure::Gone.encode(&Push);
}
