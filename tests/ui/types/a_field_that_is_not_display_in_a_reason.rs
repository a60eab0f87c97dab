//! What stands in a reason is displayed.

use ws_errors::{Envelope, WsError};

#[derive(Debug)]
struct Room;

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {
    #[error("gone")]
    #[ws_error(close(4001, "{room} is gone"))]
    Gone { room: Room },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: Room };
    let _ = (error.encode(&()), error.entry(), error.close());
}
