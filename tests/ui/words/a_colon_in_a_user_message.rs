//! The parts of a user message stand behind `=`.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(user(title: "Gone", message = "It is gone."))]
    Gone { channel: String },
}
