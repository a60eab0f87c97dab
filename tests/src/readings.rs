//! Frames whose readings are near each other, and what each of them is: Rust and the generated
//! TypeScript are asked the same.

#![allow(dead_code, reason = "what is only read is never made")]

use ws_errors::catalog::Catalog;
use ws_errors::{Envelope, Output, WsError};

use crate::told_apart::Sent;

/// A frame, and the entry that it is.
#[derive(Debug)]
pub struct Read {
    /// The catalog.
    pub catalog: &'static Catalog,
    /// The frame.
    pub frame: &'static str,
    /// The entry's name, `$unknown`, or `None` where it is no error.
    pub kind: Option<&'static str>,
    /// The values of fields, where they are compared.
    pub fields: &'static [(&'static str, &'static str)],
}

/// A close, and the entry that it is.
#[derive(Debug)]
pub struct ReadClose {
    /// The catalog.
    pub catalog: &'static Catalog,
    /// The close code, and the reason.
    pub close: (u16, &'static str),
    /// The entry's name, or `$unknown`.
    pub kind: &'static str,
}

/// A word of a text frame that no entry has makes it no error.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "words",
    envelope = "{set.verb} {code} :{message}",
    default(set(verb = "FAIL"))
)]
enum Words {
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
enum Domains {
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
struct Push;

/// A code that comes with the occurrence, and that only one of the envelopes carries.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "carried",
    envelope = { "type": "error", "name": name },
    envelope(Push) = { "type": "error", "error": { "code": code } },
)]
enum Carried {
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
enum Texts {
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
    id: &'static str,
}

/// Nothing of the envelope is constant: ordinary traffic is no error.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "plain", envelope(Request) = { "message": message, "id": cx.id })]
enum Plain {
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
enum NamesAndCodes {
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
enum CatchAll {
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
enum Shared {
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
    id: Option<serde_json::Value>,
}

/// `null` is absent in an optional place, and a value elsewhere.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "nullable",
    envelope(Anything) = { "code": code, "id"?: cx.id, "limit": self.limit },
)]
enum Nullable {
    #[error("limit")]
    Limit { limit: Option<u32> },
}

/// The context of frames of a namespace.
#[derive(Debug)]
pub struct Namespace {
    ns: &'static str,
}

/// Text before JSON keeps its values.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "packets", envelope(Namespace) = "44{cx.ns}," + { "code": code })]
enum Packets {
    #[error("gone")]
    Gone,
}

/// A separator in a value is written in a way that doesn't end it.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "colons", envelope = "ERR {code}:{self.channel:percent}:{message}")]
enum Colons {
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
    before: &'static str,
}

/// The same before JSON.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "listed", envelope(Before) = "<{cx.before}," + { "error": code } + ">")]
enum Listed {
    #[error("gone")]
    Gone,
}

/// Characters are counted, and neither bytes nor units of UTF-16.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "accents", envelope = { "error": set.text })]
enum Accents {
    #[error("two")]
    #[ws_error(set(text = "éé{self.a}"))]
    Two { a: String },
    #[error("three")]
    #[ws_error(set(text = "{self.b}abc"))]
    Three { b: String },
}

/// A text that happens to be JSON which nothing can be: `"\ud800"` is half a character.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "halves", envelope = { "type": "error", "code": code })]
enum Halves {
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
enum InTwoPlaces {
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
enum CodeInTwoPlaces {
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
enum Closing {
    #[error("token")]
    #[ws_error(close(4001, "token"), code = "TOKEN")]
    Token,
}

/// A reason is compared where entries share a code, or the code is a standard one.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "reasons")]
enum Reasons {
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

/// The frames that no entry sends in just this way.
pub fn frames() -> Vec<Read> {
    let mut frames = Vec::new();
    let mut add = |catalog: &'static Catalog, rows: &[(&'static str, Option<&'static str>)]| {
        let read = |&(frame, kind)| Read { catalog, frame, kind, fields: &[] };
        frames.extend(rows.iter().map(read));
    };
    let unknown = Some("$unknown");
    add(
        Words::catalog(),
        &[
            ("FAIL ALPHA :other", Some("Alpha")),
            ("WARN GAMMA :other", Some("Gamma")),
            ("FAIL GAMMA :other", unknown),
            ("FAIL NEW :x", unknown),
            ("NOTE NEW :x", None),
        ],
    );
    add(
        Domains::catalog(),
        &[
            (r##"{"type":"error","uri":"z#New"}"##, unknown),
            (r##"{"type":"error","uri":"b#A"}"##, unknown),
        ],
    );
    add(
        Carried::catalog(),
        &[
            (r#"{"type":"error","name":"any"}"#, Some("any")),
            (r#"{"type":"error","error":{"code":"x"}}"#, Some("any")),
        ],
    );
    add(
        Texts::catalog(),
        &[
            (r#"{"type":"error","message":"Not authorized"}"#, Some("Middleware")),
            (r#"{"type":"error","message":"Not authorized","data":1}"#, Some("Middleware")),
            (r#"{"type":"error","message":"Invalid namespace"}"#, Some("Namespace")),
        ],
    );
    add(
        Plain::catalog(),
        &[
            (r#"{"message":"full","id":"1"}"#, Some("Full")),
            ("{}", None),
            (r#"{"id":"1"}"#, None),
            (r#"{"message":7}"#, None),
            (r#"{"message":"new","id":"1"}"#, None),
            (r#"{"message":"full","id":"1","room":7}"#, None),
        ],
    );
    add(
        NamesAndCodes::catalog(),
        &[
            (r#"{"type":"error","errorType":"BadRequest","errorCode":400}"#, Some("BadRequest")),
            (r#"{"type":"error","errorType":"New","errorCode":400}"#, unknown),
            (r#"{"type":"error","errorType":"Other","errorCode":400}"#, unknown),
            (r#"{"type":"error","errorType":"Other","errorCode":401}"#, Some("Other")),
        ],
    );
    add(
        CatchAll::catalog(),
        &[
            (r#"{"type":"error","code":"LIMIT","limit":5}"#, Some("Limit")),
            (r#"{"type":"error","code":"LIMIT"}"#, unknown),
            (r#"{"type":"error","code":"NEW"}"#, Some("Other")),
        ],
    );
    add(
        Shared::catalog(),
        &[
            (r#"{"code":1003,"message":"full"}"#, Some("Full")),
            (r#"{"code":1003,"message":"gone: a"}"#, Some("Gone")),
            (r#"{"code":1003,"message":"empty"}"#, unknown),
            (r#"{"code":1004,"message":"too late"}"#, Some("Late")),
        ],
    );
    add(
        Nullable::catalog(),
        &[
            (r#"{"code":"Limit","id":null,"limit":null}"#, Some("Limit")),
            (r#"{"code":"Limit","id":null,"limit":1,"more":1}"#, Some("Limit")),
            (r#"{"code":"Limit","id":null}"#, unknown),
        ],
    );
    add(
        Accents::catalog(),
        &[(r#"{"error":"ééabc"}"#, Some("Three")), (r#"{"error":"ééab"}"#, Some("Two"))],
    );
    add(
        Halves::catalog(),
        &[
            (r#"{"type":"error","code":"\ud800"}"#, None),
            (r#"{"type":"error","code":"Json","":"\ud800"}"#, None),
        ],
    );
    let mut with_text = |catalog, frame, kind, fields| {
        frames.push(Read { catalog, frame, kind: Some(kind), fields });
    };
    with_text(Halves::catalog(), r#"{"":"\ud800"}"#, "Text", &[("text", r"\ud800")]);
    // The first value counts, as it does wherever a slot is used twice.
    let catalog = InTwoPlaces::catalog();
    with_text(catalog, r#"{"code":"Said","message":"a","text":"b"}"#, "Said", &[("text", "a")]);
    with_text(catalog, r#"{"code":"First","message":"a","text":"b"}"#, "First", &[("text", "b")]);
    with_text(CodeInTwoPlaces::catalog(), "ERR a b", "Any", &[("topic", "a")]);
    frames
}

/// As long as a reason that was cut, and none that is declared.
const LONG: &str = "this reason has nothing of those that are declared, and is as long as a close frame has \
                    room for, so that it may have been cut";

/// Closes that their reasons identify, or do not.
pub fn closes() -> Vec<ReadClose> {
    let catalog = Reasons::catalog();
    let rows = [
        ((1000, "going away"), "Going"),
        ((1000, ""), "$unknown"),
        ((4001, "other words"), "Token"),
        ((4002, "room 7 is full"), "Full"),
        ((4002, "room closed"), "Closed"),
        ((4002, "new"), "$unknown"),
        ((4002, LONG), "$unknown"),
        ((1006, "a library's own words"), "Lost"),
    ];
    rows.into_iter().map(|(close, kind)| ReadClose { catalog, close, kind }).collect()
}

/// What is sent, and comes back as what it was.
pub fn sent() -> Vec<Sent> {
    fn of<E: WsError + Envelope<Cx>, Cx>(error: &E, cx: &Cx) -> Sent {
        let output: Output = error.encode(cx);
        Sent { catalog: E::catalog(), entry: error.entry(), output }
    }
    let mut all = vec![
        of(&Words::Alpha, &()),
        of(&Words::Beta, &()),
        of(&Words::Gamma, &()),
        of(&Domains::A, &()),
        of(&Domains::B, &()),
        of(&Domains::C, &()),
        of(&Plain::Full, &Request { id: "1" }),
        of(&Plain::Gone, &Request { id: "" }),
        of(&Closing::Token, &Legacy),
        of(&Nullable::Limit { limit: None }, &Anything { id: None }),
        of(&Nullable::Limit { limit: Some(1) }, &Anything { id: Some("a".into()) }),
        of(&Colons::Denied { channel: "/a" }, &()),
    ];
    for ns in ["/admin", "/a,b", ",", "{", "/{\"code\":1},"] {
        all.push(of(&Packets::Gone, &Namespace { ns }));
    }
    for channel in ["/a", "/a:b", ":", "", "denied:full:full"] {
        all.push(of(&Colons::Full { channel }, &()));
    }
    for before in ["1", "1,2", "{\"error\":\"Gone\"},7", "],[", "é,🎈"] {
        all.push(of(&Listed::Gone, &Before { before }));
    }
    all
}
