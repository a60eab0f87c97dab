//! A key that is given may be the name of another field.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, ..details })]
pub enum Failure {
    #[error("gone")]
    Gone {
        #[ws_error(rename = "room")]
        first: u32,
        second: u32,
    },
}
