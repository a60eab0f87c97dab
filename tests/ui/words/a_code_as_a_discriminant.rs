//! In Rust a variant has a number, and messages have codes.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    Gone = 4003,
    #[error("full")]
    #[ws_error(close)]
    Full = 4004,
    #[error("busy")]
    #[ws_error(code = "BUSY")]
    Busy = 7,
    #[error("down")]
    #[ws_error(close(4005))]
    Down = 8,
    #[error("odd")]
    Odd = i16::MAX as isize,
    #[error("wrong")]
    ParseError = -32_700,
    #[error("lost")]
    #[ws_error(observed)]
    Lost = 1006,
    #[error("refused")]
    #[ws_error(rejected)]
    Refused = 403,
}
