//! A source never reaches the client.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "why": self.0 })]
enum Failure {
    #[error("gone: {0}")]
    Gone(#[source] std::io::Error),
}

fn main() {
    let _: fn(&Failure) -> ws_errors::Output = |error| Envelope::<()>::encode(error, &());
}
