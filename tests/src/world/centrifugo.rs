//! Centrifugo: replies, pushes and disconnects, three spaces of codes whose ranges carry policies.

use serde_json::json;
use ws_errors::catalog::RetryKind;
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, example, system as of};

/// The command that is answered.
struct Reply {
    id: u32,
}

/// The channel of a push.
struct Push<'a> {
    channel: &'a str,
}

/// A transport that has no close frames of its own.
struct Unidirectional;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "centrifugo",
    envelope = { "error": { "code": code, "message": message } },
    envelope(Reply) = {
        "id": cx.id,
        "error": { "code": code, "message": message, "temporary"?: set.temporary },
    },
    envelope(Unidirectional, soft) = { "disconnect": { "code": close, "reason": reason } },
    correlate = cx.id,
    codes(2500..=2999 = when(resubscribe), 2000..=2499 = never),
    closes(
        3000..=3499 = backoff(500ms..20s),
        3500..=3999 = never,
        4000..=4499 = backoff(500ms..20s),
        4500..=4999 = never,
        unknown = backoff(500ms..20s),
    ),
)]
enum CentrifugoError {
    /// Server fault.
    #[error("server fault")]
    #[ws_error(code = 100, message = "internal server error", only(Reply), set(temporary = true), retry = backoff(1s..30s))]
    ErrorInternal,

    /// Unauthorized.
    #[error("unauthorized")]
    #[ws_error(code = 101, message = "unauthorized", only(Reply))]
    ErrorUnauthorized,

    /// Channel or namespace unknown.
    #[error("channel or namespace unknown")]
    #[ws_error(code = 102, message = "unknown channel", only(Reply))]
    ErrorUnknownChannel,

    /// No access.
    #[error("no access")]
    #[ws_error(code = 103, message = "permission denied", only(Reply))]
    ErrorPermissionDenied,

    /// Method unknown.
    #[error("method unknown")]
    #[ws_error(code = 104, message = "method not found", only(Reply))]
    ErrorMethodNotFound,

    /// Already subscribed.
    #[error("already subscribed")]
    #[ws_error(code = 105, message = "already subscribed", only(Reply))]
    ErrorAlreadySubscribed,

    /// Some limit hit.
    #[error("some limit hit")]
    #[ws_error(code = 106, message = "limit exceeded", only(Reply))]
    ErrorLimitExceeded,

    /// Malformed.
    #[error("malformed")]
    #[ws_error(code = 107, message = "bad request", only(Reply))]
    ErrorBadRequest,

    /// Feature not enabled.
    #[error("feature not enabled")]
    #[ws_error(code = 108, message = "not available", only(Reply))]
    ErrorNotAvailable,

    /// Token expired.
    #[error("token expired")]
    #[ws_error(code = 109, message = "token expired", only(Reply), retry = when(refresh_token))]
    ErrorTokenExpired,

    /// Connection expired.
    #[error("connection expired")]
    #[ws_error(code = 110, message = "expired", only(Reply))]
    ErrorExpired,

    /// Rate limited.
    #[error("rate limited")]
    #[ws_error(code = 111, message = "too many requests", only(Reply), set(temporary = true), retry = backoff(1s..30s))]
    ErrorTooManyRequests,

    /// History range gone.
    #[error("history range gone")]
    #[ws_error(code = 112, message = "unrecoverable position", only(Reply))]
    ErrorUnrecoverablePosition,

    /// Pagination already running.
    #[error("pagination already running")]
    #[ws_error(code = 113, message = "concurrent pagination", only(Reply), set(temporary = true), retry = backoff(1s..30s))]
    ErrorConcurrentPagination,

    /// Server unsubscribed the client.
    #[error("server unsubscribed the client")]
    #[ws_error(code = 2000, message = "server unsubscribe", only(Push<'_>), envelope = { "push": { "channel": cx.channel, "unsubscribe": { "code": code, "reason": message } } }, retry = never)]
    UnsubscribeServer,

    /// Stream state insufficient.
    #[error("stream state insufficient")]
    #[ws_error(code = 2500, message = "insufficient state", only(Push<'_>), envelope = { "push": { "channel": cx.channel, "unsubscribe": { "code": code, "reason": message } } }, retry = when(resubscribe))]
    UnsubscribeInsufficient,

    /// Subscription expired.
    #[error("subscription expired")]
    #[ws_error(code = 2501, message = "subscription expired", only(Push<'_>), envelope = { "push": { "channel": cx.channel, "unsubscribe": { "code": code, "reason": message } } }, retry = when(refresh_token))]
    UnsubscribeExpired,

    /// Closed without advice.
    #[error("closed without advice")]
    #[ws_error(code = none, observed(3000, "connection closed"))]
    DisconnectConnectionClosed,

    /// Shutdown.
    #[error("shutdown")]
    #[ws_error(code = none, close(3001, "shutdown"))]
    DisconnectShutdown,

    /// Internal server error.
    #[error("internal server error")]
    #[ws_error(code = none, close(3004, "internal server error"))]
    DisconnectServerError,

    /// Connection expired.
    #[error("connection expired")]
    #[ws_error(code = none, close(3005, "connection expired"))]
    DisconnectExpired,

