use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, closes(4000..=4099 = never))]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
