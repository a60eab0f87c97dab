//! What a context says of delivery, and entries that it does not have.

use super::*;

struct Quiet;
struct Loud;
struct Reply<'a, 'b> {
    id: &'a str,
    topic: &'b str,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "contexts",
    envelope = { "code": code },
    envelope(Quiet, close) = { "quiet": code },
    envelope(Loud, soft_then_close) = { "loud": code, "with"?: close },
    envelope(Reply<'_, '_>, soft) = { "re": cx.id, "topic": cx.topic, "code": code },
)]
pub(super) enum E {
    #[error("soft")]
    Soft,
    #[error("both")]
    #[ws_error(soft_then_close(4001))]
    Both,
    #[error("close")]
    #[ws_error(close(4002, "{why}"))]
    Close { why: String },
    #[error("only")]
    #[ws_error(only(Reply<'_, '_>, Quiet))]
    Only,
}

#[test]
fn a_context_says_how_what_closes_the_connection_is_delivered() {
    let close = || E::Close { why: "late".into() };
    let sent = |output: ws_errors::Output| {
        (
            output.text().map(str::to_owned),
            output.close.and_then(|c| c.code().map(|code| (code.get(), c.reason().to_owned()))),
        )
    };
    let text = |text: &str| Some(text.to_owned());
    let late = || Some((4002, "late".to_owned()));
    let both = || Some((4001, "Both".to_owned()));
    assert_eq!(sent(close().encode(&())), (None, late()));
    assert_eq!(sent(close().encode(&Quiet)), (None, late()));
    assert_eq!(sent(close().encode(&Loud)), (text(r#"{"loud":"Close","with":4002}"#), late()));
    assert_eq!(sent(E::Both.encode(&())), (text(r#"{"code":"Both"}"#), both()));
    assert_eq!(sent(E::Both.encode(&Quiet)), (None, both()));
    assert_eq!(sent(E::Both.encode(&Loud)), (text(r#"{"loud":"Both","with":4001}"#), both()));
    let cx = Reply { id: "1", topic: "t" };
    let reply = text(r#"{"re":"1","topic":"t","code":"Both"}"#);
    assert_eq!(sent(E::Both.encode(&cx)), (reply, None));
    assert_eq!(sent(E::Soft.encode(&Quiet)), (text(r#"{"quiet":"Soft"}"#), None));
    assert_eq!(sent(E::Only.encode(&())), (None, None));
    assert_eq!(sent(E::Only.encode(&Quiet)), (text(r#"{"quiet":"Only"}"#), None));
}

#[test]
fn an_error_that_a_context_does_not_have_is_not_read_in_it() {
    let decoder = Decoder::of::<E>();
    assert!(decoder.decode(r#"{"code":"Only"}"#).entry().is_none());
    assert_eq!(decoder.decode(r#"{"quiet":"Only"}"#).entry().unwrap().name, "Only");
    let decoded = decoder.decode(r#"{"loud":"Close","with":4002}"#);
    assert_eq!(decoded.received().unwrap().context().unwrap().name, "Loud");
}
