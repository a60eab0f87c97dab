//! A catalog is not generic.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure<T: std::fmt::Debug> {
    #[error("gone: {0:?}")]
    Gone(T),
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone(1);
    let _ = (error.encode(&()), error.entry(), error.close());
}
