//! Entries that share a code, a text or a close, and that a client can tell apart nevertheless.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message, "details"?: details })]
enum Failure {
    #[error("by text")]
    #[ws_error(code = shared(4000), message = "gone")]
    Gone,
    #[error("by text")]
    #[ws_error(code = shared(4000), message = "lost")]
    Lost,
    #[error("by pattern")]
    #[ws_error(code = shared(4000), message = "{0} is gone", details())]
    Pattern(u32),
    #[error("by free text")]
    #[ws_error(code = shared(4000))]
    Free(#[ws_error(message)] String),
    #[error("by the members of its details")]
    #[ws_error(code = shared(4000), message = "gone")]
    Details { room: u32 },
    #[error("by the type of the code")]
    #[ws_error(code = "4000", message = "gone")]
    Text,
    #[error("before a catch-all")]
    #[ws_error(code = self.code, message = "gone", details())]
    CatchAll { code: u32 },
    #[error("a message says more than the close behind it")]
    #[ws_error(code = 4001, message = "gone", soft_then_close(4001, "gone"))]
    Then,
    #[error("by the close code")]
    #[ws_error(close(4001, "gone"))]
    Close,
    #[error("by the reason")]
    #[ws_error(close(4001, "lost"))]
    Reason,
    #[error("by the pattern of the reason")]
    #[ws_error(close(4001, "{0} is gone"))]
    ReasonPattern(u32),
    #[error("without a status")]
    #[ws_error(close)]
    Bare,
    #[error("not at all, and that is meant")]
    #[ws_error(close, alike = "An old server sends no status for either.")]
    Meant,
    #[error("not by a close at all")]
    #[ws_error(observed)]
    Observed,
    #[error("not by a close at all")]
    #[ws_error(observed)]
    AlsoObserved,
    #[error("refused")]
    #[ws_error(rejected(404))]
    Refused,
    #[error("refused")]
    #[ws_error(rejected(404))]
    AlsoRefused,
}

pub(crate) fn main() {
    let free = Failure::Free("free".to_owned());
    assert_eq!(free.encode(&()).text(), Some(r#"{"code":4000,"message":"free"}"#));
    let _ = (Failure::Gone, Failure::Lost, Failure::Pattern(1), Failure::Details { room: 1 });
    let _ = (Failure::Text, Failure::CatchAll { code: 1 }, Failure::Then, Failure::Close);
    let _ = (Failure::Reason, Failure::ReasonPattern(1), Failure::Bare, Failure::Meant);
    let _ = (Failure::Observed, Failure::AlsoObserved, Failure::Refused, Failure::AlsoRefused);
}
