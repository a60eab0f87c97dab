//! `as` makes a string of a number, or says that a number is a small one.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = {
        "code": code as string,
        "text": message as number,
        "name": name as string,
        "data": details as string,
        "kind": set.kind as string,
        "again": recoverable as number,
    },
    set(kind = 5),
)]
pub enum Failure {
    #[error("gone")]
    #[ws_error(code = 4003, message = "gone")]
    Gone { room: u32 },
}
