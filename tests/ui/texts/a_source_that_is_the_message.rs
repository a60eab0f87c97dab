//! A source never reaches the client.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    Gone {
        #[ws_error(message)]
        source: std::io::Error,
    },
}

fn main() {
    let _: fn(&Failure) -> ws_errors::Output = |error| Envelope::<()>::encode(error, &());
}
