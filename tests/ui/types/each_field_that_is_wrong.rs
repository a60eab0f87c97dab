//! Types are reported all at once, too.

use ws_errors::{Envelope, WsError};

#[derive(Debug)]
struct Room;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message, "details"?: details })]
enum Failure {
    #[error("gone")]
    #[ws_error(message = "{room} is gone")]
    Gone { room: Room, id: u64 },

    #[error("lost")]
    #[ws_error(message = "lost")]
    Lost { room: Room },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: Room, id: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
