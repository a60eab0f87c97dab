use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, success(0, 200..=299))]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = 1)]
    Gone { channel: String },
}
