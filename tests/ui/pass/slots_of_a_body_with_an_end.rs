use ws_errors::WsError;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code, "message": message },
    http(status = 400, envelope = "{code}:{self.channel:percent}:{message}"),
)]
enum Encoded {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied { channel: String },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code })]
enum OfAVariant {
    #[error("denied")]
    #[ws_error(http(status = 403, envelope = { "error": "{self.room} {self.channel}" }))]
    Denied { room: Option<u32>, channel: String },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope = { "code": code },
    http(status = 400, envelope = "{code} {cx.request_id:word} {message}"),
)]
enum OfARequest {
    #[error("denied")]
    #[ws_error(message = "denied")]
    Denied,
}

pub(crate) fn main() {}
