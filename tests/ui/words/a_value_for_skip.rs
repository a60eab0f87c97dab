//! `skip` stands alone.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
pub enum Failure {
    #[error("gone")]
    Gone {
        #[ws_error(skip = true)]
        channel: String,
    },
}
