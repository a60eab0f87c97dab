//! Two variants that are spelt the same.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(rename_all = "lowercase", envelope = { "code": code })]
enum Failure {
    #[error("a")]
    #[ws_error(code = 1)]
    RoomGone,

    #[error("b")]
    #[ws_error(code = 2)]
    Roomgone,
}

fn main() {
    let error: &dyn Envelope = &Failure::RoomGone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
