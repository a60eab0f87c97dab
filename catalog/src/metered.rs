//! A realtime messaging API: soft errors correlated with requests, and four close codes.

use std::error::Error;

use ws_errors::WsError;

/// What ties an error to the request that caused it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Correlation<'a> {
    /// The `requestId` of the request; `None` where it had none.
    pub request_id: Option<&'a str>,
}

/// Whatever made a backend fail; it never reaches a client.
pub type Source = Box<dyn Error + Send + Sync>;

/// Errors of the realtime API.
///
/// The connection stays open after a message. Branch on `code`; `message` is for logs. Send a
/// `requestId` with each request, so that an error says which one failed.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "metered",
    rename_all = "snake_case",
    envelope(Correlation<'_>) = {
        "type": "error",
        "requestId"?: cx.request_id,
        "code": code,
        "message": message,
    },
    correlate = cx.request_id,
    example(cx.request_id = "pub-2"),
    closes(unknown = backoff(1s..30s)),
)]
pub enum MeteredError {
    /// The frame was not JSON, or had no `type`.
    #[error("malformed message: {reason}")]
    #[ws_error(
        section = "Requests",
        message = "malformed message: {reason}",
        advice = "Fix the client: send JSON objects that have a `type`."
    )]
    MalformedMessage {
        /// What is wrong with the frame.
        #[ws_error(example = "expected value at line 1 column 1")]
        reason: String,
    },

    /// The `type` is none that the server knows.
    #[error("unknown type {kind:?}")]
    #[ws_error(message = "unknown type: {kind}", advice = "Fix the client.")]
    UnknownType {
        /// The type that was sent.
        #[ws_error(example = "pubish")]
        kind: String,
    },

    /// `publish` or `send` came without `data`.
    #[error("missing data")]
    #[ws_error(message = "missing field: data", advice = "Fix the client: `data` is required.")]
    MissingData,

    /// The name of the channel is empty, too long, or has characters that can't be printed.
    #[error("invalid channel {channel:?}")]
    #[ws_error(
        section = "Channels",
        message = "invalid channel name: {channel}",
        advice = "Fix the name."
    )]
    InvalidChannel {
        /// The name that was sent.
        #[ws_error(example = "room 1")]
        channel: String,
    },

    /// The channel lies outside the key's channel patterns.
    #[error("channel {channel} matches none of the key's patterns")]
    #[ws_error(
        message = "not authorized: {channel}",
        retry = never(connection),
        advice = "Fix the patterns of the key on the dashboard, or use another channel."
    )]
    ChannelNotAuthorized {
        /// The channel that was asked for.
        #[ws_error(example = "other-app/room-1")]
        channel: String,
    },

    /// The channel starts with a reserved prefix: `_metered/`, `_internal/` or `_system/`.
    #[error("channel {channel} is reserved")]
    #[ws_error(message = "reserved channel: {channel}", advice = "Pick another name.")]
    ChannelReserved {
        /// The channel that was asked for.
        #[ws_error(example = "_system/health")]
        channel: String,
    },

    /// The connection holds 100 subscriptions, which is the most it may.
    #[error("channel limit reached with {channel}")]
    #[ws_error(
        message = "channel limit exceeded: {channel}",
        retry = when(unsubscribe),
        advice = "Unsubscribe from a channel first."
    )]
    ChannelLimitExceeded {
        /// The channel that was asked for.
        #[ws_error(example = "room-101")]
        channel: String,
    },

    /// The peer id in `to` is not valid.
    #[error("invalid peer id {peer:?}")]
    #[ws_error(section = "Peers", message = "invalid peer id: {peer}", advice = "Fix the id.")]
    InvalidPeerId {
        /// The id that was sent.
        #[ws_error(example = "peer#7")]
        peer: String,
    },

    /// The peer is not online here, or not now.
    #[error("peer {peer} not found")]
    #[ws_error(
        message = "peer not found: {peer}",
        retry = when(peer_online, attempts = 3),
        advice = "It may come back: try again when it does, and never in a loop."
    )]
    PeerNotFound {
        /// The peer that was addressed.
        #[ws_error(example = "peer-7")]
        peer: String,
    },

    /// The key may not do this.
    #[error("the key does not permit {action}")]
    #[ws_error(
        section = "Plan and key",
        message = "action not permitted: {action}",
        retry = never(connection),
        advice = "Add the action to the key on the dashboard."
    )]
    ActionNotPermitted {
        /// The operation that was tried.
        #[ws_error(example = "publish")]
        action: String,
    },

    /// The period's messages are used up, and overages are off or the balance is empty.
    #[error("message quota exhausted")]
    #[ws_error(
        message = "message quota exceeded",
        retry = when(quota_renewed),
        advice = "Wait for the next period, or allow overages. Publishing fails until then; the connection stays."
    )]
    OverMessageQuota,

    /// A passing fault while the message was routed.
    #[error("backend: {0}")]
    #[ws_error(
        section = "Server",
        message = "temporary server fault",
        internal,
        retry = backoff(500ms..30s, attempts = 5),
        advice = "Open a support ticket if it lasts."
    )]
    BackendError(#[source] Source),

    /// Something that the server did not expect.
    #[error("internal: {0}")]
    #[ws_error(
        message = "internal error",
        internal,
        retry = backoff(500ms..30s, attempts = 5),
        advice = "Open a support ticket if it lasts."
    )]
    InternalError(#[source] Source),

    /// The token was refused while connecting.
    #[error("token rejected")]
    #[ws_error(
        section = "Closes",
        close(4001, "invalid_token"),
        retry = when(refresh_token, attempts = 3),
        advice = "Get a new token, then connect again."
    )]
    InvalidToken,

    /// The plan's concurrent connections are used up.
    #[error("too many concurrent connections")]
    #[ws_error(
        close(4010, "over_concurrent_limit"),
        retry = backoff(5s..60s),
        advice = "Close connections that are not needed."
    )]
    OverConcurrentLimit,

    /// Messages came faster than the connection may send.
    #[error("message rate exceeded")]
    #[ws_error(
        close(4011, "over_message_rate"),
        retry = backoff(5s..60s),
        advice = "Send less often."
    )]
    OverMessageRate,

    /// The operators of the API disconnected the client.
    #[error("disconnected by an administrator")]
    #[ws_error(close(4020, "admin_disconnect"), retry = never)]
    AdminDisconnect,
}
