//! serde's attributes mean nothing on the enum itself.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, serde::Serialize, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
pub enum Failure {
    #[error("gone")]
    Gone {
        #[serde(skip_serializing)]
        channel: String,
    },
}
