//! A server that does everything right but for one fault, which is planted.

use std::net::SocketAddr;
use std::ops::ControlFlow;

use futures_util::{SinkExt, StreamExt};
use serde::Deserialize;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use ws_errors::transport::tungstenite::{deliver, is_too_large, messages};
use ws_errors::transport::{Linger, LingeringStream};
use ws_errors::{Close, CloseCode, Envelope, Frame, Output, Reason, WsError};

/// What an answer repeats of its request.
#[derive(Debug, Default)]
pub struct Reply<'a> {
    /// The id of the request.
    pub request_id: Option<&'a str>,
}

/// Errors of a server that is tested.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "planted",
    rename_all = "snake_case",
    envelope(Reply<'_>) = {
        "type": "error",
        "requestId"?: cx.request_id,
        "code": code,
        "message": message,
        "details"?: details,
    },
)]
pub enum PlantedError {
    /// A message is no JSON.
    #[error("malformed: {0}")]
    #[ws_error(message = "this is no message")]
    Malformed(#[source] serde_json::Error),

    /// A binary message came.
    #[error("binary")]
    #[ws_error(message = "send text")]
    Binary,

    /// No message has this type.
    #[error("unknown type {kind}")]
    #[ws_error(message = "no message has the type {kind}")]
    UnknownType {
        /// The type.
        kind: String,
    },

    /// A room takes no more members.
    #[error("full")]
    #[ws_error(message = "the room is full")]
    RoomFull {
        /// The most members.
        limit: u32,
    },

    /// A message is larger than the limit.
    #[error("too large")]
    #[ws_error(close(1009, "too large"))]
    TooLarge,

    /// Too many messages came over one connection.
    #[error("too many")]
    #[ws_error(close(4029, "slow down"))]
    RateLimited,

    /// The token has expired.
    #[error("expired")]
    #[ws_error(message = "sign in again", soft_then_close(4003, "token expired"))]
    TokenExpired,

    /// There is nothing at this path.
    #[error("no such path")]
    #[ws_error(rejected(404))]
    NoSuchPath,
}

/// What is wrong with a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    None,
    /// Members are in another order.
    Order,
    /// A text for clients is another.
    Text,
    /// A number is sent as a string.
    Type,
    /// The id of the request is not repeated.
    Context,
    /// A close has another code.
    CloseCode,
    /// A close has another reason.
    CloseReason,
    /// A close that is due does not come.
    NoClose,
    /// An error closes after which the connection should stay.
    Closes,
    /// A close comes without the message before it.
    NoMessage,
    /// The socket is dropped as soon as the last word is written.
    Drops,
    /// A code is sent that the catalog does not have.
    Code,
    /// A message is sent that has another shape.
    Shape,
    /// A close code is sent that the catalog does not have.
    UndeclaredClose,
    /// A handshake is refused with another status.
    Status,
    /// Nothing is answered.
    Silent,
    /// Messages are sent without end.
    Endless,
    /// The server stops where a connection is cut.
    Stops,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Order,
        Self::Text,
        Self::Type,
        Self::Context,
        Self::CloseCode,
        Self::CloseReason,
        Self::NoClose,
        Self::Closes,
        Self::NoMessage,
        Self::Drops,
        Self::Code,
        Self::Shape,
        Self::UndeclaredClose,
        Self::Status,
        Self::Silent,
        Self::Endless,
        Self::Stops,
    ];
}

/// What to try, as a file.
pub const SCENARIOS: &str = r#"{
  "first": [{ "json": { "type": "auth", "token": "{token}" } }],
  "tokens": { "valid": "good", "expired": "old" },
  "built_in": {
    "malformed_json": { "expect": "malformed" },
    "unknown_type": { "expect": "unknown_type" },
    "binary": { "expect": "binary" },
    "too_large": { "expect": "too_large" },
    "expired_token": { "expect": 4003 },
    "rate_limit": { "send": [{ "json": { "type": "ping" }, "times": 200 }], "expect": "rate_limited" }
  },
  "scenarios": [
    {
      "name": "a full room",
      "send": [{ "json": { "type": "join", "requestId": "r1" } }],
      "expect": "room_full",
      "fields": { "limit": 7 },
      "context": { "request_id": "r1" },
      "closes": false
    },
    { "name": "another path", "path": "/nowhere", "expect": "no_such_path" }
  ]
}"#;

/// A server on a free port, until it is dropped.
#[derive(Debug)]
pub struct Planted {
    /// Where it listens.
    pub address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl Planted {
    /// Starts one.
    ///
    /// # Errors
    /// Returns why it can't listen.
    pub async fn start(fault: Fault) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let mut tasks = JoinSet::new();
        tasks.spawn(serve(listener, fault));
        Ok(Self { address, _tasks: tasks })
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("ws://{}/ws", self.address)
    }
}

async fn serve(listener: TcpListener, fault: Fault) {
    let linger = Linger::default();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { return };
                let linger = linger.clone();
                connections.spawn(connection(stream, fault, linger));
            }
            Some(ended) = connections.join_next() => {
                if fault == Fault::Stops && ended.is_ok_and(|was_cut| was_cut) {
                    return;
                }
            }
        }
    }
}

