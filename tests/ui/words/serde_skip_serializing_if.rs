//! An `Option` is left out of `details` by itself.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, serde::Serialize, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
pub enum Failure {
    #[error("gone")]
    Gone {
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<String>,
    },
}
