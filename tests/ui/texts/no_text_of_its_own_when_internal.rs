//! What is internal is not for the client.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(default(message = display), envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    #[ws_error(internal)]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
