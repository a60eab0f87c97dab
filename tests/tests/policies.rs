//! What may be done after an entry is the same wherever somebody asks.

#![expect(dead_code, reason = "errors that are declared and never made")]

use serde_json::Value;
use ws_errors::catalog::RetryKind;
use ws_errors::export::{json, markdown, typescript};
use ws_errors::{Decoder, WsError};

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
