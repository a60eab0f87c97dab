//! What can't be serialized is `null` or empty on the wire, and never silent.

use std::collections::BTreeMap;
use std::fmt;
use std::os::unix::ffi::OsStringExt as _;
use std::path::PathBuf;
use std::sync::Mutex;

use metrics::with_local_recorder;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use tracing::Level;
use ws_errors::http::{self, Request};
use ws_errors::log::{self, UNSERIALIZED};
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, Envelope, Output, WsError};

use super::{Counts, Log, Recorded};

/// Whatever is asked of it fails.
#[derive(Clone, Copy)]
struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("broken"))
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Err(fmt::Error)
    }
}

struct Reply {
    trace: Broken,
}

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "broken",
    envelope = { "code": code, "message"?: message, "details"?: details },
    envelope(Reply) = { "trace": cx.trace, "code": code },
    http(status = 500, envelope = { "code": code, "details"?: details }),
)]
enum Unserialized {
    #[error("keys that are no strings")]
    Map { by: BTreeMap<(u8, u8), u8> },
    #[error("not UTF-8")]
    Path { path: PathBuf },
    #[error("poisoned")]
    Lock { lock: Mutex<u8> },
    #[error("its own implementation")]
    Value { value: Broken, whole: u8 },
    #[error("in a text")]
    #[ws_error(message = "<{value}>", details())]
    Text { value: Broken },
    #[error("in a text, in another format")]
    #[ws_error(message = "<{value:?}>", details())]
    Debug { value: Broken },
    #[error("in a close reason")]
    #[ws_error(close(4001, "<{value}>"))]
    Reason { value: Broken },
    #[error("in several places")]
    #[ws_error(message = "<{value}>")]
    Twice { value: Broken },
}

fn poisoned() -> Mutex<u8> {
    let lock = Mutex::new(1);
    let panicked = std::thread::scope(|scope| {
        let holding = || {
            let _held = lock.lock();
            // Without a message in the output of the tests.
            std::panic::resume_unwind(Box::new(()));
        };
        scope.spawn(holding).join()
    });
    assert!(panicked.is_err() && lock.is_poisoned());
    lock
}

/// Each, with what is sent of it, and the fields that are reported.
fn all() -> Vec<(Unserialized, &'static str, &'static str)> {
    let path = std::ffi::OsString::from_vec(vec![b'/', 0xFF]);
    vec![
        (
            Unserialized::Map { by: BTreeMap::from([((1, 2), 3)]) },
            r#"{"code":"Map","details":{"by":null}}"#,
            "by",
        ),
        (
            Unserialized::Path { path: path.into() },
            r#"{"code":"Path","details":{"path":null}}"#,
            "path",
        ),
        (
            Unserialized::Lock { lock: poisoned() },
            r#"{"code":"Lock","details":{"lock":null}}"#,
            "lock",
        ),
        (
            Unserialized::Value { value: Broken, whole: 1 },
            r#"{"code":"Value","details":{"value":null,"whole":1}}"#,
            "value",
        ),
        (Unserialized::Text { value: Broken }, r#"{"code":"Text","message":"<>"}"#, "value"),
        (Unserialized::Debug { value: Broken }, r#"{"code":"Debug","message":"<>"}"#, "value"),
        (
            Unserialized::Twice { value: Broken },
            r#"{"code":"Twice","message":"<>","details":{"value":null}}"#,
            "value",
        ),
    ]
}

#[test]
fn what_cannot_be_serialized_is_named_in_the_output_once() {
    for (error, text, field) in all() {
        let output = error.encode(&());
        assert_eq!((output.text(), output.unserialized.as_slice()), (Some(text), &[field][..]));
    }
    let Output { close, unserialized, .. } = Unserialized::Reason { value: Broken }.encode(&());
    assert_eq!((close.expect("a close").reason(), unserialized), ("<>", vec!["value"]));
    let output = Unserialized::Path { path: "/".into() }.encode(&Reply { trace: Broken });
    assert_eq!(output.text(), Some(r#"{"trace":null,"code":"Path"}"#));
    assert_eq!(output.unserialized, ["trace"]);
    assert_eq!(Unserialized::Path { path: "/".into() }.encode(&()).unserialized, [""; 0]);
}

/// The fields of the events that say so.
fn reported(log: &Log) -> Vec<String> {
    let events = log.0.lock().expect("nobody panicked");
    let says_so = |event: &&Recorded| event.fields.contains_key("field");
    events
        .iter()
        .filter(says_so)
        .map(|event| {
            assert_eq!((event.level, &*event.fields["catalog"]), (Level::ERROR, "broken"));
            format!("{} {}", event.fields["name"], event.fields["field"])
        })
        .collect()
}

#[test]
fn what_cannot_be_serialized_is_logged_and_counted() {
    for (error, _, field) in all() {
        let (log, counts) = (Log::default(), Counts::default());
        let output = tracing::subscriber::with_default(log.clone(), || {
            with_local_recorder(&counts, || log::report(&error, &()))
        });
        let name = error.entry().name;
        assert_eq!(output.unserialized, [field]);
        assert_eq!(reported(&log), [format!("{name} {field}")]);
        assert_eq!(counts.at(&format!("{UNSERIALIZED} broken {name} {field}")), 1);
    }
}

#[test]
fn what_cannot_be_serialized_over_http_is_logged_and_counted_too() {
    let error = Unserialized::Path { path: std::ffi::OsString::from_vec(vec![0xFF]).into() };
    let (log, counts) = (Log::default(), Counts::default());
    let response = tracing::subscriber::with_default(log.clone(), || {
        with_local_recorder(&counts, || http::report(&error, &Request::default()))
    });
    assert_eq!(response.body, r#"{"code":"Path","details":{"path":null}}"#);
    assert_eq!(response.unserialized, ["path"]);
    assert_eq!(reported(&log), ["Path path"]);
    assert_eq!(counts.at(&format!("{UNSERIALIZED} broken Path path")), 1);
    let whole = Unserialized::Path { path: "/".into() }.respond(&Request::default());
    assert_eq!(whole.unserialized, [""; 0]);
}

/// Documented in docs/field-types.md: who checks types, and doesn't allow `null` there, can't know it.
#[test]
fn a_frame_with_a_value_that_failed_is_its_entry_unless_types_are_checked() {
    let decoder = Decoder::of::<Unserialized>();
    for (error, text, _) in all() {
        let Decoded::Known(entry, _) = decoder.decode(text) else { panic!("{text}") };
        assert_eq!(entry.name, error.entry().name);
    }
    let checking = Decoder::of::<Unserialized>().checking_types();
    let Decoded::Unknown(unknown) = checking.decode(r#"{"code":"Path","details":{"path":null}}"#)
    else {
        panic!("a path is a string")
    };
    assert_eq!(unknown.code(), Some(&"Path".into()));
}
