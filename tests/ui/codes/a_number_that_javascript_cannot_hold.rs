//! Numbers in JavaScript are exact to 2⁵³.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(code = 9007199254740993)]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
