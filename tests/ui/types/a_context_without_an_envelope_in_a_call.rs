//! The type of the context chooses the envelope.

use ws_errors::{Envelope, WsError};

struct Push;

fn send(_: impl Envelope<Push>) {}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    send(Failure::Gone);
}
