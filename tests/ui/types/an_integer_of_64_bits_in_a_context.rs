//! What a context has is read by JavaScript, too.

use ws_errors::{Envelope, WsError};

struct Reply {
    id: u64,
    at: Option<i64>,
    to: u64,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply) = { "id": cx.id, "at": cx.at ?? null, "to": cx.to as string, "of": "{cx.to}", "code": code },
)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let reply = Reply { id: 1, at: None, to: 2 };
    let _ = Failure::Gone.encode(&reply);
}
