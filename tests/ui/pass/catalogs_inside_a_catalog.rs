//! Contexts that give another, deliveries, boxes, lifetimes and a mixture of envelopes.

use ws_errors::{Envelope, WsError};

pub struct Reply<'a> {
    pub id: &'a str,
}

/// It gives more than one context.
pub struct Traced<'a> {
    pub reply: Reply<'a>,
    pub trace: u32,
}

impl<'a> AsRef<Reply<'a>> for Traced<'a> {
    fn as_ref(&self) -> &Reply<'a> {
        &self.reply
    }
}

impl AsRef<u32> for Traced<'_> {
    fn as_ref(&self) -> &u32 {
        &self.trace
    }
}

pub struct Legacy;

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply<'_>) = { "id": cx.id, "code": code },
    envelope(Legacy, soft_then_close) = { "legacy": code },
    closes(4000..=4099 = never, unknown = never),
    retired("OLD" = "nobody knows"),
)]
pub enum Room<'r> {
    #[error("{0} is full")]
    Full(&'r str),
    #[error("gone")]
    #[ws_error(close(4000))]
    Gone,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Reply<'_>) = { "id": cx.id, "code": code },
    envelope(Legacy, soft_then_close) = { "legacy": code },
    closes(4000..=4099 = never),
    retired("OLD" = "nobody knows"),
)]
pub enum Disk {
    #[error("broken")]
    #[ws_error(user(title = "Sorry", message = "It broke.", fallback))]
    Broken { r#type: u32 },
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    envelope(Traced<'_>) = transparent(Reply<'_>),
    envelope(Legacy, soft_then_close) = transparent,
    envelope(Reply<'_>) = { "of": "app", "code": code, "type"?: self.r#type },
    closes(4100..=4199 = now),
)]
pub enum App<'r> {
    #[error(transparent)]
    #[ws_error(transparent, section = "Rooms")]
    Room(Room<'r>),
    #[error("disk: {0}")]
    #[ws_error(transparent, only(Traced<'_>, Reply<'_>))]
    Disk(#[source] Box<Disk>),
    #[error("late")]
    #[ws_error(envelope = { "late": true }, user(title = "Late", message = "Come back.", fallback))]
    Late,
}

pub(crate) fn main() {
    let cx = Traced { reply: Reply { id: "7" }, trace: 1 };
    let error = App::Room(Room::Full("hall"));
    assert_eq!(error.encode(&cx).text(), Some(r#"{"id":"7","code":"Full"}"#));
    assert_eq!(error.encode(&cx.reply).text(), Some(r#"{"of":"app","code":"Full"}"#));
    assert_eq!(error.encode(&Legacy).text(), Some(r#"{"legacy":"Full"}"#));
    let error = App::Room(Room::Gone);
    assert!(error.encode(&Legacy).frame.is_some() && error.encode(&Legacy).close.is_some());
    assert!(error.encode(&cx).frame.is_none() && error.encode(&cx).close.is_some());
    let error = App::Disk(Box::new(Disk::Broken { r#type: 7 }));
    assert_eq!(error.encode(&cx).text(), Some(r#"{"id":"7","code":"Broken"}"#));
    assert_eq!(error.encode(&cx.reply).text(), Some(r#"{"of":"app","code":"Broken","type":7}"#));
    assert!(error.encode(&Legacy).frame.is_none());
    assert_eq!(App::Late.encode(&Legacy).text(), Some(r#"{"late":true}"#));
    let catalog = App::catalog();
    assert_eq!(catalog.fallback().map(|user| user.title.to_string()).as_deref(), Some("Late"));
    assert_eq!(catalog.closes.ranges.len(), 2);
    assert_eq!(catalog.retired.len(), 1);
}
