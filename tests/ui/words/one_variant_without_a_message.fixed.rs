use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = "GONE", message = "gone")]
    Gone { channel: String },
}
