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
    #[ws_error(transparent, code = 4000, message = "no")]
    Inner(#[from] Inner),
}

fn main() {}
