//! `{:?}` asks for `Debug`.

use ws_errors::{Envelope, WsError};

struct Room;

#[derive(thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum Failure {
    #[error("gone")]
    #[ws_error(message = "{room:?} is gone")]
    Gone { room: Room },
}

impl std::fmt::Debug for Failure {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone { room: Room };
    let _ = (error.encode(&()), error.entry(), error.close());
}
