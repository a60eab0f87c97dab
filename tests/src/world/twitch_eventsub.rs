//! Twitch EventSub: closes with texts of their own, and a message that moves the client.

use serde_json::json;
use ws_errors::{Decoder, WsError};

use super::{Example, System, example, system as of};

/// What each message has.
struct Notice<'a> {
    message_id: &'a str,
    timestamp: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "twitch-eventsub",
    closes(4005..=4006 = backoff(1s..30s), 4000..=4004 = never, 4007 = never),
)]
enum TwitchError {
    /// Client closed normally; reason 'client disconnected'.
    #[error("client closed normally; reason 'client disconnected'")]
    #[ws_error(code = none, observed(1000, "client disconnected"))]
    ClientDisconnected,

    /// Server side error.
    #[error("server side error")]
    #[ws_error(code = none, close(4000, "internal server error"))]
    InternalServerError,

    /// Client may only send pong.
    #[error("client may only send pong")]
    #[ws_error(code = none, close(4001, "sent inbound traffic"))]
    SentInboundTraffic,

    /// No pong.
    #[error("no pong")]
    #[ws_error(code = none, close(4002, "failed ping-pong"))]
    FailedPingPong,

    /// No subscription made in time.
    #[error("no subscription made in time")]
    #[ws_error(code = none, close(4003, "connection unused"))]
    ConnectionUnused,

    /// Did not move to reconnect_url in time.
    #[error("did not move to reconnect_url in time")]
    #[ws_error(code = none, close(4004, "client reconnect grace time expired"))]
    ReconnectGraceTimeExpired,

    /// Network timeout.
    #[error("network timeout")]
    #[ws_error(code = none, close(4005, "network timeout"), retry = backoff(1s..30s))]
    NetworkTimeout,

    /// Network error.
    #[error("network error")]
    #[ws_error(code = none, close(4006, "network error"), retry = backoff(1s..30s))]
    NetworkError,

    /// Bad reconnect URL.
    #[error("bad reconnect URL")]
    #[ws_error(code = none, close(4007, "invalid reconnect attempt"))]
    InvalidReconnect,

    /// Server-initiated move.
    #[error("server-initiated move")]
    #[ws_error(code = "session_reconnect", soft_then_close, only(Notice<'_>), envelope = {
            "metadata": {
                "message_id": cx.message_id,
                "message_type": code,
                "message_timestamp": cx.timestamp,
            },
            "payload": {
                "session": {
                    "id": self.id,
                    "status": "reconnecting",
                    "keepalive_timeout_seconds": null,
                    "reconnect_url": self.reconnect_url,
                    "connected_at": self.connected_at,
                },
            },
        }, retry = when(move_to_url))]
    SessionReconnect {
        /// The session that ends.
        id: String,
        /// Where the next one is.
        reconnect_url: String,
        /// Since when this one was, as RFC 3339 has it.
        connected_at: String,
    },
}

pub(crate) fn system() -> System {
    let id = "84c1e79a-2a4b-4c13-ba0b-4312293e9308";
    let time = "2019-11-18T09:10:11.234Z";
    let (session, url) =
        ("AQoQexAWVYKSTIu4ec_2VAxyuhAB", "wss://eventsub-experimental.wss.twitch.tv?...");
    let connected = "2019-11-16T10:11:12.123Z";
    let moved = TwitchError::SessionReconnect {
        id: session.into(),
        reconnect_url: url.into(),
        connected_at: connected.into(),
    };
    let examples: Vec<Example> = vec![
        bare_close(&TwitchError::SentInboundTraffic),
        example(
            &moved,
            &Notice { message_id: id, timestamp: time },
            json!({ "id": session, "reconnect_url": url, "connected_at": connected }),
            json!({ "message_id": id, "timestamp": time }),
        ),
    ];
    of::<TwitchError>(include_str!("twitch_eventsub.json"), examples)
}

/// A close frame needs no values of a message.
fn bare_close(error: &TwitchError) -> Example {
    example(error, &Notice { message_id: "", timestamp: "" }, json!({}), json!({}))
}

#[test]
fn messages_of_other_types_are_no_errors() {
    let decoder = Decoder::of::<TwitchError>();
    let keepalive = r#"{"metadata":{"message_id":"1","message_type":"session_keepalive","message_timestamp":"t"},"payload":{}}"#;
    assert!(decoder.decode(keepalive).is_foreign());
}
