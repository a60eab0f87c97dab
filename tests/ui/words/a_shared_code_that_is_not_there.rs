//! `shared` has the code in parentheses.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = shared)]
    Gone,
}
