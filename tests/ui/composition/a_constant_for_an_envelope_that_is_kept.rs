use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("full")]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent, set(from = "inner"))]
    Inner(#[from] Inner),
}

fn main() {}
