use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
pub enum Inner {
    #[error("gone")]
    #[ws_error(close(4000, "gone"))]
    Gone,
    #[error("lost")]
    #[ws_error(observed(1006))]
    Lost,
}

#[derive(Debug, thiserror::Error, WsError)]
pub enum Outer {
    #[error("left")]
    #[ws_error(close(4000, "gone"))]
    Left,
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

fn main() {}
