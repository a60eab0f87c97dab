//! Variants, fields and attributes that are there in some builds only.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
#[cfg_attr(all(), ws_error(rename_all = "snake_case"))]
enum Failure {
    #[error("gone")]
    Gone {
        room: u32,
        #[cfg(any())]
        user: Missing,
        #[cfg(any(unix, not(unix)))]
        #[cfg_attr(all(), ws_error(rename = "at"))]
        time: u8,
    },
    #[cfg(any())]
    #[error("lost")]
    Lost(Missing),
    #[cfg(any(unix, not(unix)))]
    #[cfg_attr(any(), ws_error(code = 5, wrong))]
    #[error("late")]
    Late(#[cfg(any())] Missing, u32),
}

pub(crate) fn main() {
    let output = Failure::Gone { room: 1, time: 2 }.encode(&());
    assert_eq!(output.text(), Some(r#"{"code":"gone","details":{"room":1,"at":2}}"#));
    assert_eq!(Failure::Late(3).encode(&()).text(), Some(r#"{"code":"late","details":3}"#));
    assert_eq!(Failure::catalog().entries.len(), 2);
}
