//! AssemblyAI Universal Streaming v3: the close code is the code as well, and the reason is not the
//! message.

use serde_json::json;
use ws_errors::WsError;

use super::{Example, System, example, system as of};

/// A client that gets no message before the close frame.
struct CloseOnly;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "assemblyai-streaming",
    envelope = { "type": "Error", "error": message, "error_code": code },
    envelope(CloseOnly, close) = { "type": "Error", "error": message, "error_code": code },
    closes(3000..=3999 = backoff(1s..30s), 4000..=4999 = never),
)]
enum AssemblyAiError {
    /// Catch-all; 'Session Cancelled: An error occurred'.
    #[error("catch-all; 'Session Cancelled: An error occurred'")]
    #[ws_error(code = 3005, soft_then_close(3005, "Session Cancelled: An error occurred"))]
    ServerError {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// The message can't be read, or is none that is known.
    #[error("the message can't be read, or is none that is known")]
    #[ws_error(code = 3006, soft_then_close(3006, "{message}"))]
    InputValidation {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Audio chunk size or rate; two reason templates.
    #[error("audio chunk size or rate; two reason templates")]
    #[ws_error(
        code = 3007,
        soft_then_close(
            3007,
            "Input duration violation: {ms} ms. Expected between 50 and 1000 ms"
        )
    )]
    InputDurationViolation {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
        /// The length of the chunk, in milliseconds.
        #[ws_error(skip)]
        ms: u32,
    },

    /// 3 h limit.
    #[error("3 h limit")]
    #[ws_error(code = 3008, close(3008, "Session Expired"), retry = now)]
    SessionExpired,

    /// Concurrency.
    #[error("concurrency")]
    #[ws_error(code = 3009, soft_then_close(3009))]
    TooManyConcurrentSessions {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Missing header or account problem.
    #[error("missing header or account problem")]
    #[ws_error(code = none, close(1008))]
    UnauthorizedConnection,

    /// Forced block.
    #[error("forced block")]
    #[ws_error(code = none, close(1013), retry = backoff(1s..30s))]
    TemporaryServerCondition,

    /// Sample rate invalid.
    #[error("sample rate invalid")]
    #[ws_error(code = 4000, soft_then_close(4000))]
    SampleRate {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Not authorized.
    #[error("not authorized")]
    #[ws_error(code = 4001, soft_then_close(4001, "Not Authorized"))]
    NotAuthorized {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Funds.
    #[error("funds")]
    #[ws_error(code = 4002, soft_then_close(4002))]
    InsufficientFunds {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Paid feature.
    #[error("paid feature")]
    #[ws_error(code = 4003, soft_then_close(4003))]
    PaidOnly {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Session missing.
    #[error("session missing")]
    #[ws_error(code = 4004, soft_then_close(4004))]
    SessionNotFound {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Expired.
    #[error("expired")]
    #[ws_error(code = 4008, soft_then_close(4008))]
    SessionExpiredLegacy {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Closed before.
    #[error("closed before")]
    #[ws_error(code = 4010, soft_then_close(4010))]
    SessionPreviouslyClosed {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Client too fast.
    #[error("client too fast")]
    #[ws_error(code = 4029, soft_then_close(4029))]
    AudioTooFast {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Other websocket.
    #[error("other websocket")]
    #[ws_error(code = 4030, soft_then_close(4030))]
    SessionHandledElsewhere {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Idle.
    #[error("idle")]
    #[ws_error(code = 4031, soft_then_close(4031))]
    SessionIdle {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Short.
    #[error("short")]
    #[ws_error(code = 4032, soft_then_close(4032))]
    AudioTooShort {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Long.
    #[error("long")]
    #[ws_error(code = 4033, soft_then_close(4033))]
    AudioTooLong {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Small.
    #[error("small")]
    #[ws_error(code = 4034, soft_then_close(4034))]
    AudioTooSmall {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Invalid JSON.
    #[error("invalid JSON")]
    #[ws_error(code = 4100, soft_then_close(4100))]
    InvalidJson {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Schema.
    #[error("schema")]
    #[ws_error(code = 4101, soft_then_close(4101))]
    InvalidSchema {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Streams.
    #[error("streams")]
    #[ws_error(code = 4102, soft_then_close(4102))]
    TooManyStreams {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Replaced by a reconnect.
    #[error("replaced by a reconnect")]
    #[ws_error(code = 4103, soft_then_close(4103))]
    SessionReconnected {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },
}

pub(crate) fn system() -> System {
    let not_authorized = AssemblyAiError::NotAuthorized { message: "Invalid API key".into() };
    let violation = AssemblyAiError::InputDurationViolation {
        message: "Input duration violation".into(),
        ms: 20,
    };
    let examples: Vec<Example> = vec![
        example(&not_authorized, &(), json!({ "message": "Invalid API key" }), json!({})),
        example(&violation, &CloseOnly, json!({ "ms": "20" }), json!({})),
    ];
    of::<AssemblyAiError>(include_str!("assemblyai_streaming.json"), examples)
}
