use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "text": "{code}: {message}", "args": [details] })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone { room: u32 },
}
