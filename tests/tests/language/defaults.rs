//! What stands where there is nothing.

use super::*;

struct Cx {
    room: &'static str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope(Cx) = { "code": code, "data"?: { "seat": self.seat ?? cx.room } })]
enum E {
    #[error("full")]
    Full { seat: Option<u32> },
}

#[test]
fn what_a_default_stands_for_makes_nothing_something() {
    let cx = Cx { room: "7" };
    let sent = |seat| E::Full { seat }.encode(&cx).text().map(str::to_owned);
    assert_eq!(sent(Some(1)).as_deref(), Some(r#"{"code":"Full","data":{"seat":1}}"#));
    assert_eq!(sent(None).as_deref(), Some(r#"{"code":"Full"}"#));
}
