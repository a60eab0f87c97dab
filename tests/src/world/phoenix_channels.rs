//! Phoenix Channels: places and names mixed, and two serializers of one catalog.

use serde_json::{Map, Value, json};
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, example, system as of};

/// What is answered, by the serializer of version 2: arrays.
struct Reply<'a> {
    join_ref: Option<&'a str>,
    r#ref: Option<&'a str>,
    topic: &'a str,
}

/// The same by the serializer of version 1: objects.
struct ReplyV1<'a> {
    join_ref: Option<&'a str>,
    r#ref: Option<&'a str>,
    topic: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "phoenix-channels",
    envelope(Reply<'_>) =
        [cx.join_ref, cx.r#ref, cx.topic, "phx_reply", { "response": { "reason": code }, "status": "error" }],
    envelope(ReplyV1<'_>) = {
        "topic": cx.topic,
        "event": "phx_reply",
        "payload": { "status": "error", "response": { "reason": code } },
        "ref": cx.r#ref,
        "join_ref": cx.join_ref,
    },
    correlate = cx.r#ref,
    closes(1000 = never, unknown = backoff(1s..10s)),
)]
enum PhoenixError {
    /// No channel for the topic.
    #[error("no channel for the topic")]
    #[ws_error(code = "unmatched topic")]
    UnmatchedTopic,

    /// Per-transport limit.
    #[error("per-transport limit")]
    #[ws_error(code = "too many channels joined")]
    TooManyChannels,

    /// Join raised.
    #[error("join raised")]
    #[ws_error(code = "join crashed", retry = backoff(1s..10s))]
    JoinCrashed,

    /// Channel process died.
    #[error("channel process died")]
    #[ws_error(code = "channel_crash", envelope(Reply<'_>) = [cx.join_ref, cx.join_ref, cx.topic, "phx_error", { "reason": code }], envelope(ReplyV1<'_>) = { "topic": cx.topic, "event": "phx_error", "payload": { "reason": code }, "ref": cx.join_ref, "join_ref": cx.join_ref }, retry = backoff(1s..10s))]
    ChannelCrash,

    /// Any map returned by the app.
    #[error("any map returned by the app")]
    #[ws_error(code = none, envelope(Reply<'_>) = [cx.join_ref, cx.r#ref, cx.topic, "phx_reply", { "response": details, "status": "error" }], envelope(ReplyV1<'_>) = { "topic": cx.topic, "event": "phx_reply", "payload": { "status": "error", "response": details }, "ref": cx.r#ref, "join_ref": cx.join_ref })]
    Application(Map<String, Value>),

    /// Server broadcast 'disconnect'.
    #[error("server broadcast 'disconnect'")]
    #[ws_error(code = none, close(1001), retry = backoff(1s..10s))]
    SocketDisconnect,

    /// Drain; service restart.
    #[error("drain; service restart")]
    #[ws_error(code = none, close(1012), retry = backoff(1s..10s))]
    SocketDrain,

    /// Client-side.
    #[error("client-side")]
    #[ws_error(code = none, observed(1000, "heartbeat timeout"), retry = backoff(1s..10s))]
    HeartbeatTimeout,
}

pub(crate) fn system() -> System {
    let nope = Reply { join_ref: None, r#ref: Some("1"), topic: "nope" };
    let room = Reply { join_ref: Some("1"), r#ref: Some("1"), topic: "room:1" };
    let values = json!({ "join_ref": "1", "ref": "1", "topic": "room:1" });
    let examples: Vec<Example> = vec![
        example(
            &PhoenixError::UnmatchedTopic,
            &nope,
            json!({}),
            json!({ "join_ref": null, "ref": "1", "topic": "nope" }),
        ),
        example(&PhoenixError::TooManyChannels, &room, json!({}), values),
        example(
            &PhoenixError::ChannelCrash,
            &room,
            json!({}),
            json!({ "join_ref": "1", "topic": "room:1" }),
        ),
    ];
    of::<PhoenixError>(include_str!("phoenix_channels.json"), examples)
}

#[test]
fn the_older_serializer_is_another_context_and_any_map_of_the_applications_is_an_error() {
    let decoder = Decoder::of::<PhoenixError>();
    let cx = ReplyV1 { join_ref: Some("1"), r#ref: Some("2"), topic: "room:1" };
    let output = PhoenixError::JoinCrashed.encode(&cx);
    assert_eq!(
        output.text(),
        Some(
            r#"{"topic":"room:1","event":"phx_reply","payload":{"status":"error","response":{"reason":"join crashed"}},"ref":"2","join_ref":"1"}"#
        )
    );
    let decoded = decoder.decode(output.text().unwrap());
    assert_eq!(decoded.received().unwrap().context().unwrap().name, "ReplyV1");
    let Value::Object(map) = json!({ "errors": ["name is taken"] }) else { panic!("a map") };
    let output =
        PhoenixError::Application(map).encode(&Reply { join_ref: None, r#ref: None, topic: "a" });
    let decoded = decoder.decode(output.text().unwrap());
    assert_eq!(decoded.entry().unwrap().name, "Application");
    assert!(
        decoder.decode(r#"[null,"1","a","phx_reply",{"response":{},"status":"ok"}]"#).is_foreign()
    );
}
