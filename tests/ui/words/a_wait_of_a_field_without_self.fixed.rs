use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "retry_after"?: retry_after })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(retry = after(self.wait_ms ?? 1s))]
    Gone { wait_ms: Option<u32> },
}
