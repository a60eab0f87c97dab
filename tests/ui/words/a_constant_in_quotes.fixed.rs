use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "kind": set.kind })]
pub enum Failure {
    #[error("gone")]
    #[ws_error(set(kind = "a"))]
    Gone { channel: String },
}
