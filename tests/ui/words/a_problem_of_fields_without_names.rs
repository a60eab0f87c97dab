//! The fields of a variant are members of a problem, so they have names.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code, "details"?: details },
    doc_url = "https://example.com/errors",
    http(status = 400, envelope = problem),
)]
pub enum Failure {
    #[error("gone")]
    Gone(u16, u16),
    #[error("full")]
    Full(u16),
    #[error("taken")]
    Taken { title: String },
}
