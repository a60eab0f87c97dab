//! A status that says that all is well.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, http(status = 200, envelope = { "code": code }))]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn WsError = &Failure::Gone;
    let _ = (error.respond(&Default::default()), error.entry());
}
