//! The macro can't know what another makes, and says nothing of it behind your back.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
#[doc = include_str!("docs_of_a_macro.rs")]
pub enum Failure {
    #[doc = concat!("gone", " for ever")]
    #[error("gone")]
    Gone {
        #[doc = concat!("which", " one")]
        room: u32,
    },
}
