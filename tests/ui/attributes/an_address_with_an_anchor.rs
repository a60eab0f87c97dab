//! The address of the reference has an anchor already.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, doc_url = "https://example.com/#errors")]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn WsError = &Failure::Gone;
    let _ = (error.respond(&Default::default()), error.entry());
}
