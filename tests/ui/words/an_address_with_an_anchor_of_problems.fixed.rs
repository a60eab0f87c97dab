use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code, "message": message },
    http(status = 400, envelope = problem),
    doc_url = "https://example.com/errors",
)]
pub enum Failure {
    #[error("gone")]
    #[ws_error(message = "gone")]
    Gone { channel: String },
}
