use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("full")]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = transparent)]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
    #[error("late")]
    Late,
}

fn main() {}
