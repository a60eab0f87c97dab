//! Each of serde's attributes is reported.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, serde::Serialize, WsError)]
#[serde(tag = "type", rename_all = "snake_case")]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[serde(rename = "gone")]
    Gone { channel: String },
}
