//! Constants are separated by commas.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "kind": set.kind, "area": set.area }, set(kind = "a" area = "b"))]
pub enum Failure {
    #[error("gone")]
    Gone { channel: String },
}
