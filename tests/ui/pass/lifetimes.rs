//! Borrowed fields, borrowed contexts, and lifetimes of both.

use std::borrow::Cow;

use ws_errors::{Envelope, WsError};

struct Reply<'a, 'b> {
    id: &'a str,
    topic: Option<&'b str>,
}

struct Other<'a, 'b> {
    id: (&'a str, &'b str),
}

struct Pinned {
    id: &'static str,
}

struct Same<'a> {
    text: &'a str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply<'_, '_>) = { "id": cx.id, "topic"?: cx.topic, "code": code, "details"?: details },
    envelope(Other<'r, 'static>) = { "id": cx.id, "code": code },
    envelope(Pinned) = { "id": cx.id, "code": code },
    envelope(Same<'a>) = { "text": cx.text, "code": code },
    envelope = { "code": code, "details"?: details },
)]
enum Failure<'a, 'b: 'a>
where
    'a: 'a,
{
    #[error("gone")]
    #[ws_error(message = "{name:?}")]
    Gone { name: &'a str, other: Cow<'b, str>, callback: Wrapped<'a> },
    #[error("lost")]
    Lost,
}

#[derive(Debug, serde::Serialize)]
struct Wrapped<'a>(&'a str);

pub(crate) fn main() {
    let name = String::from("name");
    let id = String::from("id");
    let error = Failure::Gone { name: &name, other: Cow::Borrowed("x"), callback: Wrapped(&name) };
    let output = error.encode(&());
    assert_eq!(
        output.text(),
        Some(r#"{"code":"Gone","details":{"name":"name","other":"x","callback":"name"}}"#)
    );
    let _ = Failure::Lost.encode(&Pinned { id: "id" });
    let _ = Failure::Lost.encode(&Same { text: &id });
    let object: &dyn Envelope = &error;
    assert_eq!(object.entry().name, "Gone");
}
