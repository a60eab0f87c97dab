//! An object has a key once.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
pub enum Failure {
    #[error("gone")]
    Gone {
        #[ws_error(rename = "room")]
        first: u32,
        #[ws_error(rename = "other")]
        second: u32,
    },
}
