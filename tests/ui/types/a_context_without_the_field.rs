//! A context has the fields that its envelope names.

use ws_errors::{Envelope, WsError};

struct Reply<'a> {
    id: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply<'_>) = { "code": code, "id": cx.request_id })]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let _ = Failure::Gone.encode(&Reply { id: "a" });
}
