//! How an error arrives: as a message, as a close, as both, or as a refusal.

use super::*;

#[test]
fn a_close_that_goes_has_its_close_code_retired() {
    let without = with(|value| drop(value["entries"].as_array_mut().unwrap().remove(2)));
    let report = report(&released(), &without);
    let instead = report.changes[0].instead.as_deref().unwrap();
    assert!(instead.contains("`retired(close(4001) = \"why\")`"), "{instead}");
}

#[test]
fn a_message_that_a_context_loses_breaks() {
    let new = with(|value| drop(value["entries"][0]["examples"].as_array_mut().unwrap().remove(1)));
    both_ways(
        &released(),
        &new,
        &["breaking channel_not_authorized: has no message any more"],
        &["compatible channel_not_authorized: has a message now"],
    );
    assert_eq!(report(&released(), &new).changes[0].context.as_deref(), Some("()"));
}

#[test]
fn a_message_that_becomes_a_close_breaks() {
    let delivery = |kind: &str| {
        let close = json!({ "code": 4009 });
        let delivery = match kind {
            "soft" => json!({ "kind": kind }),
            _ => json!({ "kind": kind, "close": close }),
        };
        with(|value| value["entries"][1]["delivery"] = delivery)
    };
    let words = |kind: &str| match kind {
        "soft" => "a message (`soft`)",
        "close" => "a close frame (`close`)",
        _ => "a message and then a close frame (`soft_then_close`)",
    };
    for (one, other, there, back) in [
        ("soft", "close", "breaking", "breaking"),
        ("soft", "soft_then_close", "breaking", "compatible"),
        ("close", "soft_then_close", "compatible", "breaking"),
    ] {
        let (was, is) = (words(one), words(other));
        both_ways(
            &delivery(one),
            &delivery(other),
            &[&format!("{there} backend_error: was {was}, and is {is}")],
            &[&format!("{back} backend_error: was {is}, and is {was}")],
        );
    }
}

#[test]
fn another_close_code_breaks_and_another_reason_is_wording() {
    changed(
        |value| value["entries"][2]["delivery"]["close"]["code"] = 4002.into(),
        &["breaking invalid_token: its close code was 4001, and is 4002"],
        &["breaking invalid_token: its close code was 4002, and is 4001"],
    );
    changed(
        |value| value["entries"][2]["delivery"]["close"]["reason"] = "token".into(),
        &[
            "wording invalid_token: the reason of its close frame was \"invalid_token\", and is \"token\"",
        ],
        &[
            "wording invalid_token: the reason of its close frame was \"token\", and is \"invalid_token\"",
        ],
    );
}

#[test]
fn a_reason_that_clients_tell_a_close_by_breaks() {
    let two = with(|value| {
        let mut other = value["entries"][2].clone();
        other["name"] = "expired_token".into();
        other["delivery"]["close"]["reason"] = "expired_token".into();
        value["entries"].as_array_mut().unwrap().push(other);
    });
    let mut new = two.clone();
    new["entries"][4]["delivery"]["close"]["reason"] = "expired".into();
    both_ways(
        &two,
        &new,
        &[
            "breaking expired_token: the reason of its close frame was \"expired_token\", and is \"expired\"",
        ],
        &[
            "breaking expired_token: the reason of its close frame was \"expired\", and is \"expired_token\"",
        ],
    );
}

#[test]
fn another_status_of_a_refusal_breaks() {
    let rejected = |delivery: Value| with(|value| value["entries"][3]["delivery"] = delivery);
    both_ways(
        &rejected(json!({ "kind": "rejected", "status": 401 })),
        &rejected(json!({ "kind": "rejected", "status": 403 })),
        &["breaking connection_lost: the HTTP status of its refusal was 401, and is 403"],
        &["breaking connection_lost: the HTTP status of its refusal was 403, and is 401"],
    );
    both_ways(
        &rejected(json!({ "kind": "rejected" })),
        &rejected(json!({ "kind": "rejected", "close": { "code": 4404 } })),
        &["compatible connection_lost: closes with 4404 where it can't be refused"],
        &["breaking connection_lost: its close code was 4404, and is none"],
    );
}

#[test]
fn another_delivery_in_a_context_breaks_whom_it_closes_instead() {
    let way = |way: Value| with(|value| value["contexts"][1]["delivery"] = way);
    both_ways(
        &way("soft_then_close".into()),
        &way("close".into()),
        &[
            "breaking *: what comes of errors that close the connection was a message and then a close frame (`soft_then_close`), and is a close frame (`close`)",
        ],
        &[
            "compatible *: what comes of errors that close the connection was a close frame (`close`), and is a message and then a close frame (`soft_then_close`)",
        ],
    );
    both_ways(
        &released(),
        &way("soft".into()),
        &[
            "possible *: what comes of errors that close the connection was what each declares, and is a message (`soft`)",
        ],
        &[
            "possible *: what comes of errors that close the connection was a message (`soft`), and is what each declares",
        ],
    );
    let changes = report(&released(), &way("soft".into())).changes;
    assert_eq!(changes[0].context.as_deref(), Some("()"));
}

#[test]
fn what_was_never_sent_and_is_now_is_for_people_to_judge() {
    let delivery = |delivery: Value| with(|value| value["entries"][3]["delivery"] = delivery);
    both_ways(
        &delivery(json!({ "kind": "observed", "close": { "code": 1006 } })),
        &delivery(json!({ "kind": "close", "close": { "code": 4006 } })),
        &[
            "breaking connection_lost: its close code was 1006, and is 4006",
            "possible connection_lost: was never sent by the server (`observed`), and is a close frame (`close`)",
        ],
        &[
            "breaking connection_lost: was a close frame (`close`), and is never sent by the server (`observed`)",
            "breaking connection_lost: its close code was 4006, and is 1006",
        ],
    );
    let rejected = json!({ "kind": "rejected", "status": 401 });
    both_ways(
        &delivery(rejected),
        &delivery(json!({ "kind": "soft" })),
        &[
            "breaking connection_lost: was a refusal of the handshake (`rejected`), and is a message (`soft`)",
        ],
        &[
            "breaking connection_lost: was a message (`soft`), and is a refusal of the handshake (`rejected`)",
        ],
    );
}
