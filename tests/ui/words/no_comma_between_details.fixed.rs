use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details": details })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(details(channel, limit))]
    Gone { channel: String, limit: u32 },
}
