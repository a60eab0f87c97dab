//! What a context adds is serialized.

use ws_errors::{Envelope, WsError};

struct Id;

struct Reply {
    id: Id,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply) = { "code": code, "id": cx.id })]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let _ = Failure::Gone.encode(&Reply { id: Id });
}
