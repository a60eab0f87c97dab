//! A message needs a shape in each context.

use ws_errors::{Envelope, WsError};

struct Reply<'a> {
    id: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {
    #[error("gone")]
    #[ws_error(envelope(Reply<'_>) = { "id": cx.id, "code": code })]
    Gone,

    #[error("lost")]
    Lost,
}

fn main() {
    let _ = Failure::Gone.encode(&Reply { id: "a" });
}
