//! An envelope takes values from fields.

use ws_errors::{Envelope, WsError};

struct Reply {
    id: u32,
}

impl Reply {
    fn trace(&self) -> u32 {
        self.id
    }
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply) = { "id": cx.id, "trace": cx.trace, "code": code })]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let reply = Reply { id: 1 };
    let _ = (Failure::Gone.encode(&reply), reply.trace());
}
