//! What the test servers speak, whatever their library: JSON requests with a `type`.

use catalog::metered::Correlation;
use catalog::rooms::Meta;
use catalog::{MeteredError, RoomsError};
use serde::Deserialize;
use serde_json::value::RawValue;
use ws_errors::{Close, CloseCode, Envelope, Frame, Output, Reason};

use crate::occurrences;

/// The largest message that a test server takes, in bytes.
pub const MAX_MESSAGE: usize = 64 << 10;

/// A request that is answered with an echo, so that a client can tell that nothing came before.
pub const PING: &str = r#"{"type":"ping"}"#;

/// The answer to [`PING`].
pub const PONG: &str = r#"{"type":"pong"}"#;

/// The request that makes the server raise the occurrence with this index in
/// [`occurrences::all`].
pub fn raise(occurrence: usize) -> String {
    format!(r#"{{"type":"raise","data":{occurrence}}}"#)
}

/// What a client sent.
#[derive(Debug, Clone, Copy)]
pub enum Received<'a> {
    /// A text message.
    Text(&'a str),
    /// A binary message.
    Binary,
    /// A message beyond [`MAX_MESSAGE`], which nobody read.
    TooLarge,
}

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "requestId")]
    request_id: Option<String>,
    channel: Option<String>,
    #[serde(borrow)]
    data: Option<&'a RawValue>,
}

/// What the server sends for what it received.
pub fn answer(received: Received<'_>) -> Output {
    let text = match received {
        Received::Text(text) => text,
        Received::Binary => {
            let reason = "a binary message was not expected".to_owned();
            return MeteredError::MalformedMessage { reason }.encode(&Correlation::default());
        }
        Received::TooLarge => return too_large(),
    };
    let request: Request<'_> = match serde_json::from_str(text) {
        Ok(request) => request,
        Err(error) => {
            let reason = error.to_string();
            return MeteredError::MalformedMessage { reason }.encode(&Correlation::default());
        }
    };
    let cx = Correlation { request_id: request.request_id.as_deref() };
    match request.kind.as_str() {
        "ping" => {
            Output { frame: Some(Frame::Text(PONG.into())), close: None, ..Output::default() }
        }
        // What a client sends to keep the line busy.
        "load" => Output::default(),
        "backlog" => backlog(),
        "raise" => request
            .data
            .and_then(|data| data.get().parse().ok())
            .and_then(|index: usize| occurrences::all().into_iter().nth(index))
            .map_or_else(|| MeteredError::MissingData.encode(&cx), |raised| raised.output),
        "publish" => match (request.channel, request.data) {
            (_, None) => MeteredError::MissingData.encode(&cx),
            (channel, _) => {
                MeteredError::ChannelNotAuthorized { channel: channel.unwrap_or_default() }
                    .encode(&cx)
            }
        },
        _ => MeteredError::UnknownType { kind: request.kind }.encode(&cx),
    }
}

/// The request that raises `rooms.unauthorized`, and what is sent for it.
pub fn unauthorized() -> (String, Output) {
    occurrences::all()
        .into_iter()
        .enumerate()
        .find(|(_, occurrence)| {
            occurrence.catalog.name == "rooms" && occurrence.entry.name == "unauthorized"
        })
        .map(|(index, occurrence)| (raise(index), occurrence.output))
        .unwrap_or_default()
}

/// A last word of 256 KiB.
pub fn backlog() -> Output {
    RoomsError::Unauthorized { message: backlog_message() }.encode(&Meta::default())
}

/// The message in it.
pub fn backlog_message() -> String {
    "b".repeat(256 << 10)
}

/// What a message beyond the limit is answered with: no catalog declares it.
pub fn too_large() -> Output {
    let reason = Reason::new("message too large");
    let close = CloseCode::new(1009).ok().map(|code| Close::new(code, reason));
    Output { close, ..Output::default() }
}
