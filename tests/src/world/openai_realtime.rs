//! OpenAI Realtime: two ids of one name at two levels, and an envelope of an entry's own.

use serde_json::json;
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, Envelope, WsError};

use super::{Example, System, example, system as of};

/// This event, and the client's that it answers.
struct Event<'a> {
    event_id: &'a str,
    client_event_id: Option<&'a str>,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "openai-realtime",
    rename_all = "snake_case",
    envelope(Event<'_>) = {
        "event_id": cx.event_id,
        "type": "error",
        "error": {
            "type": set.kind,
            "code": code ?? null,
            "message": message,
            "param": self.param ?? null,
            "event_id": cx.client_event_id ?? null,
        },
    },
    correlate = cx.client_event_id,
    codes(unknown = never),
)]
enum OpenAiRealtimeError {
    /// Client event invalid (type invalid_request_error).
    #[error("client event invalid (type invalid_request_error)")]
    #[ws_error(set(kind = "invalid_request_error"))]
    InvalidEvent {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
        /// Which member is wrong.
        param: Option<String>,
    },

    /// Type server_error.
    #[error("type server_error")]
    #[ws_error(code = none, set(kind = "server_error"))]
    ServerError {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
        /// Which member is wrong.
        param: Option<String>,
    },

    /// The audio of an item could not be transcribed.
    #[error("the audio of an item could not be transcribed")]
    #[ws_error(name = "input_audio_transcription.failed", code = none, envelope = {
            "event_id": cx.event_id,
            "type": "conversation.item.input_audio_transcription.failed",
            "item_id": self.item_id,
            "content_index": self.content_index,
            "error": { "type": self.class, "code": self.reason ?? null, "message": message, "param": self.param ?? null },
        })]
    InputAudioTranscriptionFailed {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
        /// Which member is wrong.
        param: Option<String>,
        /// The item.
        item_id: String,
        /// The part of the item.
        content_index: u32,
        /// The class of the error.
        class: String,
        /// Its code, where it has one.
        reason: Option<String>,
    },
}

pub(crate) fn system() -> System {
    let message = "The 'type' field is missing.";
    let invalid = OpenAiRealtimeError::InvalidEvent { message: message.into(), param: None };
    let cx = Event { event_id: "event_890", client_event_id: Some("event_567") };
    let examples: Vec<Example> = vec![example(
        &invalid,
        &cx,
        json!({ "message": message }),
        json!({ "event_id": "event_890", "client_event_id": "event_567" }),
    )];
    of::<OpenAiRealtimeError>(include_str!("openai_realtime.json"), examples)
}

#[test]
fn a_code_that_is_not_published_is_an_unknown_error_and_a_failed_transcription_has_its_own_shape() {
    let decoder = Decoder::of::<OpenAiRealtimeError>();
    let newer = r#"{"event_id":"e","type":"error","error":{"type":"invalid_request_error","code":"rate_limit_exceeded","message":"x","param":null,"event_id":null}}"#;
    let Decoded::Unknown(received) = decoder.decode(newer) else { panic!("unknown") };
    assert_eq!(received.code(), Some(&json!("rate_limit_exceeded")));
    let server = newer
        .replace("invalid_request_error", "server_error")
        .replace(r#""rate_limit_exceeded""#, "null");
    assert_eq!(decoder.decode(&server).entry().unwrap().name, "server_error");
    let failed = OpenAiRealtimeError::InputAudioTranscriptionFailed {
        message: "x".into(),
        param: None,
        item_id: "item_1".into(),
        content_index: 0,
        class: "transcription_error".into(),
        reason: Some("audio_unintelligible".into()),
    };
    let output = failed.encode(&Event { event_id: "e", client_event_id: None });
    let decoded = decoder.decode(output.text().unwrap());
    assert_eq!(decoded.entry().unwrap().name, "input_audio_transcription.failed");
}
