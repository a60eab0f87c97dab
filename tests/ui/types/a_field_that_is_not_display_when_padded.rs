//! What stands in a text is displayed.

use ws_errors::{Envelope, WsError};

#[derive(Debug)]
struct Room;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    #[ws_error(message = "{room:>8} is gone")]
    Gone { room: Room },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: Room };
    let _ = (error.encode(&()), error.entry(), error.close());
}
