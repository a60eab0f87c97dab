//! Which of several readings counts, rule by rule: each test fails where its rule is left out.

use ws_errors::WsError;

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
