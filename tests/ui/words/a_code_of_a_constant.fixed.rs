use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = 65535)]
    Gone { channel: String },
}
