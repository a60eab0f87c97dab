//! A template makes text and packed JSON, and no integers of its own.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = binary(u32(code) + b"\0"))]
enum Failure {
    #[error("gone")]
    #[ws_error(code = 1)]
    Gone,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = binary(b"\xe0\x02" + "{code}"))]
enum Other {
    #[error("gone")]
    #[ws_error(code = 1)]
    Gone,
}

fn main() {
    let _ = (Failure::Gone.encode(&()), Other::Gone.encode(&()));
}
