//! A number may be one that cannot be sent.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
enum Failure {
    #[error("gone")]
    #[ws_error(close(self.code))]
    Gone { code: u16 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { code: 1 };
    let _ = error.entry();
}
