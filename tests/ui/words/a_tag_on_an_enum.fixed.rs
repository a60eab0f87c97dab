use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "type": code })]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
