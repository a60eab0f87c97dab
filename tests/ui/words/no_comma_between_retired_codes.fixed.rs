use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, retired("OLD" = "merged", "OLDER" = "merged"))]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
