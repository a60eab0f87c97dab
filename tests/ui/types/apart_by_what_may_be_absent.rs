//! Both are the same message when nothing optional is there.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "details"?: details })]
enum Failure {
    #[error("gone")]
    #[ws_error(code = shared(4004))]
    Gone { room: Option<u32> },

    #[error("lost")]
    #[ws_error(code = shared(4004))]
    Lost { user: Option<u32> },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: None };
    let _ = (error.encode(&()), error.entry(), error.close());
}
