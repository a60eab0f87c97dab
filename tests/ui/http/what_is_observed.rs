//! What only the client sees answers no request.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(observed(1006), http(status = 400))]
    Gone,
}

fn main() {
    let error: &dyn WsError = &Failure::Gone;
    let _ = (error.respond(&Default::default()), error.entry());
}
