//! An enum is a catalog.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(rename = "gone", envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
