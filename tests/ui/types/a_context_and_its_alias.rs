//! An alias is the type that it stands for.

use ws_errors::{Envelope, WsError};

struct Reply {
    id: u32,
}

type Answer = Reply;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply) = { "id": cx.id, "code": code },
    envelope(Answer) = { "answer": cx.id, "code": code },
)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let _ = Failure::Gone.encode(&Reply { id: 1 });
}
