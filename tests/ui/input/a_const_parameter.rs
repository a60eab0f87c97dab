//! A catalog is not generic.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum Failure<const N: usize> {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn Envelope = &Failure::<1>::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
