//! What comes with the occurrence may be any code that no other error has.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = self.code)]
    Gone { code: u32 },
}
