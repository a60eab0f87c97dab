//! A code that is a text stands in quotes.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = NOT_FOUND)]
    Gone { channel: String },
}
