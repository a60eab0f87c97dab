//! Clients branch on the code; where they have to look at more, each says so.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = 1003, message = "gone")]
    Gone,
    #[error("lost")]
    #[ws_error(code = 1003, message = "lost")]
    Lost,
    #[error("full")]
    #[ws_error(code = 1003, message = "full")]
    Full,
}
