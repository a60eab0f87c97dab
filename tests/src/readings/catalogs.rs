//! The catalogs whose frames are near each other.

#![allow(missing_docs, reason = "the words of the variants are their names")]

use ws_errors::WsError;

/// A word of a text frame that no entry has makes it no error.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "words",
    envelope = "{set.verb} {code} :{message}",
    default(set(verb = "FAIL"))
)]
pub enum Words {
    #[error("a")]
    #[ws_error(code = "ALPHA", message = "a")]
    Alpha,
    #[error("b")]
    #[ws_error(code = "BETA", message = "b")]
    Beta,
    #[error("c")]
    #[ws_error(code = "GAMMA", message = "c", set(verb = "WARN"))]
    Gamma,
}

/// A constant that differs between entries is part of each.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "domains",
    envelope = { "type": "error", "uri": "{set.domain}#{code}" },
    default(set(domain = "a")),
)]
pub enum Domains {
    #[error("a")]
    A,
    #[error("b")]
    B,
    #[error("c")]
    #[ws_error(set(domain = "b"))]
    C,
}

/// A push.
#[derive(Debug)]
pub struct Push;

/// A code that comes with the occurrence, and that only one of the envelopes carries.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "carried",
    envelope = { "type": "error", "name": name },
    envelope(Push) = { "type": "error", "error": { "code": code } },
)]
pub enum Carried {
    #[error("any")]
    #[ws_error(name = "any", code = self.code)]
    Any {
        #[ws_error(skip)]
        code: String,
    },
}

/// Of entries without a code, one has a text of its own, and the other any.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "texts",
    envelope = { "type": "error", "message": message, "data"?: self.data },
)]
pub enum Texts {
    #[error("no such namespace")]
    #[ws_error(code = none, message = "Invalid namespace")]
    Namespace,
    #[error("middleware")]
    #[ws_error(code = none)]
    Middleware {
        #[ws_error(message)]
        text: String,
        data: Option<u32>,
    },
}

/// The context of frames that answer a request.
#[derive(Debug)]
pub struct Request {
    pub id: &'static str,
}

/// Nothing of the envelope is constant: ordinary traffic is no error.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "plain", envelope(Request) = { "message": message, "id": cx.id })]
pub enum Plain {
    #[error("full")]
    #[ws_error(code = none, message = "full")]
    Full,
    #[error("gone")]
    #[ws_error(code = none, message = "gone")]
    Gone,
}

/// A declared code is never a catch-all's.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "names-and-codes",
    envelope = { "type": "error", "errorType": name, "errorCode"?: code },
)]
pub enum NamesAndCodes {
    #[error("bad request")]
    #[ws_error(code = 400)]
    BadRequest,
    #[error("other")]
    #[ws_error(code = self.code)]
    Other { code: i32 },
}

/// The same where the catch-all has an envelope of its own.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "catch-all",
    envelope = { "type": "error", "code": code, "limit": self.limit },
)]
pub enum CatchAll {
    #[error("limit")]
    #[ws_error(code = "LIMIT")]
    Limit { limit: u32 },
    #[error("other")]
    #[ws_error(code = self.code, envelope = { "type": "error", "code": code })]
    Other { code: String },
}

/// A text that none of the entries with a code has is unknown.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "shared", envelope = { "code": code, "message": message })]
pub enum Shared {
    #[error("full")]
    #[ws_error(code = shared(1003), message = "full")]
    Full,
    #[error("gone")]
    #[ws_error(code = shared(1003), message = "gone: {room}")]
    Gone { room: String },
    #[error("late")]
    #[ws_error(code = 1004, message = "late")]
    Late,
}

/// The context of frames with an identifier that may be anything.
#[derive(Debug)]
pub struct Anything {
    pub id: Option<serde_json::Value>,
}

/// `null` is absent in an optional place, and a value elsewhere.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "nullable",
    envelope(Anything) = { "code": code, "id"?: cx.id, "limit": self.limit },
)]
pub enum Nullable {
    #[error("limit")]
    Limit { limit: Option<u32> },
}

/// The context of frames of a namespace.
#[derive(Debug)]
pub struct Namespace {
    pub ns: &'static str,
}

/// Text before JSON keeps its values.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "packets", envelope(Namespace) = "44{cx.ns}," + { "code": code })]
pub enum Packets {
    #[error("gone")]
    Gone,
}

/// A separator in a value is written in a way that doesn't end it.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "colons", envelope = "ERR {code}:{self.channel:percent}:{message}")]
pub enum Colons {
    #[error("denied")]
    #[ws_error(code = "denied", message = "no way in")]
    Denied { channel: &'static str },
    #[error("full")]
    #[ws_error(code = "full", message = "full")]
    Full { channel: &'static str },
}

/// The context of frames that hold a list.
#[derive(Debug)]
pub struct Before {
    pub before: &'static str,
}

/// The same before JSON.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "listed", envelope(Before) = "<{cx.before}," + { "error": code } + ">")]
pub enum Listed {
    #[error("gone")]
    Gone,
}

/// Characters are counted, and neither bytes nor units of UTF-16.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "accents", envelope = { "error": set.text })]
pub enum Accents {
    #[error("two")]
    #[ws_error(set(text = "éé{self.a}"))]
    Two { a: String },
    #[error("three")]
    #[ws_error(set(text = "{self.b}abc"))]
    Three { b: String },
}

/// A text that happens to be JSON which nothing can be: `"\ud800"` is half a character.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "halves", success("ok"), envelope = { "type": "error", "code": code })]
pub enum Halves {
    #[error("json")]
    Json,
    #[error("text")]
    #[ws_error(code = none, envelope = "{{\"\":\"{self.text}\"}}")]
    Text { text: String },
}

/// A field that is the message, and also stands elsewhere.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "in-two-places",
    envelope = { "code": code, "message": message, "text"?: self.text },
)]
pub enum InTwoPlaces {
    #[error("said")]
    Said {
        #[ws_error(message)]
        text: String,
    },
    #[error("first")]
    #[ws_error(envelope = { "code": code, "text": self.text, "message": message })]
    First {
        #[ws_error(message)]
        text: String,
    },
}

/// A field that is the code, and also stands elsewhere.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "a-code-in-two-places", envelope = "ERR {code:word} {self.topic:word}")]
pub enum CodeInTwoPlaces {
    #[error("any")]
    #[ws_error(code = self.topic)]
    Any { topic: String },
}

/// What old clients get.
#[derive(Debug)]
pub struct Legacy;

/// A close that comes after a message in one context only.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "legacy",
    envelope(Legacy, soft_then_close) = { "type": "error", "code": code },
)]
pub enum Closing {
    #[error("token")]
    #[ws_error(close(4001, "token"), code = "TOKEN")]
    Token,
}

/// A reason is compared where entries share a code, or the code is a standard one.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "reasons")]
pub enum Reasons {
    #[error("bye")]
    #[ws_error(close(1000, "going away"))]
    Going,
    #[error("token")]
    #[ws_error(close(4001, "token"))]
    Token,
    #[error("full")]
    #[ws_error(close(4002, "room {room} is full"))]
    Full { room: u32 },
    #[error("closed")]
    #[ws_error(close(4002, "room closed"))]
    Closed,
    #[error("lost")]
    #[ws_error(observed(1006))]
    Lost,
}
