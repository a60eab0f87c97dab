//! What is on the wire is serialized.

use ws_errors::{Envelope, WsError};

struct Room;

impl std::fmt::Debug for Room {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
enum Failure {
    #[error("gone")]
    Gone { room: Room },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: Room };
    let _ = (error.encode(&()), error.entry(), error.close());
}
