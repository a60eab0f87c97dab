use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "type": "error", "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = "GONE")]
    Gone { channel: String },
}