/// Serves one connection; whether it was cut.
async fn connection(stream: TcpStream, fault: Fault, linger: Linger) -> bool {
    match fault {
        Fault::Drops => handshake(stream, fault, &linger).await,
        _ => handshake(LingeringStream::new(stream, linger.clone()), fault, &linger).await,
    }
}

async fn handshake<S>(stream: S, fault: Fault, linger: &Linger) -> bool
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
    let config = WebSocketConfig::default().max_message_size(Some(64 << 10));
    // The type is the library's.
    #[allow(clippy::result_large_err)]
    let refuse = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        if request.uri().path() == "/ws" {
            return Ok(response);
        }
        let mut refusal = ErrorResponse::new(None);
        let status: u16 = if fault == Fault::Status { 500 } else { 404 };
        *refusal.status_mut() = status.try_into().unwrap_or_default();
        Err(refusal)
    };
    match tokio_tungstenite::accept_hdr_async_with_config(stream, refuse, Some(config)).await {
        Ok(socket) => converse(socket, fault, linger).await,
        Err(_) => false,
    }
}

async fn converse<S>(mut socket: WebSocketStream<S>, fault: Fault, linger: &Linger) -> bool
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    let mut received = 0;
    loop {
        let output = match socket.next().await {
            Some(Ok(Message::Text(text))) => {
                received += 1;
                answer(&text, received, fault)
            }
            Some(Ok(Message::Binary(_))) => PlantedError::Binary.encode(&Reply::default()),
            Some(Err(error)) if is_too_large(&error) => {
                PlantedError::TooLarge.encode(&Reply::default())
            }
            Some(Ok(Message::Close(_))) => return false,
            Some(Ok(_)) => continue,
            Some(Err(_)) | None => return true,
        };
        let output = planted(fault, output);
        if fault == Fault::Endless && !output.is_empty() {
            while socket.send(Message::text("x".repeat(1 << 20))).await.is_ok() {}
            return false;
        }
        if fault == Fault::Drops && output.close.is_some() {
            for message in messages(output) {
                if socket.send(message).await.is_err() {
                    break;
                }
            }
            return false;
        }
        socket = match deliver(socket, output, linger).await {
            ControlFlow::Continue(socket) => socket,
            ControlFlow::Break(_) => return false,
        };
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    r#type: String,
    token: Option<String>,
    request_id: Option<String>,
}

fn answer(text: &str, received: usize, fault: Fault) -> Output {
    let request: Request = match serde_json::from_str(text) {
        Ok(request) => request,
        Err(error) => return PlantedError::Malformed(error).encode(&Reply::default()),
    };
    let id = request.request_id.filter(|_| fault != Fault::Context);
    let cx = Reply { request_id: id.as_deref() };
    match request.r#type.as_str() {
        "auth" if request.token.as_deref() == Some("old") => PlantedError::TokenExpired.encode(&cx),
        _ if received > 100 => PlantedError::RateLimited.encode(&cx),
        "auth" | "ping" => Output::default(),
        "join" => PlantedError::RoomFull { limit: 7 }.encode(&cx),
        _ => PlantedError::UnknownType { kind: request.r#type }.encode(&cx),
    }
}

/// What is sent instead.
fn planted(fault: Fault, output: Output) -> Output {
    let text = output.text().unwrap_or_default().to_owned();
    let with_text =
        |text: String| Output { frame: Some(Frame::Text(text.into())), ..output.clone() };
    let with_close = |code, reason: &'static str| Output {
        close: CloseCode::new(code).ok().map(|code| Close::new(code, Reason::new(reason))),
        ..output.clone()
    };
    let is = |code: &str| text.contains(&format!(r#""code":"{code}""#));
    let closes_with =
        |code| output.close.as_ref().and_then(Close::code).is_some_and(|close| close.get() == code);
    match fault {
        Fault::Order if is("binary") => {
            with_text(r#"{"code":"binary","type":"error","message":"send text"}"#.to_owned())
        }
        Fault::Text if is("malformed") => with_text(text.replace("this is no message", "no")),
        Fault::Type if is("room_full") => with_text(text.replace(r#""limit":7"#, r#""limit":"7""#)),
        Fault::CloseCode if closes_with(4029) => with_close(4028, "slow down"),
        Fault::CloseReason if closes_with(4029) => with_close(4029, "too fast"),
        Fault::NoClose if is("token_expired") => Output { close: None, ..output },
        Fault::Closes if is("room_full") => with_close(1000, ""),
        Fault::NoMessage if is("token_expired") => Output { frame: None, ..output },
        Fault::Code if is("unknown_type") => with_text(text.replace("unknown_type", "bad_type")),
        Fault::Shape if is("unknown_type") => with_text(r#"{"error":"bad type"}"#.to_owned()),
        Fault::UndeclaredClose if is("binary") => {
            Output { frame: None, ..with_close(4444, "no binary") }
        }
        Fault::Silent if is("room_full") => Output::default(),
        _ => output,
    }
}
