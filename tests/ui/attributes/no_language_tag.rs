//! The language of an enum's texts is a BCP 47 tag.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code },
    language = "de_AT",
)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
