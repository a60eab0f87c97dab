//! Pusher Channels: ranges that carry the policy, and old clients that get messages before closes.

use serde_json::json;
use ws_errors::catalog::RetryKind;
use ws_errors::wire::Closed;
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, bare, example, system as of};

/// A client of a protocol before 6, or a socket that has no close codes.
struct Legacy;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "pusher",
    envelope = { "event": "pusher:error", "data": { "message": message, "code"?: code } },
    envelope(Legacy, soft_then_close) =
        { "event": "pusher:error", "data": { "message": message, "code"?: code } },
    closes(
        4000..=4099 = never,
        4100..=4199 = backoff(1s..30s),
        4200..=4299 = now,
        4300..=4399 = never,
        unknown = backoff(1s..30s),
    ),
)]
enum PusherError {
    /// App accepts TLS only.
    #[error("app accepts TLS only")]
    #[ws_error(code = 4000, close(4000), message = "App accepts TLS only")]
    SslOnly,

    /// Unknown app.
    #[error("unknown app")]
    #[ws_error(code = 4001, close(4001), message = "Unknown app")]
    ApplicationDoesNotExist,

    /// App disabled.
    #[error("app disabled")]
    #[ws_error(code = 4003, close(4003), message = "App disabled")]
    ApplicationDisabled,

    /// Quota used up.
    #[error("quota used up")]
    #[ws_error(code = 4004, close(4004), message = "Quota used up")]
    OverConnectionQuota,

    /// Bad path.
    #[error("bad path")]
    #[ws_error(code = 4005, close(4005), message = "Bad path")]
    PathNotFound,

    /// Version format.
    #[error("version format")]
    #[ws_error(code = 4006, close(4006), message = "Version format")]
    InvalidVersionString,

    /// Protocol too old or new.
    #[error("protocol too old or new")]
    #[ws_error(code = 4007, close(4007), message = "Protocol too old or new")]
    UnsupportedProtocolVersion,

    /// Protocol missing.
    #[error("protocol missing")]
    #[ws_error(code = 4008, close(4008), message = "Protocol missing")]
    NoProtocolVersion,

    /// Connection unauthorized.
    #[error("connection unauthorized")]
    #[ws_error(code = 4009, close(4009), message = "Connection unauthorized")]
    Unauthorized,

    /// Server full.
    #[error("server full")]
    #[ws_error(code = 4100, close(4100), message = "Server full")]
    OverCapacity,

    /// Generic.
    #[error("generic")]
    #[ws_error(code = 4200, close(4200), message = "Generic")]
    ReconnectImmediately,

    /// Ping went unanswered.
    #[error("ping went unanswered")]
    #[ws_error(code = 4201, close(4201), message = "Ping went unanswered")]
    PongNotReceived,

    /// 24 h idle.
    #[error("24 h idle")]
    #[ws_error(code = 4202, close(4202), message = "24 h idle")]
    ClosedAfterInactivity,

    /// Client event rejected.
    #[error("client event rejected")]
    #[ws_error(code = 4301)]
    ClientEventRateLimit {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Watchlist too long; sign-in still succeeds.
    #[error("watchlist too long; sign-in still succeeds")]
    #[ws_error(code = 4302, message = "Watchlist too long; sign-in still succeeds")]
    WatchlistLimitExceeded,

    /// Error without code.
    #[error("error without code")]
    #[ws_error(code = none)]
    Uncoded {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },
}

pub(crate) fn system() -> System {
    let rejected = "Client event rejected due to rate limit";
    let limit = PusherError::ClientEventRateLimit { message: rejected.into() };
    let uncoded = PusherError::Uncoded { message: "<text>".into() };
    let examples: Vec<Example> = vec![
        example(&limit, &(), json!({ "message": rejected }), json!({})),
        example(&uncoded, &(), json!({ "message": "<text>" }), json!({})),
        bare(&PusherError::ApplicationDoesNotExist),
    ];
    of::<PusherError>(include_str!("pusher_channels.json"), examples)
}

#[test]
fn an_old_client_gets_a_message_before_the_close() {
    let output = PusherError::OverCapacity.encode(&Legacy);
    assert_eq!(
        output.text(),
        Some(r#"{"event":"pusher:error","data":{"message":"Server full","code":4100}}"#)
    );
    assert_eq!(output.close, PusherError::OverCapacity.close());
    let soft = PusherError::Uncoded { message: "x".into() }.encode(&Legacy);
    assert!(soft.close.is_none(), "what leaves the connection open does so for everybody");
}

#[test]
fn a_close_that_nobody_declared_has_the_policy_of_its_range() {
    let decoder = Decoder::of::<PusherError>();
    let kind = |code: u16| match decoder.closed(code, "new") {
        Closed::Unknown { retry, .. } => retry.kind,
        Closed::Known(entry, _) => panic!("{}", entry.name),
    };
    assert!(matches!(kind(4042), RetryKind::Never));
    assert!(matches!(kind(4142), RetryKind::Backoff { .. }));
    assert!(matches!(kind(4242), RetryKind::Now));
    assert!(matches!(kind(4342), RetryKind::Never));
}
