//! A template of 64 levels.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[code]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]])]
enum Failure {
    #[error("gone")]
    Gone,
}

pub(crate) fn main() {
    assert_eq!(Failure::Gone.encode(&()).text().map(str::len), Some(63 + 6 + 63));
}
