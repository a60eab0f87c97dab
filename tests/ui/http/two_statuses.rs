//! A refusal has one status, and the answer another.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(rejected(401), http(status = 403))]
    Gone,
}

fn main() {
    let error: &dyn WsError = &Failure::Gone;
    let _ = (error.respond(&Default::default()), error.entry());
}
