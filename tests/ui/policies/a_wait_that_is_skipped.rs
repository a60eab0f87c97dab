//! The field is kept off the wire.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
enum Failure {
    #[error("gone")]
    #[ws_error(retry = after(self.wait))]
    Gone {
        #[ws_error(skip)]
        wait: u32,
        room: u32,
    },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { wait: 1, room: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
