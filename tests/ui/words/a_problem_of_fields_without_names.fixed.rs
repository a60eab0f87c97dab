use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code, "details"?: details },
    doc_url = "https://example.com/errors",
    http(status = 400, envelope = problem),
)]
pub enum Failure {
    #[error("gone")]
    Gone { from: u16, to: u16 },
    #[error("full")]
    #[ws_error(http(envelope = { "code": code, "details": details }))]
    Full(u16),
    #[error("taken")]
    Taken { #[ws_error(rename = "taken_title")] title: String },
}
