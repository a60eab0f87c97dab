//! What stands in parentheses has a name.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, http(500))]
pub enum Failure {
    #[error("gone")]
    #[ws_error(user("Gone", "It is gone."))]
    Gone,
}
