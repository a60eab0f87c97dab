//! Each way in which what comes can differ from the catalog is found, and named.

use serde_json::json;

use super::super::judgement::{Closes, Expected, Judge};
use super::super::seen::{End, Seen};
use super::catalog;
use crate::Frame;

const DENIED: &str = r#"{"type":"error","requestId":"r1","code":"channel_not_authorized","message":"not authorized: a"}"#;
const FORBIDDEN: &str = r#"{"type":"error","code":"forbidden","message":"not for you"}"#;

fn closed(code: u16, reason: &str) -> End {
    End::Closed { code, reason: reason.to_owned() }
}

fn broken() -> End {
    End::Broken("reset".to_owned())
}

fn refused(status: u16) -> End {
    End::Refused { status, retry_after: None, body: String::new(), is_whole: true }
}

/// What is found, one line for each: the outcome, the entry, and what differs.
fn judged_as(expected: Expected, frames: &[&str], end: End) -> Vec<String> {
    let frames = frames.iter().map(|text| Frame::Text((*text).to_owned().into())).collect();
    let findings = Judge::new(catalog(), false).judge(&Seen { frames, end }, &expected);
    let line = |finding: &super::super::Finding| {
        let entry = finding.entry.map_or(String::new(), |entry| format!(": {entry}"));
        let what = finding.difference.as_ref().map(|difference| difference.what.clone());
        let what = what.map_or(String::new(), |what| format!(": {what}"));
        format!("{}{entry}{what}", finding.outcome.words())
    };
    findings.iter().map(line).collect()
}

fn judged(frames: &[&str], end: End) -> Vec<String> {
    judged_as(Expected::default(), frames, end)
}

fn expecting(name: &str) -> Expected {
    Expected { entry: catalog().entry(name), ..Expected::default() }
}

#[test]
fn what_the_catalog_says_is_provoked() {
    assert_eq!(judged(&[DENIED], End::Open), ["provoked: channel_not_authorized"]);
    let close = closed(4001, "invalid_token");
    assert_eq!(judged(&[], close.clone()), ["provoked: invalid_token"]);
    assert_eq!(
        judged(&[DENIED], close),
        ["provoked: channel_not_authorized", "provoked: invalid_token"],
        "one error after the other"
    );
    assert_eq!(judged(&[FORBIDDEN], closed(4003, "Forbidden")), ["provoked: forbidden"]);
    assert_eq!(judged(&[], refused(404)), ["provoked: no_such_path"]);
}

