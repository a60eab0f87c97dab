//! SignalR: no codes at all, and a separator behind each record.

use serde_json::json;
use ws_errors::{Decoder, WsError};

use super::{Example, System, bare, example, system as of};

/// The invocation that failed.
struct Invocation<'a> {
    id: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "signalr",
    envelope(Invocation<'_>) = { "type": 3, "invocationId": cx.id, "error": message } + "\u{1e}",
    correlate = cx.id,
)]
enum SignalRError {
    /// Hub method failed; error is bare text.
    #[error("hub method failed; error is bare text")]
    #[ws_error(only(Invocation<'_>), code = none)]
    InvocationFailed {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Server closes with an error.
    #[error("server closes with an error")]
    #[ws_error(only(()), code = none, soft_then_close, envelope = { "type": 7, "error": message, "allowReconnect"?: self.allow_reconnect } + "\u{1e}")]
    ConnectionClosed {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
        /// Whether the client may come back.
        allow_reconnect: Option<bool>,
    },

    /// Server closes without an error.
    #[error("server closes without an error")]
    #[ws_error(only(()), code = none, soft_then_close, envelope = { "type": 7 } + "\u{1e}", retry = never)]
    NormalClose,

    /// Handshake error.
    #[error("handshake error")]
    #[ws_error(only(()), code = none, soft_then_close, message = "Requested protocol '{protocol}' is not available.", envelope = { "error": message } + "\u{1e}")]
    ProtocolNotSupported {
        /// The protocol that was asked for.
        protocol: String,
    },
}

pub(crate) fn system() -> System {
    let failed = SignalRError::InvocationFailed { message: "It didn't work!".into() };
    let closed = SignalRError::ConnectionClosed {
        message: "Connection closed because of an error!".into(),
        allow_reconnect: Some(true),
    };
    let refused = SignalRError::ProtocolNotSupported { protocol: "messagepack".into() };
    let examples: Vec<Example> = vec![
        example(
            &failed,
            &Invocation { id: "123" },
            json!({ "message": "It didn't work!" }),
            json!({ "id": "123" }),
        ),
        example(
            &closed,
            &(),
            json!({ "message": "Connection closed because of an error!", "allow_reconnect": true }),
            json!({}),
        ),
        bare(&SignalRError::NormalClose),
        // The protocol stands in the text only, which is not taken apart.
        example(&refused, &(), json!({}), json!({})),
    ];
    of::<SignalRError>(include_str!("signalr.json"), examples)
}

#[test]
fn several_records_in_one_frame_are_several_messages() {
    let decoder = Decoder::of::<SignalRError>();
    let frame = "{\"type\":6}\u{1e}{\"type\":3,\"invocationId\":\"1\",\"error\":\"a {} b\"}\u{1e}{\"type\":7}\u{1e}";
    let names: Vec<&str> =
        decoder.decode_all(frame).iter().map(|decoded| decoded.entry().unwrap().name).collect();
    assert_eq!(names, ["InvocationFailed", "NormalClose"]);
    assert!(decoder.decode_all("{\"type\":6}\u{1e}{\"type\":6}\u{1e}").is_empty());
}
