//! An error that is sent, and nothing else: `compiled` looks at what the compiler makes of it.

use std::mem::ManuallyDrop;

use ws_errors::{Envelope as _, WsError};

/// Errors of rooms.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message, "details": details })]
enum RoomError {
    /// Nobody else can come in.
    #[error("room {room} is full")]
    #[ws_error(code = 4001, message = "The room is full.")]
    Full {
        /// Its name.
        room: String,
        /// How many are in it.
        people: u32,
        /// Whether one can wait for a place.
        is_queued: bool,
    },
}

fn main() {
    let room = std::env::args().next().unwrap_or_default();
    // Nothing here drops it: what does is compiled only where ws-errors wants it.
    let error = ManuallyDrop::new(RoomError::Full { room, people: 7, is_queued: false });
    println!("{:?}", error.encode(&()));
}
