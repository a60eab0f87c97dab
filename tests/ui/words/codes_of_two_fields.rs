//! Two variants take any code, each from another field.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("number")]
    #[ws_error(code = self.number)]
    Number { number: u32 },
    #[error("text")]
    #[ws_error(code = self.text)]
    Text { text: String },
}
