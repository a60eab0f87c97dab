use ws_errors::WsError;

struct Request<'a> {
    id: &'a str,
    number: Option<u32>,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{code}:{self.channel:percent}:{message}")]
enum Encoded {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied { channel: String },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Request<'_>) = { "error": "{cx.id:word} {cx.number}: {message}" })]
enum OfAContext {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{self.room}/{self.full} {message}")]
enum Numbers {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied { room: Option<u32>, full: bool },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "44{self.room}," + { "code": code })]
enum BeforeJson {
    #[error("denied")]
    Denied { room: String },
}

// What is constant can't hold what follows it, or does so in each frame.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{message} ({self.room})")]
enum Message {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied { room: String },
}

// A text frame has no control characters but its own.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{self.room}\n{message}\n")]
enum Lines {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied { room: String },
}

pub(crate) fn main() {}
