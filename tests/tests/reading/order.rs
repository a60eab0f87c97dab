//! Which of several readings counts, rule by rule: each test fails where its rule is left out.

use ws_errors::wire::Decoder;
use ws_errors::{Envelope as _, Output, WsError};

use super::{back, read};

#[test]
fn a_declared_code_comes_before_an_unknown_one_of_an_envelope_that_requires_more() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "code": code })]
    enum E {
        #[error("gone")]
        #[ws_error(code = "GONE")]
        Gone,
        #[error("late")]
        #[ws_error(code = "LATE", envelope = { "type": "error", "level": 1, "code": code })]
        Late,
    }
    assert_eq!(read::<E>(r#"{"type":"error","level":1,"code":"GONE"}"#), "Gone");
    assert_eq!(read::<E>(r#"{"type":"error","level":1,"code":"NEW"}"#), "unknown \"NEW\"");
}

#[test]
fn more_constants_come_before_longer_ones() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "constants")]
    enum E {
        #[error("long")]
        #[ws_error(code = none, envelope = { "type": "an error of the server" })]
        Long,
        #[error("many")]
        #[ws_error(code = none, envelope = { "a": 1, "b": 2, "c": 3 })]
        Many,
    }
    let both = r#"{"type":"an error of the server","a":1,"b":2,"c":3}"#;
    assert_eq!(read::<E>(both), "Many");
}

#[test]
fn what_requires_more_comes_before_what_shows_more() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "required")]
    enum E {
        #[error("open")]
        #[ws_error(
            code = none,
            alike = "old clients",
            envelope = { "type": "error", "a"?: self.a, "b"?: self.b, "c"?: self.c },
        )]
        Open { a: Option<u8>, b: Option<u8>, c: Option<u8> },
        #[error("strict")]
        #[ws_error(code = none, envelope = { "type": "error", "a": self.a })]
        Strict { a: u8 },
    }
    assert_eq!(read::<E>(r#"{"type":"error","a":1}"#), "Strict");
    assert_eq!(read::<E>(r#"{"type":"error","b":1}"#), "Open");
}

#[test]
fn of_what_requires_the_same_the_one_that_shows_more_comes_first() {
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(catalog = "shown")]
    enum E {
        #[error("one")]
        #[ws_error(code = none, alike = "old clients", envelope = { "type": "error", "a"?: self.a })]
        One { a: Option<u8> },
        #[error("two")]
        #[ws_error(code = none, envelope = { "type": "error", "b"?: self.b, "c"?: self.c })]
        Two { b: Option<u8>, c: Option<u8> },
    }
    assert_eq!(read::<E>(r#"{"type":"error","c":1}"#), "Two");
}

#[test]
fn json_comes_before_a_text_that_may_be_any_json() {
    struct Reply;
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(envelope = { "error": { "code": code } }, envelope(Reply) = "{{{code}")]
    enum E {
        #[error("any")]
        #[ws_error(code = self.code)]
        Any { code: String },
    }
    let any = E::Any { code: "a".to_owned() };
    assert_eq!(back(&any, &()).1["code"], "a");
    assert_eq!(back(&any, &Reply).1["code"], "a");
}

#[test]
fn what_an_entry_sends_in_one_context_is_no_unknown_error_of_another() {
    struct Push {
        before: Vec<&'static str>,
    }
    struct Reply {
        at: Option<u32>,
    }
    #[derive(Debug, thiserror::Error, WsError)]
    #[ws_error(
        envelope(Push) = [null, ..cx.before, code],
        envelope(Reply) = [null, code as string, code, cx.at?],
    )]
    enum E {
        #[error("{code}")]
        #[ws_error(code = self.code)]
        Any { code: String },
    }
    let error = E::Any { code: "8".into() };
    let decoder = Decoder::of::<E>().checking_types();
    let context = |output: Output| {
        let decoded = decoder.decode(output.text().expect("a text frame"));
        decoded.entry().and(decoded.received()?.context()).map(|context| context.name)
    };
    // As long as a reply with a code and what is no number: an unknown error, if anything was.
    assert_eq!(context(error.encode(&Push { before: vec!["qa42", "xo52"] })), Some("Push"));
    assert_eq!(context(error.encode(&Reply { at: Some(7) })), Some("Reply"));
}
