//! A chat: what its clients send, and what can go wrong.

use serde::Deserialize;
use tokio::sync::broadcast;
use ws_errors::{Envelope, Output, WsError, log};

/// The largest message of a client, in bytes.
pub const LARGEST: usize = 4 << 10;

/// The most messages that wait for a slow client.
pub const ROOM: usize = 64;

/// What an answer repeats of the message that it answers.
#[derive(Debug, Default)]
pub struct Reply<'a> {
    /// The id that the client gave its message.
    pub id: Option<&'a str>,
}

/// Errors of the chat.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "chat-room",
    rename_all = "snake_case",
    envelope(Reply<'_>) = {
        "type": "error",
        "id"?: cx.id,
        "code": code,
        "message": message,
        "details"?: details,
    },
    http(status = 400, envelope = { "code": code, "message"?: message }),
    correlate = cx.id,
)]
pub enum ChatError {
    /// A message is not what the chat takes.
    #[error("malformed: {0}")]
    #[ws_error(message = "this is no message of the chat", advice = "Fix the client.")]
    Malformed(#[from] serde_json::Error),

    /// A message is too long to be shown.
    #[error("{length} characters, of {most}")]
    #[ws_error(
        message = "at most {most} characters",
        advice = "Let the person shorten it.",
        user(title = "Too long", message = "A message has at most {most} characters.")
    )]
    TooLong {
        /// How many it has.
        length: u32,
        /// How many it may have.
        most: u32,
    },

    /// A frame is larger than any message.
    #[error("too large")]
    #[ws_error(close(1009, "too large"), retry = never)]
    TooLarge,

    /// The client reads more slowly than the others write.
    #[error("too slow")]
    #[ws_error(close(4008, "too slow"), retry = backoff(1s..30s))]
    TooSlow,

    /// The token is missing, or has expired.
    #[error("no valid token")]
    #[ws_error(
        message = "sign in first",
        soft_then_close(4401, "signed out"),
        http(status = 401),
        retry = when(sign_in, attempts = 3),
        user(title = "Signed out", message = "Please sign in again.", action = "Sign in")
    )]
    SignedOut,

    /// The server stops, and another is there soon.
    #[error("going away")]
    #[ws_error(close(1012, "restart"), retry = backoff(200ms..5s))]
    GoingAway,

    /// A request is no WebSocket handshake.
    #[error("{why}")]
    #[ws_error(message = display, rejected(400), details())]
    NoHandshake {
        /// What is wrong with it.
        why: String,
    },
}

/// What a client sends.
#[derive(Debug, Deserialize)]
struct Said {
    id: Option<String>,
    text: String,
}

/// Whether a token is one that somebody got who signed in.
///
/// # Errors
/// Returns [`ChatError::SignedOut`] for any other.
pub fn authenticate(token: Option<&str>) -> Result<(), ChatError> {
    // A real chat would look it up.
    if token == Some("good") { Ok(()) } else { Err(ChatError::SignedOut) }
}

/// The token in a query.
pub fn token(query: Option<&str>) -> Option<&str> {
    query?.split('&').find_map(|pair| pair.strip_prefix("token="))
}

/// Passes what a client said on to the room; what is wrong with it goes back to the client.
pub fn receive(text: &str, room: &broadcast::Sender<String>) -> Output {
    const MOST: u32 = 200;
    let said: Said = match serde_json::from_str(text) {
        Ok(said) => said,
        Err(error) => return log::report(&ChatError::from(error), &Reply::default()),
    };
    let length = u32::try_from(said.text.chars().count()).unwrap_or(u32::MAX);
    if length > MOST {
        let cx = Reply { id: said.id.as_deref() };
        return log::report(&ChatError::TooLong { length, most: MOST }, &cx);
    }
    // Nobody may be there to hear it.
    let _ = room.send(serde_json::json!({ "type": "said", "text": said.text }).to_string());
    Output::default()
}

/// What is sent for an error that answers no message.
pub fn report(error: &ChatError) -> Output {
    log::report(error, &Reply::default())
}

/// What is sent where nothing is reported: the farewell of a server that stops.
pub fn farewell() -> Output {
    ChatError::GoingAway.encode(&Reply::default())
}

/// The address to listen on: the program's first argument, or port 3000.
pub fn address() -> String {
    std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:3000".to_owned())
}
