use ws_errors::WsError;

struct Request<'a> {
    id: &'a str,
}

// A colon may be in a channel: a client would take the rest of it for the message.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{code}:{self.channel}:{message}")]
enum Colons {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied { channel: String },
}

// The same of a context.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Request<'_>) = { "error": "{cx.id} {message}" })]
enum OfAContext {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied,
}

// A reader passes over white space before JSON.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{self.room} " + { "code": code })]
enum BeforeJson {
    #[error("denied")]
    Denied { room: String },
}

// The text for the client comes with the occurrence.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = "{message} ({self.room})")]
enum Message {
    #[error("denied")]
    Denied {
        #[ws_error(message)]
        text: String,
        room: u32,
    },
}

fn main() {}
