use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone,
    #[error("gone")]
    #[ws_error(message = "gone")]
    Full,
    #[error("gone")]
    #[ws_error(message = "gone")]
    Closed,
    #[error("gone")]
    #[ws_error(message = "gone")]
    Slow,
    #[error("gone")]
    #[ws_error(message = "gone")]
    Late,
    #[error("gone")]
    #[ws_error(message = "gone")]
    Busy,
    #[error("gone")]
    #[ws_error(message = "gone")]
    Lost,
    #[error("gone")]
    #[ws_error(message = "gone")]
    Stale,
}
