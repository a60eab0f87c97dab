//! A code is the same each time.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": "{self.kind}.gone", "name": name })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = "{kind}.gone")]
    Gone { kind: String },
}
