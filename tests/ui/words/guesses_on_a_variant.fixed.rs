use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, default(retry = backoff(1s..30s)))]
pub enum Failure {
    #[error("gone")]
    #[ws_error(retry = never)]
    Gone,
    #[error("full")]
    #[ws_error(retry = leave(1000, ""))]
    Full,
    #[error("busy")]
    #[ws_error(retry = backoff(1s..30s))]
    Busy,
    #[error("slow")]
    #[ws_error(retry = after(30s))]
    Slow,
    #[error("down")]
    #[ws_error(close(4001, "down"))]
    Down,
    #[error("late")]
    #[ws_error(message = "late")]
    Late,
    #[error("odd")]
    #[ws_error(user(title = "Sorry", message = "Odd."))]
    Odd,
    #[error("wrong")]
    #[ws_error(retry = now)]
    Wrong,
}
