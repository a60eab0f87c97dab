//! A code is a number or a text.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure {
    #[error("gone")]
    #[ws_error(code = self.code)]
    Gone { code: f64 },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { code: 1.0 };
    let _ = (error.encode(&()), error.entry(), error.close());
}
