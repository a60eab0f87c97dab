use ws_errors::WsError;

pub struct Reply {
    pub id: u32,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Reply) = { "id": cx.id, "code": code })]
pub enum Inner {
    #[error("full")]
    Full,
}

/// Nothing is said of a context, so it is the one without values.
#[derive(Debug, thiserror::Error, WsError)]
pub enum Silent {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

pub struct Push {
    pub reply: Reply,
}

/// It has a reply, and doesn't give it.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Push) = transparent)]
pub enum Other {
    #[error(transparent)]
    #[ws_error(transparent)]
    Inner(#[from] Inner),
}

fn main() {}
