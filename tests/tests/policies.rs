//! What may be done after an entry is the same wherever somebody asks.

#![expect(dead_code, reason = "errors that are declared and never made")]

use std::time::Duration;

use serde_json::Value;
use ws_errors::catalog::RetryKind;
use ws_errors::export::{json, markdown, typescript};
use ws_errors::http::Request;
use ws_errors::{Decoder, Envelope, WsError};

/// A close whose code is in a range of codes that have a policy.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "ranged",
    envelope = { "code": code },
    closes(4000..=4099 = never, unknown = backoff(1s..30s))
)]
enum Ranged {
    #[error("the end")]
    #[ws_error(close(4001), retry = unknown)]
    End,
}

#[test]
fn an_unknown_policy_of_a_close_is_that_of_the_range_of_its_code() {
    let catalog = Ranged::catalog();
    let entry = &catalog.entries[0];
    assert_eq!(catalog.retry(entry).kind, RetryKind::Never);

    let closed = Decoder::of::<Ranged>().closed(4001, "");
    let read = closed.entry().expect("a declared close");
    assert_eq!((read.name, catalog.retry(read).kind), ("End", RetryKind::Never));

    let exported: Value = serde_json::from_str(&json(catalog).expect("a catalog")).expect("JSON");
    assert_eq!(exported["entries"][0]["retry"]["kind"], "never");

    let module = typescript(catalog).expect("a module");
    assert!(module.contains("End: { retry: \"never\" }"), "{module}");

    let page = markdown(catalog).expect("a page");
    let section = page.split("End").nth(1);
    assert!(section.is_some_and(|text| text.contains("never")), "{page}");
}

/// What all inherit beside what is said of a range of close codes.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "inherited",
    envelope = { "code": code, "recoverable": recoverable },
    default(retry = never),
    closes(4000..=4099 = backoff(1s..30s), unknown = backoff(1s..30s)),
    codes(7000..=7999 = now),
)]
enum Inherited {
    #[error("restarts")]
    #[ws_error(close(4001))]
    InRange,
    #[error("restarts, in words")]
    #[ws_error(soft_then_close(4002))]
    AfterMessage,
    #[error("banned")]
    #[ws_error(close(4003), retry = leave(1000, "bye"))]
    OfItsOwn,
    #[error("gone")]
    #[ws_error(close(4404))]
    InNoRange,
    #[error("lost")]
    #[ws_error(observed(1006))]
    Lost,
    #[error("full")]
    #[ws_error(code = 7001)]
    Soft,
}

#[test]
fn a_range_of_close_codes_is_nearer_to_a_close_than_what_all_inherit() {
    let catalog = Inherited::catalog();
    let kinds = |name: &str| {
        let entry = catalog.entries.iter().find(|entry| entry.name == name).expect("an entry");
        let kind = match catalog.retry(entry).kind {
            RetryKind::Backoff { .. } => "backoff",
            RetryKind::Never => "never",
            RetryKind::Leave { .. } => "leave",
            _ => "another",
        };
        (kind, entry.recoverable)
    };
    for (name, kind, recoverable) in [
        ("InRange", "backoff", true),
        ("AfterMessage", "backoff", true),
        ("OfItsOwn", "leave", false),
        ("InNoRange", "never", false),
        ("Lost", "never", false),
        // A policy for codes is for those of messages that nobody declared.
        ("Soft", "never", false),
    ] {
        assert_eq!(kinds(name), (kind, recoverable), "{name}");
    }
}

/// An API whose messages carry seconds.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(
    catalog = "seconds",
    waits = seconds,
    envelope = { "code": code, "retry_after"?: retry_after },
    http(status = 429, envelope = { "code": code, ..details })
)]
enum InSeconds {
    #[error("slow down")]
    #[ws_error(retry = after(self.retry_after ?? 1500ms))]
    SlowDown { retry_after: Option<f64> },
    #[error("busy")]
    #[ws_error(retry = after(30s))]
    Busy,
}

#[test]
fn a_wait_in_seconds_is_sent_read_and_waited_for_in_seconds() {
    let decoder = Decoder::of::<InSeconds>();
    for (error, text, wait) in [
        (
            InSeconds::SlowDown { retry_after: Some(2.25) },
            r#"{"code":"SlowDown","retry_after":2.25}"#,
            Some(Duration::from_millis(2250)),
        ),
        (
            InSeconds::SlowDown { retry_after: None },
            r#"{"code":"SlowDown","retry_after":1.5}"#,
            // The default of the policy, which a client has.
            None,
        ),
        (InSeconds::Busy, r#"{"code":"Busy","retry_after":30}"#, None),
    ] {
        let output = error.encode(&());
        assert_eq!(output.text(), Some(text));
        assert_eq!(decoder.decode(text).retry_after(), wait, "{text}");
    }
    let answered = |error: InSeconds| error.respond(&Request::default()).retry_after_seconds();
    assert_eq!(answered(InSeconds::SlowDown { retry_after: Some(2.25) }), Some(3));
    assert_eq!(answered(InSeconds::Busy), Some(30));
}

#[test]
fn the_unit_of_a_wait_is_in_every_export() {
    let catalog = InSeconds::catalog();
    let exported: Value = serde_json::from_str(&json(catalog).expect("a catalog")).expect("JSON");
    let retry = &exported["entries"][0]["retry"];
    assert_eq!((&retry["unit"], &retry["wait_ms"]), (&"seconds".into(), &1500.into()));

    let module = typescript(catalog).expect("a module");
    let policy = r#"SlowDown: { retry: "after", wait: 1500, field: "retry_after", unit: 1000 }"#;
    assert!(module.contains(policy), "{module}");

    let page = markdown(catalog).expect("a page");
    assert!(page.contains("after `retry_after` seconds (1.5 s where it is absent)"), "{page}");
}
