//! The text of a source is the source's.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error(transparent)]
    #[ws_error(message = display)]
    Gone(std::io::Error),
}

fn main() {
    let _: fn(&Failure) -> ws_errors::Output = |error| Envelope::<()>::encode(error, &());
}