#[test]
fn ordinary_traffic_and_standard_closes_are_nothing() {
    for (frames, end) in [
        (&[r#"{"type":"welcome","errors":[],"error":null}"#, "hello"][..], End::Open),
        (&[], closed(1000, "")),
        (&[], closed(1009, "message too large")),
        (&[], closed(1005, "")),
    ] {
        assert!(judged(frames, end.clone()).is_empty(), "{frames:?} {end:?}");
    }
}

#[test]
fn an_error_that_refuses_the_handshake_may_close_by_its_name() {
    let close = closed(1008, "channel_not_authorized");
    assert_eq!(judged(&[DENIED], close), ["provoked: channel_not_authorized"]);
}

#[test]
fn a_frame_is_what_the_encoder_writes_from_its_values() {
    for (frame, what) in [
        (
            r#"{"type":"error","code":"channel_not_authorized","requestId":"r1","message":"not authorized: a"}"#,
            "the members are in another order: type, code, requestId, message",
        ),
        (
            r#"{"type":"error","code":"channel_not_authorized","message":"no"}"#,
            "the text for the client differs",
        ),
        (
            r#"{"type":"error","code":"channel_not_authorized","message":"not authorized: a","at":1}"#,
            "the member `at` is not in the envelope",
        ),
        (
            r#"{"type":"error", "code":"channel_not_authorized","message":"not authorized: a"}"#,
            "white space or escapes differ",
        ),
        (
            r#"{"type":"error","code":"channel_not_authorized"}"#,
            "it has the code of `channel_not_authorized`, and lacks something of it",
        ),
        (
            r#"{"type":"error","requestId":7,"code":"channel_not_authorized","message":"not authorized: a"}"#,
            "`request_id` is 7, and not of its type: string",
        ),
    ] {
        let expected = format!("wrong frame: channel_not_authorized: {what}");
        assert_eq!(judged(&[frame], End::Open), [expected], "{frame}");
    }
}

#[test]
fn a_close_that_is_due_comes_and_is_that_one() {
    assert_eq!(
        judged(&[FORBIDDEN], End::Open),
        [
            "provoked: forbidden",
            "wrong close: forbidden: its close did not come, and the connection stays open"
        ]
    );
    for end in [closed(4001, "invalid_token"), closed(4003, "No"), closed(1000, "")] {
        assert_eq!(
            judged(&[FORBIDDEN], end.clone()),
            [
                "provoked: forbidden",
                "wrong close: forbidden: another close came than the one that is due"
            ],
            "{end:?}"
        );
    }
    let token = judged(&[], closed(4001, "token"));
    assert_eq!(token, ["wrong close: invalid_token: another close came than the one that is due"]);
}

#[test]
fn a_close_that_is_not_due_is_wrong() {
    for (end, what) in [
        (closed(1000, ""), "a close came that the catalog does not have"),
        (closed(4999, "x"), "a close came that the catalog does not have"),
        (broken(), "the connection broke without a close frame: reset"),
    ] {
        assert_eq!(
            judged(&[DENIED], end),
            [
                "provoked: channel_not_authorized".to_owned(),
                format!("wrong close: channel_not_authorized: {what}")
            ]
        );
    }
}

#[test]
fn a_last_word_that_does_not_arrive_is_lost() {
    assert_eq!(
        judged(&[FORBIDDEN], broken()),
        [
            "provoked: forbidden",
            "lost: forbidden: the connection broke without a close frame: reset"
        ]
    );
    assert_eq!(
        judged(&[], closed(4003, "Forbidden")),
        ["lost: forbidden: its close came (4003 \"Forbidden\"), and its message did not"]
    );
    assert_eq!(
        judged_as(expecting("invalid_token"), &[], broken()),
        ["lost: invalid_token: the connection broke without a close frame: reset"]
    );
    assert_eq!(
        judged(&[], broken()),
        ["lost: the connection broke without a close frame: reset"],
        "whatever it was"
    );
}

#[test]
fn what_looks_like_an_error_and_is_none_of_the_catalog_is_undeclared() {
    for frame in [
        r#"{"error":"invalid event type"}"#,
        r#"{"type":"Error","text":"x"}"#,
        r#"{"errors":[{"code":7}]}"#,
        "ERR no such command",
        "-ERR no such command",
    ] {
        assert_eq!(
            judged(&[frame], End::Open),
            ["undeclared: it looks like an error, and has the shape of none of the catalog"],
            "{frame}"
        );
    }
    assert_eq!(
        judged(&[r#"{"type":"error","code":"newer","message":"x"}"#], End::Open),
        ["undeclared: no entry has the code \"newer\""]
    );
    assert_eq!(
        judged(&[], closed(4444, "")),
        ["undeclared: a close came that the catalog does not have"]
    );
    assert_eq!(
        judged(&[], refused(418)),
        ["undeclared: the handshake was refused as the catalog does not say"]
    );
}

#[test]
fn what_a_scenario_asks_for_has_to_come() {
    assert_eq!(
        judged_as(expecting("backend_error"), &[DENIED], End::Open),
        ["provoked: channel_not_authorized", "not provoked: backend_error: nothing of it came"]
    );
    assert_eq!(
        judged_as(expecting("backend_error"), &[], closed(1011, "")),
        ["not provoked: backend_error: the connection was closed with 1011 instead"]
    );
    assert_eq!(
        judged_as(expecting("invalid_token"), &[], closed(4002, "")),
        ["wrong close: invalid_token: a close came that the catalog does not have"]
    );
    let context = vec![("request_id".to_owned(), json!("r2"))];
    assert_eq!(
        judged_as(
            Expected { context, ..expecting("channel_not_authorized") },
            &[DENIED],
            End::Open
        ),
        [
            "wrong frame: channel_not_authorized: the context's value `request_id` differs from what the scenario asks for"
        ]
    );
    let closes = |closes| Expected { closes: Some(closes), ..Expected::default() };
    assert!(judged_as(closes(Closes::With(1009)), &[], closed(1009, "")).is_empty());
    assert!(judged_as(closes(Closes::Never), &[], End::Open).is_empty());
    assert_eq!(
        judged_as(closes(Closes::Always), &[], End::Open),
        ["wrong close: the end differs from what the scenario asks for"]
    );
}

#[test]
fn texts_may_be_in_another_language_where_that_is_said() {
    let frame = r#"{"type":"error","code":"backend_error","message":"Das ging schief."}"#;
    let seen = Seen { frames: vec![Frame::Text(frame.into())], end: End::Open };
    let is_fault = |other_texts| {
        let findings = Judge::new(catalog(), other_texts).judge(&seen, &Expected::default());
        findings.iter().any(super::super::Finding::is_fault)
    };
    assert!(is_fault(false) && !is_fault(true));
}
