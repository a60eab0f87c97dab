//! A slot has one dot.

use ws_errors::{Envelope, WsError};

struct Reply<'a> {
    id: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply<'_>) = { "code": code, "id": cx.id.len })]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let _ = Failure::Gone.encode(&Reply { id: "a" });
}
