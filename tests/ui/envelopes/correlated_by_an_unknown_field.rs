//! What settles a request is a field of a context.

use ws_errors::{Envelope, WsError};

struct Reply<'a> {
    id: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply<'_>) = { "id": cx.id, "code": code }, correlate = cx.di)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let _ = Failure::Gone.encode(&Reply { id: "a" });
}
