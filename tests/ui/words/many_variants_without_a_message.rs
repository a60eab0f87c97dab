//! What many variants lack is said once.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Failure {
    #[error("gone")]
    Gone,
    #[error("gone")]
    Full,
    #[error("gone")]
    Closed,
    #[error("gone")]
    Slow,
    #[error("gone")]
    Late,
    #[error("gone")]
    Busy,
    #[error("gone")]
    Lost,
    #[error("gone")]
    Stale,
}
