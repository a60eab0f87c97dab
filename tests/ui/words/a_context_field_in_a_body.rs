//! A request has no fields but its own; in a body that needs one, that is said once.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code },
    http(status = 400, envelope = { "code": code, "id": cx.id, "text": "{set.path}" }),
)]
pub enum Failure {
    #[error("gone")]
    #[ws_error(set(path = "at {cx.path}"))]
    Gone,
    #[error("full")]
    #[ws_error(set(path = "at {cx.path}"))]
    Full,
}
