//! A content type without a subtype.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, http(status = 400, envelope = "no", content_type = "json"))]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn WsError = &Failure::Gone;
    let _ = (error.respond(&Default::default()), error.entry());
}
