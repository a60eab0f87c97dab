use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("full")]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
pub enum Middle {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

#[derive(Debug, thiserror::Error, WsError)]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Middle(#[from] Box<Middle>),
    #[error("full")]
    #[ws_error(close(4000))]
    Full,
}

fn main() {}
