//! What somebody writes who knows the frame and wants it quick.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Whether a text stands in a JSON string as it is: eight bytes at a time.
fn is_plain(text: &str) -> bool {
    let (chunks, rest) = text.as_bytes().as_chunks::<8>();
    let is_special = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    chunks.iter().all(|chunk| !chunk.iter().fold(false, |any, &byte| any | is_special(byte)))
        && !rest.iter().any(|&byte| is_special(byte))
}

/// A text as the inside of a JSON string.
fn escaped(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let json = serde_json::to_string(text).unwrap_or_default();
    Cow::Owned(json[1..json.len() - 1].to_owned())
}

/// metered's frame, joined from its pieces.
pub fn joined(channel: &str, request_id: &str) -> String {
    let (channel, request_id) = (escaped(channel), escaped(request_id));
    let parts = [
        r#"{"type":"error","requestId":""#,
        &request_id,
        r#"","code":"channel_not_authorized","message":"not authorized: "#,
        &channel,
        r#""}"#,
    ];
    parts.concat()
}

/// The same through a struct.
pub fn of_struct(channel: &str, request_id: &str) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Frame<'a> {
        r#type: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        request_id: Option<&'a str>,
        code: &'a str,
        message: String,
    }
    serde_json::to_string(&Frame {
        r#type: "error",
        request_id: Some(request_id),
        code: "channel_not_authorized",
        message: format!("not authorized: {channel}"),
    })
    .unwrap_or_default()
}

/// The same through a `Value`.
pub fn of_value(channel: &str, request_id: &str) -> String {
    serde_json::json!({
        "type": "error",
        "requestId": request_id,
        "code": "channel_not_authorized",
        "message": format!("not authorized: {channel}"),
    })
    .to_string()
}

/// A frame with a text of any length in it.
pub fn with_text(text: &str) -> String {
    let text = escaped(text);
    [r#"{"code":"Text","text":""#, &text, r#""}"#].concat()
}

/// The same through a struct.
pub fn with_text_of_struct(text: &str) -> String {
    #[derive(Serialize)]
    struct Frame<'a> {
        code: &'a str,
        text: &'a str,
    }
    serde_json::to_string(&Frame { code: "Text", text }).unwrap_or_default()
}

/// An object of details through a struct.
pub fn with_details_of_struct(limits: &crate::errors::Limits) -> String {
    #[derive(Serialize)]
    struct Details<'a> {
        limits: &'a crate::errors::Limits,
    }
    #[derive(Serialize)]
    struct Frame<'a> {
        code: &'a str,
        details: Details<'a>,
    }
    serde_json::to_string(&Frame { code: "Details", details: Details { limits } })
        .unwrap_or_default()
}

/// metered's errors as the enum that a client declares by hand: tagged by `code`.
#[derive(Debug, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Tagged {
    MalformedMessage { message: String },
    UnknownType { message: String },
    MissingData { message: String },
    InvalidChannel { message: String },
    ChannelNotAuthorized { message: String },
    SubscriptionLimit { message: String },
    NotSubscribed { message: String },
    InternalError { message: String },
}

/// What such a client reads of a message: the error, and the request that it answers.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaggedFrame {
    /// `error`.
    pub r#type: String,
    /// The request.
    pub request_id: Option<String>,
    /// The error.
    #[serde(flatten)]
    pub error: Tagged,
}

/// Rejects a message that can't be an error, as somebody does who wants it quick.
pub fn is_error(finder: &memchr::memmem::Finder<'_>, text: &str) -> bool {
    finder.find(text.as_bytes()).is_some()
}
