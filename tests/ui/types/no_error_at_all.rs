//! An enum that is no error yet.

use ws_errors::{Envelope, WsError};

#[derive(Debug, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
enum Failure {
    Gone { room: u32 },
    Lost,
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: 1 };
    let _ = (error.encode(&()), error.entry(), error.close(), Failure::Lost);
}
