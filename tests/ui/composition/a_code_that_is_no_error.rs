use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("full")]
    #[ws_error(code = 204)]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(success(200..=299))]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

fn main() {}
