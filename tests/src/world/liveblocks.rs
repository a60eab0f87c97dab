//! Liveblocks: close codes whose ranges carry the policy, one of them renumbered.

use ws_errors::catalog::RetryKind;
use ws_errors::wire::Closed;
use ws_errors::{Decoder, WsError};

use super::{Example, System, bare, system as of};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "liveblocks",
    rename_all = "SCREAMING_SNAKE_CASE",
    closes(
        4000..=4099 = never,
        4100..=4199 = when(authenticate),
        4200..=4299 = backoff(1s..30s),
        4999 = never,
    ),
    retired(close(4009) = "renumbered to 4109"),
)]
enum LiveblocksError {
    /// Abnormal.
    #[error("abnormal")]
    #[ws_error(code = none, observed(1006))]
    CloseAbnormal,

    /// Server error.
    #[error("server error")]
    #[ws_error(code = none, close(1011))]
    UnexpectedCondition,

    /// Busy.
    #[error("busy")]
    #[ws_error(code = none, close(1013), retry = backoff(1s..30s))]
    TryAgainLater,

    /// Bad message.
    #[error("bad message")]
    #[ws_error(code = none, close(4000))]
    InvalidMessageFormat,

    /// Forbidden.
    #[error("forbidden")]
    #[ws_error(code = none, close(4001))]
    NotAllowed,

    /// Rate.
    #[error("rate")]
    #[ws_error(code = none, close(4002))]
    MaxNumberOfMessagesPerSeconds,

    /// Connections.
    #[error("connections")]
    #[ws_error(code = none, close(4003))]
    MaxNumberOfConcurrentConnections,

    /// Daily.
    #[error("daily")]
    #[ws_error(code = none, close(4004))]
    MaxNumberOfMessagesPerDayPerApp,

    /// Room full.
    #[error("room full")]
    #[ws_error(code = none, close(4005))]
    MaxNumberOfConcurrentConnectionsPerRoom,

    /// Room moved.
    #[error("room moved")]
    #[ws_error(code = none, close(4006))]
    RoomIdUpdated,

    /// Kicked.
    #[error("kicked")]
    #[ws_error(code = none, close(4100))]
    Kicked,

    /// Token expired (was 4009 in an older version).
    #[error("token expired (was 4009 in an older version)")]
    #[ws_error(code = none, close(4109))]
    TokenExpired,

    /// Permanent.
    #[error("permanent")]
    #[ws_error(code = none, close(4999), retry = never)]
    CloseWithoutRetry,
}

pub(crate) fn system() -> System {
    let examples: Vec<Example> = vec![bare(&LiveblocksError::TokenExpired)];
    of::<LiveblocksError>(include_str!("liveblocks.json"), examples)
}

#[test]
fn a_close_that_nobody_declared_has_the_policy_of_its_range() {
    let decoder = Decoder::of::<LiveblocksError>();
    for (code, never) in [(4050, true), (4150, false), (4250, false), (4998, false)] {
        let Closed::Unknown { retry, .. } = decoder.closed(code, "") else { panic!("{code}") };
        assert_eq!(matches!(retry.kind, RetryKind::Never), never, "{code}");
    }
}
