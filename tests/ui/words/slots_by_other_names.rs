//! A context, a field and a slot by the names that one guesses.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "id": ctx.id, "text": message, "args": [..details] })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "{code}: gone")]
    Gone { room: u32 },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "text": self.message })]
pub enum Other {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone { room: u32 },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "args": [..details] })]
pub enum Last {
    #[error("gone")]
    Gone { room: u32 },
}
