use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = 4003)]
    Gone = 4003,
    #[error("full")]
    #[ws_error(close(4004))]
    Full = 4004,
    #[error("busy")]
    #[ws_error(code = "BUSY")]
    Busy = 7,
    #[error("down")]
    #[ws_error(close(4005))]
    Down = 8,
    #[error("odd")]
    #[ws_error(code = "Odd")]
    Odd = i16::MAX as isize,
    #[error("wrong")]
    #[ws_error(code = -32700)]
    ParseError = -32_700,
    #[error("lost")]
    #[ws_error(observed(1006))]
    Lost = 1006,
    #[error("refused")]
    #[ws_error(rejected(403))]
    Refused = 403,
}
