//! Collaborative documents: string codes, typed details, and a policy for each.

use std::error::Error;

use ws_errors::WsError;

/// When it happened.
#[derive(Debug, Clone, Copy, Default)]
pub struct Moment<'a> {
    /// The time (RFC 3339).
    pub timestamp: &'a str,
}

/// Whatever made the server fail; it never reaches a client.
pub type Source = Box<dyn Error + Send + Sync>;

/// Errors of the document service.
///
/// A client counts errors by code. More than 10 within a minute are a storm: it closes with 4999.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "materi",
    rename_all = "SCREAMING_SNAKE_CASE",
    envelope(Moment<'_>) = {
        "type": "system",
        "event": "error",
        "data": {
            "error_code": code,
            "message": message,
            "details"?: details,
            "recoverable": recoverable,
            "timestamp": cx.timestamp,
        },
    },
    example(cx.timestamp = "2025-01-07T10:30:00Z"),
    closes(unknown = backoff(1s..30s, attempts = 10, jitter = add(1s))),
    client(
        storm(more_than = 10, within = 60s, leave(4999, "Error storm")),
        breaker(open_after = 5, half_open_after = 60s),
    ),
)]
pub enum MateriError {
    /// The connection could not be made.
    #[error("connection failed")]
    #[ws_error(
        section = "Connection",
        message = "The connection could not be established",
        retry = backoff(1s..30s, attempts = 10, jitter = add(1s)),
        user(
            title = "Connection Lost",
            message = "Unable to connect to the server. Retrying...",
            action = "Retry Now",
        )
    )]
    ConnectionFailed,

    /// The connection took too long to make.
    #[error("connection timed out")]
    #[ws_error(
        message = "The connection timed out",
        retry = backoff(1s..30s, attempts = 10, jitter = add(1s))
    )]
    ConnectionTimeout,

    /// The user has as many connections as they may.
    #[error("connection limit exceeded")]
    #[ws_error(
        message = "Too many connections",
        retry = backoff(5s..60s, attempts = 10, jitter = add(1s)),
        advice = "Wait, or close another connection."
    )]
    ConnectionLimitExceeded,

    /// The client does not speak the protocol.
    #[error("protocol error: {message}")]
    #[ws_error(advice = "Fix the client.")]
    ProtocolError {
        /// What was wrong.
        #[ws_error(message, example = "A binary frame was not expected")]
        message: String,
    },

    /// The token is missing or not valid.
    #[error("authentication failed")]
    #[ws_error(
        section = "Authentication",
        message = "The token is missing or invalid",
        retry = when(login),
        recoverable = false,
        user(
            title = "Session Expired",
            message = "Please log in again to continue editing.",
            action = "Log In",
        )
    )]
    AuthenticationFailed,

    /// The token has expired.
    #[error("token expired")]
    #[ws_error(
        message = "The token has expired",
        retry = when(refresh_token, otherwise = login, attempts = 3),
        recoverable = false,
        advice = "Refresh the token; between failures wait a second for each attempt."
    )]
    TokenExpired,

    /// The token was revoked.
    #[error("token revoked")]
    #[ws_error(message = "The token was revoked", retry = when(login), recoverable = false)]
    TokenRevoked,

    /// The user lacks a permission.
    #[error("{required_permission} is missing")]
    #[ws_error(
        advice = "Ask an administrator for access.",
        user(
            title = "Access Denied",
            message = "You no longer have permission to edit this document.",
            action = "Request Access",
        )
    )]
    InsufficientPermissions {
        /// The text for the client.
        #[ws_error(message, example = "You do not have write permissions for this document")]
        message: String,
        /// What it takes.
        #[ws_error(example = "document:write")]
        required_permission: String,
        /// What the user has.
        #[ws_error(example = ["document:read"])]
        user_permissions: Vec<String>,
    },

    /// There is no such document.
    #[error("document not found")]
    #[ws_error(
        section = "Documents",
        message = "The document does not exist",
        advice = "Check the document's id."
    )]
    DocumentNotFound,

    /// Somebody else holds the document.
    #[error("document locked")]
    #[ws_error(
        message = "The document is locked",
        retry = after(30s),
        user(
            title = "Document Locked",
            message = "This document is temporarily unavailable. Please try again shortly.",
            action = "Retry",
        )
    )]
    DocumentLocked,

    /// The document was deleted.
    #[error("document deleted")]
    #[ws_error(message = "The document was deleted", retry = leave(1000, "Document deleted"))]
    DocumentDeleted,

    /// The client works on an older version than the server.
    #[error("version conflict: {client_version}, not {server_version}")]
    #[ws_error(
        message = "The document has changed since version {client_version}",
        retry = when(sync),
        advice = "Re-sync within 5 s, keep what is pending, and send it again."
    )]
    VersionConflict {
        /// The version that the client has.
        #[ws_error(example = 41)]
        client_version: u32,
        /// The version that the server has.
        #[ws_error(example = 43)]
        server_version: u32,
    },

    /// The operation is malformed.
    #[error("invalid operation: {message}")]
    #[ws_error(section = "Operations", advice = "Fix the operation's data.")]
    InvalidOperation {
        /// What is wrong with it.
        #[ws_error(message, example = "The position lies behind the end")]
        message: String,
    },

    /// The server refused the operation.
    #[error("operation rejected")]
    #[ws_error(message = "The operation was rejected", advice = "Check the permissions.")]
    OperationRejected,

    /// The operation took too long.
    #[error("operation timed out")]
    #[ws_error(message = "The operation timed out", retry = now, advice = "Repeat it.")]
    OperationTimeout,

    /// Too many operations.
    #[error("rate limit exceeded")]
    #[ws_error(
        message = "Too many operations",
        retry = after(self.retry_after ?? 1s),
        advice = "Queue operations until then.",
        user(
            title = "Slow Down",
            message = "You're making changes too quickly. Please wait a moment.",
        )
    )]
    RateLimitExceeded {
        /// How long to wait, in milliseconds; a second where it is absent or 0.
        #[ws_error(example = 5000)]
        retry_after: Option<u32>,
    },

    /// The server failed. The cause is in its log, and only there.
    #[error("internal error: {0}")]
    #[ws_error(
        section = "System",
        message = "An internal error occurred",
        internal,
        retry = backoff(1s..30s, attempts = 10, jitter = add(1s)),
        user(
            title = "Something Went Wrong",
            message = "An unexpected error occurred. Our team has been notified.",
            action = "Reload",
            fallback,
        )
    )]
    InternalError(#[source] Source),

    /// The service is down for a while.
    #[error("service unavailable")]
    #[ws_error(
        message = "The service is temporarily unavailable",
        retry = backoff(1s..30s, attempts = 10, jitter = add(1s))
    )]
    ServiceUnavailable,

    /// The service is being maintained.
    #[error("maintenance")]
    #[ws_error(
        message = "The service is under maintenance",
        retry = backoff(30s..5min, jitter = full),
        advice = "Wait for the service."
    )]
    MaintenanceMode,

    /// The client could not refresh its token. It reports this to itself; no server sends it.
    #[error("token refresh failed")]
    #[ws_error(section = "The client's own", observed, retry = when(login), recoverable = false)]
    RefreshFailed,

    /// The connection ended as it should.
    #[error("normal closure")]
    #[ws_error(section = "Close codes", close(1000, "Normal Closure"), retry = never)]
    NormalClosure,

    /// The server shuts down, or the page is left.
    #[error("going away")]
    #[ws_error(close(1001, "Going Away"), retry = backoff(1s..30s, attempts = 10, jitter = add(1s)))]
    GoingAway,

    /// A peer broke the WebSocket protocol. It is handled like a code that is not listed.
    #[error("WebSocket protocol error")]
    #[ws_error(close(1002, "Protocol Error"), retry = unknown)]
    WebSocketProtocolError,

    /// A frame of a type that is not expected. It is handled like a code that is not listed.
    #[error("unsupported data")]
    #[ws_error(close(1003, "Unsupported Data"), retry = unknown)]
    UnsupportedData,

    /// The connection broke without a close frame.
    #[error("abnormal closure")]
    #[ws_error(
        observed(1006),
        retry = backoff(1s..30s, attempts = 10, jitter = add(1s))
    )]
    AbnormalClosure,

    /// The server failed. It is handled like a code that is not listed.
    #[error("server error")]
    #[ws_error(close(1011, "Internal Error"), retry = unknown)]
    ServerError,

    /// No pong came in time.
    #[error("heartbeat timeout")]
    #[ws_error(close(4000, "Heartbeat Timeout"), retry = now)]
    HeartbeatTimeout,

    /// The token expired during the connection.
    #[error("auth expired")]
    #[ws_error(
        close(4001, "Auth Expired"),
        retry = when(refresh_token, otherwise = login, attempts = 3)
    )]
    AuthExpired,

    /// The user lost access to the document.
    #[error("permission denied")]
    #[ws_error(
        close(4002, "Permission Denied"),
        retry = never,
        advice = "Tell the user.",
        user(title = "Access Denied", message = "You have no access to this document any more.")
    )]
    PermissionDenied,

    /// The document can't be had now.
    #[error("document unavailable")]
    #[ws_error(
        close(4003, "Document Locked"),
        retry = after(30s),
        advice = "Tell the user, and connect again in 30 s.",
        user(title = "Document Locked", message = "We'll try again in half a minute.")
    )]
    DocumentUnavailable,

    /// An administrator removed the user.
    #[error("kicked")]
    #[ws_error(
        close(4004, "Kicked"),
        retry = never,
        advice = "Tell the user, and stay away.",
        user(title = "Removed", message = "An administrator removed you from this document.")
    )]
    Kicked,

    /// Too many errors: the client itself closes with it.
    #[error("error storm")]
    #[ws_error(observed(4999, "Error storm"), retry = unknown)]
    ErrorStorm,
}
