//! The options of a policy are separated by commas.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(retry = when(refresh_token attempts = 3))]
    Gone { channel: String },
}
