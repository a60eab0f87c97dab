use ws_errors::WsError;

// Over HTTP as in a frame: a colon may be in a channel, and a client would take the rest of it for the
// message.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code, "message": message },
    http(status = 400, envelope = "{code}:{self.channel}:{message}"),
)]
enum Colons {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied { channel: String },
}

// The same in a member of an object, of one variant.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum OfAVariant {
    #[error("denied")]
    #[ws_error(http(status = 403, envelope = { "error": "{self.room} {self.channel}" }))]
    Denied { room: String, channel: String },
}

// The same of what varies per request.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code },
    http(status = 400, envelope = "{code} {cx.request_id} {message}"),
)]
enum OfARequest {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied,
}

fn main() {}
