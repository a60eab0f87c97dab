//! An alias is the type that it stands for.

use ws_errors::{Envelope, WsError};

type RoomId = i64;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
enum Failure {
    #[error("gone")]
    Gone { room: Option<RoomId> },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: None };
    let _ = (error.encode(&()), error.entry(), error.close());
}
