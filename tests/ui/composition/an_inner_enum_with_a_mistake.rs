use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": cod })]
pub enum Inner {
    #[error("full")]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
pub enum Kept {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

fn main() {
    Kept::from(Inner::Full).encode(&());
    Outer::from(Inner::Full).encode(&());
}
