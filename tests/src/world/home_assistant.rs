//! Home Assistant: one result message for success and failure, and three members all or none.

use serde_json::{Value, json};
use ws_errors::{Decoder, WsError};

use super::{Example, System, example, system as of};

/// The command that failed; its id is unknown where it could not be read.
struct Command {
    id: Option<u32>,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "home-assistant",
    rename_all = "snake_case",
    envelope = { "type": "auth_invalid", "message": message },
    envelope(Command) = {
        "id": cx.id,
        "type": "result",
        "success": false,
        "error": {
            "code": code,
            "message": message,
            "translation_key"?: self.translation_key,
            "translation_domain"?: self.translation_domain,
            "translation_placeholders"?: self.translation_placeholders,
        },
    },
    correlate = cx.id,
)]
enum HomeAssistantError {
    /// Ids must increase.
    #[error("ids must increase")]
    #[ws_error(only(Command))]
    IdReuse {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Malformed.
    #[error("malformed")]
    #[ws_error(only(Command))]
    InvalidFormat {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Not allowed.
    #[error("not allowed")]
    #[ws_error(only(Command))]
    NotAllowed {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Not found.
    #[error("not found")]
    #[ws_error(only(Command))]
    NotFound {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Unsupported.
    #[error("unsupported")]
    #[ws_error(only(Command))]
    NotSupported {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Generic domain error.
    #[error("generic domain error")]
    #[ws_error(name = "home_assistant_error", only(Command))]
    Domain {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
        /// What to show, as a key of a translation.
        translation_key: Option<String>,
        /// Whose translation it is.
        translation_domain: Option<String>,
        /// What stands in the translation's places.
        translation_placeholders: Option<Value>,
    },

    /// Service input invalid.
    #[error("service input invalid")]
    #[ws_error(only(Command))]
    ServiceValidationError {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
        /// What to show, as a key of a translation.
        translation_key: Option<String>,
        /// Whose translation it is.
        translation_domain: Option<String>,
        /// What stands in the translation's places.
        translation_placeholders: Option<Value>,
    },

    /// Type unknown.
    #[error("type unknown")]
    #[ws_error(only(Command))]
    UnknownCommand {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Unexpected.
    #[error("unexpected")]
    #[ws_error(only(Command))]
    UnknownError {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// No permission.
    #[error("no permission")]
    #[ws_error(only(Command))]
    Unauthorized {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Timed out.
    #[error("timed out")]
    #[ws_error(only(Command))]
    Timeout {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Template failed.
    #[error("template failed")]
    #[ws_error(only(Command))]
    TemplateError {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Bad credentials.
    #[error("bad credentials")]
    #[ws_error(code = none, soft_then_close, only(()), envelope = { "type": "auth_invalid", "message": message }, retry = when(authenticate))]
    AuthInvalid {
        /// What happened, in words.
        #[ws_error(message)]
        message: String,
    },

    /// Frame not JSON: server disconnects silently.
    #[error("frame not JSON: server disconnects silently")]
    #[ws_error(name = "InvalidJson", code = none, close, alike = "the server disconnects without a word")]
    InvalidJson,

    /// Too many pending messages.
    #[error("too many pending messages")]
    #[ws_error(name = "SlowConsumer", code = none, close, alike = "the server disconnects without a word")]
    SlowConsumer,
}

pub(crate) fn system() -> System {
    let format = |message: &str| HomeAssistantError::InvalidFormat { message: message.into() };
    let long = "Message incorrectly formatted: expected str for dictionary value @ data['event_type']. Got 100";
    let short = "Message incorrectly formatted.";
    let translated = HomeAssistantError::ServiceValidationError {
        message: "Option 'custom' is not a supported mode.".into(),
        translation_key: Some("unsupported_mode".into()),
        translation_domain: Some("kitchen_sink".into()),
        translation_placeholders: Some(json!({ "mode": "custom" })),
    };
    let invalid = HomeAssistantError::AuthInvalid { message: "Invalid password".into() };
    let examples: Vec<Example> = vec![
        example(
            &format(long),
            &Command { id: Some(12) },
            json!({ "message": long }),
            json!({ "id": 12 }),
        ),
        example(
            &format(short),
            &Command { id: None },
            json!({ "message": short }),
            json!({ "id": null }),
        ),
        example(
            &translated,
            &Command { id: Some(24) },
            json!({
                "message": "Option 'custom' is not a supported mode.",
                "translation_key": "unsupported_mode",
                "translation_domain": "kitchen_sink",
                "translation_placeholders": { "mode": "custom" },
            }),
            json!({ "id": 24 }),
        ),
        example(&invalid, &(), json!({ "message": "Invalid password" }), json!({})),
    ];
    of::<HomeAssistantError>(include_str!("home_assistant.json"), examples)
}

#[test]
fn messages_that_were_coalesced_into_an_array_are_several() {
    let frame = r#"[{"id":1,"type":"result","success":true,"result":null},
        {"id":2,"type":"result","success":false,"error":{"code":"not_found","message":"x"}},
        {"id":3,"type":"result","success":false,"error":{"code":"brand_new","message":"y"}}]"#;
    let decoded = Decoder::of::<HomeAssistantError>().decode_all(frame);
    let names: Vec<Option<&str>> =
        decoded.iter().map(|decoded| decoded.entry().map(|entry| entry.name)).collect();
    assert_eq!(names, [Some("not_found"), None]);
}
