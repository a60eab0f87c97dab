//! The message is reached through a constant.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(set(text = "{code}: {message}"), envelope = { "text": set.text })]
enum Failure {
    #[error("gone")]
    #[ws_error(message = display, internal)]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
