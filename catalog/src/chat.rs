//! A chat package: numeric codes in messages, and one close code.

use std::collections::BTreeMap;
use std::error::Error;

use schemars::JsonSchema;
use serde::Serialize;
use ws_errors::WsError;

/// What is wrong: a text, a list of texts, or texts by field, as deep as the payload is.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Detail {
    /// One text.
    Text(String),
    /// Several texts.
    List(Vec<Detail>),
    /// What is wrong with each field.
    Fields(BTreeMap<String, Detail>),
}

impl From<&str> for Detail {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Errors of the chat.
///
/// All but one are messages, and the connection stays. `detail` may be a text, a list, or an object
/// of fields.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "chat",
    rename_all = "snake_case",
    envelope = { "error": { "code": code, "detail": message } },
)]
pub enum ChatError {
    /// The client is anonymous, or what it signed in with is not valid.
    #[error("authentication failed")]
    #[ws_error(
        section = "Connection",
        code = 4001,
        close(4001, "Authentication Failed"),
        retry = when(sign_in),
        advice = "Sign in again, then connect.",
        user(title = "Signed out", message = "Please sign in again.", action = "Sign in")
    )]
    AuthenticationFailed,

    /// The user may not do this: write to a room that they are not in, or delete somebody else's.
    #[error("permission denied: {detail}")]
    #[ws_error(
        section = "Requests",
        code = 4002,
        advice = "Don't offer the action to users who may not take it.",
        user(title = "Not allowed", message = "You may not do this here.")
    )]
    PermissionDenied {
        /// What was refused.
        #[ws_error(message, example = "You are not a member of this room.")]
        detail: String,
    },

    /// The payload is not valid: a field is missing, or has a value that it may not have.
    #[error("validation error")]
    #[ws_error(code = 4003, advice = "Show the texts beside their fields.")]
    ValidationError {
        /// What is wrong with it.
        #[ws_error(message, example = { "room_type": ["Unknown room type."] })]
        detail: Detail,
    },

    /// What the request names does not exist.
    #[error("not found: {detail}")]
    #[ws_error(
        code = 4004,
        advice = "Drop what the client still shows of it.",
        user(title = "Not found", message = "It does not exist any more.")
    )]
    ResourceNotFound {
        /// What is missing.
        #[ws_error(message, example = "Room does not exist.")]
        detail: String,
    },

    /// The database refuses it, because it is there already: a reaction, a receipt, a chat.
    #[error("integrity error: {detail}")]
    #[ws_error(code = 4005, advice = "Treat it as done.")]
    IntegrityError {
        /// What is there already.
        #[ws_error(message, example = "You have reacted to this message already.")]
        detail: String,
    },

    /// Something that nobody expected. The cause is in the server's log, and only there.
    #[error("internal server error")]
    #[ws_error(
        code = 4006,
        message = "Something went wrong on our side.",
        internal,
        retry = backoff(1s..30s, attempts = 5),
        advice = "Try again.",
        user(title = "Something went wrong", message = "Please try again later.", fallback)
    )]
    InternalServerError(#[source] Box<dyn Error + Send + Sync>),

    /// The event type is none that the server knows. This one has a shape of its own.
    #[error("invalid event type")]
    #[ws_error(
        code = none,
        message = "invalid event type",
        envelope = { "error": message },
        advice = "Fix the client."
    )]
    InvalidEventType,
}
