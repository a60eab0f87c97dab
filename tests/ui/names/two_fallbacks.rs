//! Two messages for whatever else goes wrong.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(user(title = "Gone", message = "It is gone.", fallback))]
    Gone,

    #[error("lost")]
    #[ws_error(user(title = "Lost", message = "It is lost.", fallback))]
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
