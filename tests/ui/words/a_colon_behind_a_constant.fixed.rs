use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "kind": set.kind }, set(kind = "a"))]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
