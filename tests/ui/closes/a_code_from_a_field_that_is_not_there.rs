//! A close code is taken from a field.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {
    #[error("gone")]
    #[ws_error(close(self.cod))]
    Gone { code: ws_errors::CloseCode },
}

fn main() {
    let _: fn(&Failure) -> ws_errors::Output = |error| Envelope::<()>::encode(error, &());
}
