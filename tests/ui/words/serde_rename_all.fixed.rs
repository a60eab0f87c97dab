use ws_errors::WsError;

#[derive(Debug, thiserror::Error, serde::Serialize, WsError)]
#[ws_error(rename_all = "snake_case", envelope = { "code": code })]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
