//! Discord Gateway: close codes, and a few opcodes among ordinary ones.

use serde_json::{Value, json};
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, bare, example, system as of};

/// A dispatch, which has a sequence number.
struct Dispatch {
    sequence: u32,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "discord-gateway",
    envelope = { "op": code },
    envelope(Dispatch) = { "op": code },
    success(0..=6, 8, 10..=99),
    closes(4000..=4009 = now, 4010..=4999 = never, unknown = now),
)]
enum DiscordError {
    /// Server does not know what failed.
    #[error("server does not know what failed")]
    #[ws_error(code = none, close(4000), retry = now)]
    UnknownError,

    /// Invalid opcode or invalid payload for an opcode.
    #[error("invalid opcode or invalid payload for an opcode")]
    #[ws_error(code = none, close(4001), retry = now)]
    UnknownOpcode,

    /// Payload could not be decoded.
    #[error("payload could not be decoded")]
    #[ws_error(code = none, close(4002), retry = now)]
    DecodeError,

    /// Payload before identify, or session was invalidated.
    #[error("payload before identify, or session was invalidated")]
    #[ws_error(code = none, close(4003), retry = now)]
    NotAuthenticated,

    /// Token in identify is wrong.
    #[error("token in identify is wrong")]
    #[ws_error(code = none, close(4004), retry = never)]
    AuthenticationFailed,

    /// Identify sent twice.
    #[error("identify sent twice")]
    #[ws_error(code = none, close(4005), retry = now)]
    AlreadyAuthenticated,

    /// Resume sequence invalid.
    #[error("resume sequence invalid")]
    #[ws_error(code = none, close(4007), retry = when(new_session))]
    InvalidSeq,

    /// Payloads sent too fast.
    #[error("payloads sent too fast")]
    #[ws_error(code = none, close(4008), retry = now)]
    RateLimited,

    /// Session timed out.
    #[error("session timed out")]
    #[ws_error(code = none, close(4009), retry = when(new_session))]
    SessionTimedOut,

    /// Bad shard in identify.
    #[error("bad shard in identify")]
    #[ws_error(code = none, close(4010), retry = never)]
    InvalidShard,

    /// Too many guilds for one connection.
    #[error("too many guilds for one connection")]
    #[ws_error(code = none, close(4011), retry = never)]
    ShardingRequired,

    /// Bad gateway version.
    #[error("bad gateway version")]
    #[ws_error(code = none, close(4012), retry = never)]
    InvalidApiVersion,

    /// Intent bits invalid.
    #[error("intent bits invalid")]
    #[ws_error(code = none, close(4013), retry = never)]
    InvalidIntents,

    /// Intent not enabled or approved.
    #[error("intent not enabled or approved")]
    #[ws_error(code = none, close(4014), retry = never)]
    DisallowedIntents,

    /// Session could not start, resume or continue.
    #[error("session could not start, resume or continue")]
    #[ws_error(code = 9, envelope = { "op": code, "d": self.resumable }, retry = when(new_session))]
    InvalidSession {
        /// Whether the session may be resumed.
        resumable: bool,
    },

    /// Server wants the client to move.
    #[error("server wants the client to move")]
    #[ws_error(code = 7, soft_then_close, envelope = { "op": code, "d": null }, retry = now)]
    Reconnect,

    /// Per-opcode rate limit; meta shape depends on opcode.
    #[error("per-opcode rate limit; meta shape depends on opcode")]
    #[ws_error(code = "RATE_LIMITED", envelope(Dispatch) = { "op": 0, "s": cx.sequence, "t": "RATE_LIMITED", "d": details }, only(Dispatch), retry = backoff(1s..60s))]
    GatewayOpcodeRateLimited {
        /// The opcode that was limited.
        opcode: u8,
        /// How long to wait, in seconds.
        retry_after: f64,
        /// What depends on the opcode.
        meta: Value,
    },
}

pub(crate) fn system() -> System {
    let invalid = DiscordError::InvalidSession { resumable: false };
    let examples: Vec<Example> = vec![
        bare(&DiscordError::AuthenticationFailed),
        example(&invalid, &(), json!({ "resumable": false }), json!({})),
        bare(&DiscordError::Reconnect),
    ];
    of::<DiscordError>(include_str!("discord_gateway.json"), examples)
}

#[test]
fn ordinary_dispatches_and_opcodes_are_no_errors() {
    let decoder = Decoder::of::<DiscordError>();
    for foreign in [
        r#"{"op":10,"d":{"heartbeat_interval":41250}}"#,
        r#"{"op":11}"#,
        r#"{"op":0,"s":4,"t":"MESSAGE_CREATE","d":{"opcode":1}}"#,
    ] {
        assert!(decoder.decode(foreign).is_foreign(), "{foreign}");
    }
    let limited = r#"{"op":0,"s":4,"t":"RATE_LIMITED","d":{"opcode":8,"retry_after":1.5,"meta":{"guild_id":"1"}}}"#;
    let decoded = decoder.decode(limited);
    assert_eq!(decoded.entry().unwrap().name, "GatewayOpcodeRateLimited");
    assert_eq!(decoded.received().unwrap().value::<u32>("sequence").unwrap(), Some(4));
    let error = DiscordError::GatewayOpcodeRateLimited {
        opcode: 8,
        retry_after: 1.5,
        meta: json!({ "guild_id": "1" }),
    };
    assert_eq!(error.encode(&Dispatch { sequence: 4 }).text(), Some(limited));
}
