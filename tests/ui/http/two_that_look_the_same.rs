//! Two errors have one status and one body.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, http(status = 400, envelope = "no"))]
enum Failure {
    #[error("gone")]
    Gone,

    #[error("odd")]
    Odd,
}

fn main() {
    let error: &dyn WsError = &Failure::Gone;
    let _ = (error.respond(&Default::default()), error.entry());
}
