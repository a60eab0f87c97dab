use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, client(breaker(open_after = 5, half_open_after = 60s), liveness(idle = 30s)))]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
