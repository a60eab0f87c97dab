//! A context is a type of the user's.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply) = { "code": code })]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let _ = Failure::Gone.entry();
}
