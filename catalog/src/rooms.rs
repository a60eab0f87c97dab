//! Rooms: numeric codes, a message that comes with the occurrence, and a close after the worst.
//!
//! The statuses over HTTP are our choice: the documents know the errors on the socket only.

use std::error::Error;

use ws_errors::WsError;

/// What ties a message to a request and to a moment.
#[derive(Debug, Clone, Copy, Default)]
pub struct Meta<'a> {
    /// The request's id, where it had one.
    pub request_id: Option<&'a str>,
    /// When it happened (RFC 3339).
    pub timestamp: Option<&'a str>,
}

/// Errors of rooms.
///
/// After `unauthorized` the server closes: listen to `message` and to `close`. Everything else
/// leaves the connection open.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "rooms",
    rename_all = "snake_case",
    envelope(Meta<'_>) = {
        "type": "error",
        "data": { "code": code, "message": message },
        "meta"?: { "request_id"?: cx.request_id, "timestamp"?: cx.timestamp },
    },
    http(
        status = 400,
        envelope = {
            "type": "error",
            "data": { "code": code, "message": message },
            "meta"?: { "request_id"?: cx.request_id, "timestamp"?: cx.timestamp },
        },
    ),
    correlate = cx.request_id,
    example(cx.request_id = "abc-123", cx.timestamp = "2025-08-04T12:00:00Z"),
    closes(unknown = backoff(1s..30s)),
)]
pub enum RoomsError {
    /// The token is missing or has expired.
    #[error("unauthorized: {message}")]
    #[ws_error(
        section = "Connection",
        code = 4003,
        soft_then_close(4003, "Unauthorized"),
        http(status = 401),
        retry = when(refresh_token, attempts = 3),
        advice = "Get a new token, then connect again.",
        user(title = "Signed out", message = "Please sign in again.", action = "Sign in")
    )]
    Unauthorized {
        /// What is wrong with the token.
        #[ws_error(message, example = "Token expired")]
        message: String,
    },

    /// There is no WebSocket at this path.
    #[error("unsupported path {path}")]
    #[ws_error(
        rejected(404),
        message = "There is no WebSocket at {path}",
        retry = never,
        advice = "Fix the URL."
    )]
    UnsupportedPath {
        /// The path that was asked for.
        #[ws_error(example = "/ws/nowhere")]
        path: String,
    },

    /// The frame is no JSON, or a field is missing.
    #[error("bad request: {message}")]
    #[ws_error(section = "Application", code = 4000, advice = "Fix the client.")]
    BadRequest {
        /// What is wrong with it.
        #[ws_error(message, example = "Malformed JSON")]
        message: String,
    },

    /// The room, the user or whatever else is named does not exist.
    #[error("{resource} not found")]
    #[ws_error(
        code = 4001,
        message = "{resource} not found",
        http(status = 404),
        advice = "Drop what the client still shows of it.",
        user(title = "Not found", message = "{resource} does not exist any more.")
    )]
    NotFound {
        /// What was looked for.
        #[ws_error(example = "Room")]
        resource: String,
    },

    /// It can't be done now: the room is closed, say.
    #[error("invalid action: {message}")]
    #[ws_error(code = 4002, http(status = 409), advice = "Bring the client's state up to date.")]
    InvalidAction {
        /// Why not.
        #[ws_error(message, example = "Room is closed")]
        message: String,
    },

    /// The user may not do this.
    #[error("forbidden: {message}")]
    #[ws_error(
        code = 4004,
        http(status = 403),
        advice = "Don't offer the action to users who may not take it."
    )]
    Forbidden {
        /// What was refused.
        #[ws_error(message, example = "You can't moderate this room")]
        message: String,
    },

    /// Too many requests.
    #[error("rate limited")]
    #[ws_error(
        code = 4005,
        message = "Too many requests",
        http(status = 429),
        retry = backoff(1s..30s),
        advice = "Send less often.",
        user(title = "Slow down", message = "That was too much at once. Please wait a moment.")
    )]
    RateLimited,

    /// The server failed. The cause is in its log, and only there.
    #[error("internal server error")]
    #[ws_error(
        code = 5000,
        message = "Internal server error",
        http(status = 500),
        internal,
        retry = backoff(1s..30s, attempts = 5),
        advice = "Try again.",
        user(title = "Something went wrong", message = "Please try again later.", fallback)
    )]
    InternalServerError(#[source] Box<dyn Error + Send + Sync>),

    /// The connection broke.
    #[error("connection lost")]
    #[ws_error(
        section = "Transport",
        observed(1006),
        retry = backoff(1s..30s),
        advice = "Connect again."
    )]
    ConnectionLost,

    /// The server did not answer a ping in time.
    #[error("ping timeout")]
    #[ws_error(observed, retry = backoff(1s..30s), advice = "Connect again.")]
    PingTimeout,
}
