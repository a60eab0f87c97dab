//! All mistakes are reported in one go, and uses of the type are none.

use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(rename_all = "snakecase", envelope = { "code": cod }, closes(4000..=4099 = nevr))]
enum Failure {
    #[error("gone")]
    #[ws_error(close(1006, "gone"))]
    Gone,

    #[error("lost")]
    #[ws_error(message = "{rom} is lost", retry = backoff(30s..1s))]
    Lost { room: u32 },

    #[error("late")]
    #[ws_error(naem = "late")]
    Late {
        #[ws_error(as = "text")]
        by: u32,
    },
}

fn main() {
    let error: &dyn Envelope = &Failure::Gone;
    let _ = (error.encode(&()), error.entry(), error.close());
}
