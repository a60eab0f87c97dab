//! A field of the context is named without quotes.

use ws_errors::WsError;

pub struct Reply {
    pub id: String,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply) = { "code": code, "id": cx.id }, correlate = "cx.id")]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
