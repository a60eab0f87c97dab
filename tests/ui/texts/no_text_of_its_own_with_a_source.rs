//! `Display` may say what the source says.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone: {0}")]
    #[ws_error(message = display)]
    Gone(#[from] std::io::Error),
}

fn main() {
    let _: fn(&Failure) -> ws_errors::Output = |error| Envelope::<()>::encode(error, &());
}
