//! Both share a code, or neither does.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "reason": set.reason })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = shared("GONE"), set(reason = "left"))]
    Left,
    #[error("lost")]
    #[ws_error(code = shared("GONE"), set(reason = "lost"))]
    Lost,
}
