//! What other words would be, and what is written here.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, backoff(1s..30s))]
pub enum Failure {
    #[error("gone")]
    #[ws_error(never)]
    Gone,
    #[error("full")]
    #[ws_error(leave(1000))]
    Full,
    #[error("busy")]
    #[ws_error(backoff(1s..30s))]
    Busy,
    #[error("slow")]
    #[ws_error(retry_after = 30)]
    Slow,
    #[error("down")]
    #[ws_error(close_code = 4001)]
    Down,
    #[error("late")]
    #[ws_error(text = "late")]
    Late,
    #[error("odd")]
    #[ws_error(title = "Sorry")]
    Odd,
    #[error("wrong")]
    #[ws_error(retryable)]
    Wrong,
}
