//! A source never reaches the client.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(details(source))]
    Gone { source: std::io::Error },
}

fn main() {
    let _: fn(&Failure) -> ws_errors::Output = |error| Envelope::<()>::encode(error, &());
}