    /// Subscription expired.
    #[error("subscription expired")]
    #[ws_error(code = none, close(3006, "subscription expired"))]
    DisconnectSubExpired,

    /// Slow.
    #[error("slow")]
    #[ws_error(code = none, close(3008, "slow"))]
    DisconnectSlow,

    /// Write error.
    #[error("write error")]
    #[ws_error(code = none, close(3009, "write error"))]
    DisconnectWriteError,

    /// Insufficient state.
    #[error("insufficient state")]
    #[ws_error(code = none, close(3010, "insufficient state"))]
    DisconnectInsufficientState,

    /// Force reconnect.
    #[error("force reconnect")]
    #[ws_error(code = none, close(3011, "force reconnect"))]
    DisconnectForceReconnect,

    /// No pong.
    #[error("no pong")]
    #[ws_error(code = none, close(3012, "no pong"))]
    DisconnectNoPong,

    /// Too many requests.
    #[error("too many requests")]
    #[ws_error(code = none, close(3013, "too many requests"))]
    DisconnectTooManyRequests,

    /// State invalidated.
    #[error("state invalidated")]
    #[ws_error(code = none, close(3014, "state invalidated"), retry = when(refresh_token))]
    DisconnectStateInvalidated,

    /// Invalid token.
    #[error("invalid token")]
    #[ws_error(code = none, close(3500, "invalid token"))]
    DisconnectInvalidToken,

    /// Bad request.
    #[error("bad request")]
    #[ws_error(code = none, close(3501, "bad request"))]
    DisconnectBadRequest,

    /// Stale.
    #[error("stale")]
    #[ws_error(code = none, close(3502, "stale"))]
    DisconnectStale,

    /// Force disconnect.
    #[error("force disconnect")]
    #[ws_error(code = none, close(3503, "force disconnect"))]
    DisconnectForceNoReconnect,

    /// Connection limit.
    #[error("connection limit")]
    #[ws_error(code = none, close(3504, "connection limit"))]
    DisconnectConnectionLimit,

    /// Channel limit.
    #[error("channel limit")]
    #[ws_error(code = none, close(3505, "channel limit"))]
    DisconnectChannelLimit,

    /// Inappropriate protocol.
    #[error("inappropriate protocol")]
    #[ws_error(code = none, close(3506, "inappropriate protocol"))]
    DisconnectInappropriateProtocol,

    /// Permission denied.
    #[error("permission denied")]
    #[ws_error(code = none, close(3507, "permission denied"))]
    DisconnectPermissionDenied,

    /// Not available.
    #[error("not available")]
    #[ws_error(code = none, close(3508, "not available"))]
    DisconnectNotAvailable,

    /// Too many errors.
    #[error("too many errors")]
    #[ws_error(code = none, close(3509, "too many errors"))]
    DisconnectTooManyErrors,
}

pub(crate) fn system() -> System {
    let examples: Vec<Example> = vec![
        example(&CentrifugoError::ErrorInternal, &Reply { id: 1 }, json!({}), json!({ "id": 1 })),
        example(
            &CentrifugoError::ErrorPermissionDenied,
            &Reply { id: 2 },
            json!({}),
            json!({ "id": 2 }),
        ),
        example(&CentrifugoError::DisconnectShutdown, &Unidirectional, json!({}), json!({})),
    ];
    of::<CentrifugoError>(include_str!("centrifugo.json"), examples)
}

#[test]
fn an_unsubscribe_push_and_a_disconnect_are_what_the_protocol_has() {
    let push = CentrifugoError::UnsubscribeServer.encode(&Push { channel: "news" });
    assert_eq!(
        push.text(),
        Some(
            r#"{"push":{"channel":"news","unsubscribe":{"code":2000,"reason":"server unsubscribe"}}}"#
        )
    );
    let close = CentrifugoError::DisconnectShutdown.close().unwrap();
    assert_eq!((close.code().unwrap().get(), close.reason()), (3001, "shutdown"));
}

#[test]
fn an_error_of_replies_is_nothing_in_another_context() {
    assert!(CentrifugoError::ErrorInternal.encode(&Unidirectional).is_empty());
}

#[test]
fn a_reply_that_no_version_knows_yet_has_the_policy_of_its_range() {
    let decoder = Decoder::of::<CentrifugoError>();
    let RetryKind::When { action, .. } = decoder
        .decode(r#"{"push":{"channel":"a","unsubscribe":{"code":2777,"reason":"new"}}}"#)
        .retry()
        .unwrap()
        .kind
    else {
        panic!("when")
    };
    assert_eq!(action, "resubscribe");
    let batch = "{\"id\":1,\"error\":{\"code\":100,\"message\":\"x\",\"temporary\":true}}\n{\"id\":2,\"result\":{}}\n{\"id\":3,\"error\":{\"code\":103,\"message\":\"x\"}}";
    let names: Vec<&str> =
        decoder.decode_all(batch).iter().map(|decoded| decoded.entry().unwrap().name).collect();
    assert_eq!(names, ["ErrorInternal", "ErrorPermissionDenied"]);
}
