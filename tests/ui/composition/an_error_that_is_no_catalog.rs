use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    #[ws_error(transparent, envelope = transparent)]
    Fmt(#[from] std::fmt::Error),
    #[error("late")]
    Late,
}

fn main() {
    Outer::Late.encode(&());
}
