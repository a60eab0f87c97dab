//! A shop with a WebSocket and an HTTP API: its errors are problem details (RFC 9457) over HTTP.

use ws_errors::WsError;

/// Errors of the shop.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "shop",
    rename_all = "snake_case",
    envelope = { "code"?: code, "message"?: message, "details"?: details },
    doc_url = "https://example.com/reference/shop",
    http(status = 400, envelope = problem),
    closes(unknown = backoff(1s..30s)),
)]
pub enum ShopError {
    /// There is none left.
    #[error("{item} is sold out")]
    #[ws_error(
        message = "{item} is sold out",
        http(status = 409),
        user(title = "Sold out", message = "Somebody was faster.")
    )]
    SoldOut {
        /// What was ordered.
        #[ws_error(example = "tea")]
        item: String,
        /// How many are left.
        left: u32,
    },

    /// Too many requests.
    #[error("too many requests")]
    #[ws_error(
        message = "Too many requests",
        http(status = 429),
        retry = after(self.retry_after ?? 1500ms, attempts = 3)
    )]
    TooMany {
        /// How many milliseconds to wait.
        #[ws_error(example = 2500)]
        retry_after: Option<u32>,
    },

    /// The server has more to do than it can, and takes nobody in.
    #[error("overloaded")]
    #[ws_error(rejected(503), message = "Overloaded", retry = after(2500ms))]
    Overloaded,

    /// The page is of another origin than those that may connect.
    #[error("origin {origin} is not allowed")]
    #[ws_error(rejected(403), message = "This origin is not allowed", details(), retry = never)]
    BadOrigin {
        /// The origin.
        origin: String,
    },

    /// The token is missing or has expired.
    #[error("no valid token")]
    #[ws_error(
        rejected(401, close(4401, "invalid_token")),
        message = "The token is missing or has expired",
        retry = when(refresh_token, attempts = 3)
    )]
    InvalidToken,

    /// The customer may not open this shop.
    #[error("not allowed in {shop}")]
    #[ws_error(soft_then_close(4403, "forbidden"), message = "Not allowed", http(status = 403), retry = never)]
    Forbidden {
        /// The shop.
        shop: String,
    },

    /// The request is no WebSocket handshake, or no good one.
    #[error("bad handshake: {why}")]
    #[ws_error(rejected(400), details(), message = "{why}", retry = never)]
    BadHandshake {
        /// What is wrong with it.
        #[ws_error(example = "Connection header did not include 'upgrade'")]
        why: String,
    },

    /// A failure that nobody handled.
    #[error("unhandled: {0}")]
    #[ws_error(
        code = none,
        internal,
        message = "Something went wrong",
        http(status = 500, envelope = "Internal Server Error"),
        retry = backoff(1s..30s, attempts = 5)
    )]
    Unhandled(#[source] Box<dyn std::error::Error + Send + Sync>),

    /// The connection is lost.
    #[error("lost")]
    #[ws_error(observed(1006))]
    Lost,
}
