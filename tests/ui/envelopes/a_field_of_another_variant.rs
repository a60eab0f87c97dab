//! A field that only another variant has.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "room": self.room })]
enum Failure {
    #[error("gone")]
    Gone { room: u32 },

    #[error("lost")]
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Lost;
    let _ = (error.encode(&()), error.entry(), error.close());
}
