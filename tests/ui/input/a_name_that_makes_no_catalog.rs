//! Files are named after a catalog, which is named after the enum.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Störung {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Störung::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
