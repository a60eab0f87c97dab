//! What varies per request is given.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, http(status = 400, envelope = { "code": code, "id"?: cx.reqest_id }))]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn WsError = &Failure::Gone;
    let _ = (error.respond(&Default::default()), error.entry());
}
