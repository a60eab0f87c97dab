//! Two variants that take their code from a field.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(code = self.code)]
    Gone { code: u32 },

    #[error("lost")]
    #[ws_error(code = self.code)]
    Lost { code: u32 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { code: 1 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
