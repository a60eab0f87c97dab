//! The code of a variant that says nothing is its name.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone,
    #[error("lost")]
    #[ws_error(code = "Gone", message = "lost")]
    Lost,
}
