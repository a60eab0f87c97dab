use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code }, retired("LATE" = "it was two things"))]
pub enum Inner {
    #[error("full")]
    #[ws_error(code = -32000)]
    Full,
    #[error("gone")]
    #[ws_error(close(4007))]
    Gone,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "outer": code })]
pub enum OfTheInner {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
    #[error("late")]
    #[ws_error(code = "LATE")]
    Late,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(retired(-32000 = "it meant something else"))]
pub enum OfTheOuter {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(retired(close(4007) = "it meant something else"))]
pub enum Closes {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

fn main() {}
