//! An error that is sent, and nothing else.

use ws_errors::{Envelope, Output, WsError};

/// Errors of rooms.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message, "details": details })]
pub enum RoomError {
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

/// What is sent.
pub fn send(error: &RoomError) -> Output {
    error.encode(&())
}
