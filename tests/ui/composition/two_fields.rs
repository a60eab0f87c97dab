use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
pub enum Inner {
    #[error("full")]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
pub enum Outer {
    #[error("{inner} in {room}")]
    #[ws_error(transparent)]
    Inner { inner: Inner, room: u32 },
    #[error("nothing")]
    #[ws_error(transparent)]
    Nothing,
}

fn main() {}
