//! A problem is the body of a response.

use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = problem)]
enum Failure {
    #[error("gone")]
    Gone,
}

fn main() {
    let error: &dyn WsError = &Failure::Gone;
    let _ = (error.respond(&Default::default()), error.entry());
}
