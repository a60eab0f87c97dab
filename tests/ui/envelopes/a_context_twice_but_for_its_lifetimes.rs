//! The same type with other lifetimes is the same context.

use ws_errors::WsError;

struct Reply<'a> {
    id: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply<'_>) = { "id": cx.id, "code": code },
    envelope(Reply<'static>) = { "code": code },
)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let _ = Failure::Gone.entry();
}
