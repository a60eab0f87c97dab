use ws_errors::WsError;

pub struct Reply {
    pub id: u32,
}

pub struct Traced {
    pub reply: Reply,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply) = { "id": cx.id, "code": code })]
pub enum Inner {
    #[error("full")]
    Full,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Traced) = transparent(Reply))]
pub enum Outer {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

fn main() {}
