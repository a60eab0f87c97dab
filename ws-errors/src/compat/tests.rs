use serde_json::{Value, json};

use super::*;
use crate::export::json as exported;
use crate::fixture::METERED;

/// The fixture's catalog, as it was released.
fn released() -> Value {
    serde_json::from_str(&exported(&METERED).unwrap()).unwrap()
}

/// The same with a change.
fn with(change: impl FnOnce(&mut Value)) -> Value {
    let mut value = released();
    change(&mut value);
    value
}

fn report(old: &Value, new: &Value) -> Report {
    diff(&old.to_string(), &new.to_string()).unwrap()
}

/// The changes with their effects, from the first to the second.
fn said(old: &Value, new: &Value) -> Vec<String> {
    report(old, new)
        .changes
        .iter()
        .map(|change| {
            let entry = change.entry.as_deref().unwrap_or("*");
            format!("{} {entry}: {}", change.effect.word(), change.what)
        })
        .collect()
}

/// What a change does there and back.
#[track_caller]
fn both_ways(old: &Value, new: &Value, there: &[&str], back: &[&str]) {
    assert_eq!(said(old, new), there, "there");
    assert_eq!(said(new, old), back, "back");
}

#[track_caller]
fn changed(change: impl FnOnce(&mut Value), there: &[&str], back: &[&str]) {
    both_ways(&released(), &with(change), there, back);
}

/// The schema of the first entry's message: `[0]` is the object, `[1]` the array.
fn schema(value: &mut Value, message: usize) -> &mut Value {
    &mut value["entries"][0]["examples"][message]["schema"]
}

/// The schema of its `details.channel`.
fn channel(value: &mut Value) -> &mut Value {
    &mut schema(value, 1)["prefixItems"][4]["properties"]["channel"]
}

#[test]
fn nothing_is_said_where_nothing_changed() {
    let report = report(&released(), &released());
    assert!(report.changes.is_empty() && !report.is_breaking());
    assert_eq!(report.to_string(), "metered: nothing changed\n");
}

#[test]
fn an_error_that_goes_breaks_and_one_that_comes_does_not() {
    changed(
        |value| drop(value["entries"].as_array_mut().unwrap().remove(1)),
        &["breaking backend_error: is gone"],
        &["compatible backend_error: is new"],
    );
    let without = with(|value| drop(value["entries"].as_array_mut().unwrap().remove(1)));
    let report = report(&released(), &without);
    let instead = report.changes[0].instead.as_deref().unwrap();
    assert!(instead.contains("`retired(\"backend_error\" = \"why\")`"), "{instead}");
}

#[test]
fn a_new_error_with_the_code_of_another_is_for_people_to_judge() {
    let mut second = released()["entries"][1].clone();
    second["name"] = "other_fault".into();
    second["variant"] = "OtherFault".into();
    changed(
        |value| value["entries"].as_array_mut().unwrap().push(second),
        &[
            "possible other_fault: is new, and has the code \"backend_error\" of `backend_error`: clients that know that may take it for the same",
        ],
        &["breaking other_fault: is gone"],
    );
}

#[test]
fn a_close_that_goes_has_its_close_code_retired() {
    let without = with(|value| drop(value["entries"].as_array_mut().unwrap().remove(2)));
    let report = report(&released(), &without);
    let instead = report.changes[0].instead.as_deref().unwrap();
    assert!(instead.contains("`retired(close(4001) = \"why\")`"), "{instead}");
}

#[test]
fn a_code_that_was_retired_already_is_not_suggested_again() {
    let without = with(|value| {
        value["entries"].as_array_mut().unwrap().remove(1);
        let retired = json!({ "code": "backend_error", "why": "Gone." });
        value["retired"].as_array_mut().unwrap().push(retired);
    });
    let report = report(&released(), &without);
    assert!(report.is_breaking());
    let change = report.changes.iter().find(|change| change.kind == Kind::Removed).unwrap();
    assert!(!change.instead.as_deref().unwrap().contains("retired("));
}

#[test]
fn another_name_under_the_same_code_is_for_people_to_judge() {
    changed(
        |value| value["entries"][1]["name"] = "server_fault".into(),
        &["possible server_fault: was `backend_error` under the same code \"backend_error\""],
        &["possible backend_error: was `server_fault` under the same code \"backend_error\""],
    );
}

#[test]
fn another_code_breaks_and_is_said_once() {
    let change = |value: &mut Value| {
        value["entries"][0]["code"] = "wrong_channel".into();
        schema(value, 0)["properties"]["code"]["const"] = "wrong_channel".into();
        schema(value, 1)["prefixItems"][2]["const"] =
            "http://domain/exceptions#wrong_channel".into();
    };
    changed(
        change,
        &[
            "breaking channel_not_authorized: its code was \"channel_not_authorized\", and is \"wrong_channel\"",
        ],
        &[
            "breaking channel_not_authorized: its code was \"wrong_channel\", and is \"channel_not_authorized\"",
        ],
    );
    let report = report(&released(), &with(change));
    let instead = report.changes[0].instead.as_deref().unwrap();
    assert!(instead.contains("`retired(\"channel_not_authorized\" = \"why\")`"), "{instead}");
}

#[test]
fn a_member_that_goes_breaks_and_one_that_comes_does_not() {
    changed(
        |value| {
            schema(value, 0)["properties"].as_object_mut().unwrap().remove("requestId");
        },
        &["breaking channel_not_authorized: `requestId` is gone"],
        &["compatible channel_not_authorized: `requestId` is new"],
    );
}

#[test]
fn a_member_that_may_be_absent_breaks_and_one_that_always_comes_does_not() {
    changed(
        |value| schema(value, 0)["required"].as_array_mut().unwrap().retain(|key| key != "message"),
        &["breaking channel_not_authorized: `message` may be absent now"],
        &["compatible channel_not_authorized: `message` is always there now"],
    );
}

#[test]
fn an_array_that_grows_or_shrinks_breaks() {
    changed(
        |value| {
            let schema = schema(value, 1);
            schema["prefixItems"].as_array_mut().unwrap().push(json!({ "type": "string" }));
        },
        &["breaking channel_not_authorized: `[5]` is new, and makes the array longer"],
        &["breaking channel_not_authorized: `[5]` is gone"],
    );
    changed(
        |value| schema(value, 1)["minItems"] = 4.into(),
        &["breaking channel_not_authorized: `[4]` may be absent now"],
        &["compatible channel_not_authorized: `[4]` is always there now"],
    );
}

#[test]
fn a_constant_of_the_envelope_breaks() {
    changed(
        |value| schema(value, 0)["properties"]["type"]["const"] = "err".into(),
        &["breaking channel_not_authorized: `type` was `\"error\"`, and is `\"err\"`"],
        &["breaking channel_not_authorized: `type` was `\"err\"`, and is `\"error\"`"],
    );
}

#[test]
fn a_type_that_becomes_wider_breaks_and_one_that_becomes_narrower_does_not() {
    changed(
        |value| *channel(value) = json!({ "type": ["string", "null"] }),
        &["breaking channel_not_authorized: `[4].channel` was string, and is string or null"],
        &["compatible channel_not_authorized: `[4].channel` was string or null, and is string"],
    );
    changed(
        |value| *channel(value) = json!({ "type": "integer" }),
        &["breaking channel_not_authorized: `[4].channel` was string, and is integer"],
        &["breaking channel_not_authorized: `[4].channel` was integer, and is string"],
    );
    let numbers = |kind: &'static str| with(|value| *channel(value) = json!({ "type": kind }));
    both_ways(
        &numbers("integer"),
        &numbers("number"),
        &["breaking channel_not_authorized: `[4].channel` was integer, and is number"],
        &["compatible channel_not_authorized: `[4].channel` was number, and is integer"],
    );
}

#[test]
fn a_value_of_an_enumeration_that_comes_breaks_whom_it_surprises() {
    let values = |values: Value| {
        with(|value| {
            value["$defs"]["Kind"] = json!({ "enum": values });
            *channel(value) = json!({ "$ref": "#/$defs/Kind" });
        })
    };
    both_ways(
        &values(json!(["a", "b"])),
        &values(json!(["a"])),
        &[
            "compatible channel_not_authorized: `[4].channel` was `\"a\"` or `\"b\"`, and is `\"a\"`",
        ],
        &["breaking channel_not_authorized: `[4].channel` was `\"a\"`, and is `\"a\"` or `\"b\"`"],
    );
}

#[test]
fn a_wider_range_is_for_people_to_judge_and_a_narrower_one_is_compatible() {
    let ranged =
        |most: u64| with(|value| *channel(value) = json!({ "type": "integer", "maximum": most }));
    both_ways(
        &ranged(255),
        &ranged(65535),
        &["possible channel_not_authorized: `[4].channel` is integer of another range or format"],
        &[
            "compatible channel_not_authorized: `[4].channel` is integer of a narrower range or format",
        ],
    );
}

#[test]
fn what_is_advised_is_not_there_already() {
    let deprecated = with(|value| value["entries"][1]["deprecated"] = "".into());
    let advice = |old: &Value| {
        let mut new = old.clone();
        new["entries"].as_array_mut().unwrap().remove(1);
        report(old, &new).changes[0].instead.clone().unwrap()
    };
    assert!(advice(&released()).starts_with("keep it as long as clients know it, as `#[dep"));
    assert!(advice(&deprecated).starts_with("keep it as long as clients know it; or declare"));
}

#[test]
fn a_type_that_holds_itself_comes_to_an_end() {
    let detail = |more: Value| {
        with(|value| {
            value["$defs"]["Detail"] = json!({ "anyOf": [
                { "type": "string" },
                { "type": "array", "items": { "$ref": "#/$defs/Detail" } },
                more,
            ] });
            *channel(value) = json!({ "$ref": "#/$defs/Detail" });
        })
    };
    let (strings, integers) =
        (detail(json!({ "type": "null" })), detail(json!({ "type": "integer" })));
    assert!(said(&strings, &strings).is_empty());
    let said = said(&strings, &integers);
    assert!(matches!(said.as_slice(), [one] if one.starts_with("breaking ")), "{said:?}");
}

#[test]
fn a_members_place_is_said_however_deep_it_is() {
    let list = |inner: Value| {
        with(|value| {
            *channel(value) = json!({ "type": "array", "items": {
                "type": "object", "required": ["a"], "properties": { "a": inner },
            } });
        })
    };
    both_ways(
        &list(json!({ "type": "string" })),
        &list(json!({ "type": "boolean" })),
        &["breaking channel_not_authorized: `[4].channel[].a` was string, and is boolean"],
        &["breaking channel_not_authorized: `[4].channel[].a` was boolean, and is string"],
    );
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
    for (one, other, there, back) in [
        ("soft", "close", "breaking", "breaking"),
        ("soft", "soft_then_close", "breaking", "compatible"),
        ("close", "soft_then_close", "compatible", "breaking"),
    ] {
        both_ways(
            &delivery(one),
            &delivery(other),
            &[&format!("{there} backend_error: was delivered as `{one}`, and is as `{other}`")],
            &[&format!("{back} backend_error: was delivered as `{other}`, and is as `{one}`")],
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
fn a_retry_that_became_never_breaks_and_a_more_lenient_one_does_not() {
    changed(
        |value| value["entries"][1]["retry"] = json!({ "kind": "never" }),
        &[
            "breaking backend_error: its retry was `backoff(500 ms..30 s, attempts = 5)`, and is `never`",
        ],
        &[
            "compatible backend_error: its retry was `never`, and is `backoff(500 ms..30 s, attempts = 5)`",
        ],
    );
    changed(
        |value| value["entries"][1]["retry"]["base_ms"] = 1000.into(),
        &[
            "possible backend_error: its retry was `backoff(500 ms..30 s, attempts = 5)`, and is `backoff(1 s..30 s, attempts = 5)`",
        ],
        &[
            "compatible backend_error: its retry was `backoff(1 s..30 s, attempts = 5)`, and is `backoff(500 ms..30 s, attempts = 5)`",
        ],
    );
}

#[test]
fn a_policy_that_is_the_catalogs_changes_with_it() {
    changed(
        |value| {
            value["closes"]["unknown"] = json!({ "kind": "never" });
            // As files of older versions have it.
            value["entries"][3]["retry"] = json!({ "kind": "unknown" });
        },
        &[
            "breaking *: the policy for any other close code was `backoff(1 s..30 s)`, and is `never`",
            "breaking connection_lost: its retry was `backoff(5 s..30 s)`, and is `never`",
        ],
        &[
            "compatible *: the policy for any other close code was `never`, and is `backoff(1 s..30 s)`",
            "compatible connection_lost: its retry was `never`, and is `backoff(5 s..30 s)`",
        ],
    );
}

#[test]
fn policies_by_range_are_compared_code_by_code() {
    changed(
        |value| {
            let both = [
                json!({ "first": 4000, "last": 4049, "retry": { "kind": "never" } }),
                json!({ "first": 4050, "last": 4199, "retry": { "kind": "now" } }),
            ];
            value["closes"]["ranges"].as_array_mut().unwrap().splice(0..1, both);
        },
        &[
            "compatible *: the policy for close codes 4050 to 4099 was `never`, and is `now`",
            "compatible *: the policy for close codes 4100 to 4199 was `backoff(1 s..30 s)`, and is `now`",
        ],
        &[
            "breaking *: the policy for close codes 4050 to 4099 was `now`, and is `never`",
            "possible *: the policy for close codes 4100 to 4199 was `now`, and is `backoff(1 s..30 s)`",
        ],
    );
    changed(
        |value| {
            let both = [
                json!({ "first": 4000, "last": 4009, "retry": { "kind": "never" } }),
                json!({ "first": 4010, "last": 4099, "retry": { "kind": "never" } }),
            ];
            value["closes"]["ranges"].as_array_mut().unwrap().splice(0..1, both);
        },
        &[],
        &[],
    );
}

#[test]
fn an_error_that_is_not_recoverable_any_more_is_for_people_to_judge() {
    changed(
        |value| value["entries"][1]["recoverable"] = false.into(),
        &["possible backend_error: is not recoverable any more"],
        &["compatible backend_error: is recoverable now"],
    );
}

#[test]
fn texts_are_wording() {
    changed(
        |value| {
            value["docs"] = "Other.".into();
            let entry = &mut value["entries"][0];
            entry["message"]["text"] = "no".into();
            entry["docs"] = "Other.".into();
            entry["advice"] = "Other.".into();
            entry["user"]["title"] = "Other".into();
            entry["fields"][0]["docs"] = "Other.".into();
        },
        &[
            "wording *: what is said of the catalog is another",
            "wording channel_not_authorized: its text was \"not authorized: {channel}\", and is \"no\"",
            "wording channel_not_authorized: its `docs` is another",
            "wording channel_not_authorized: its `advice` is another",
            "wording channel_not_authorized: what a person sees is in other words",
            "wording channel_not_authorized: what is said of its fields is another",
        ],
        &[
            "wording *: what is said of the catalog is another",
            "wording channel_not_authorized: its text was \"no\", and is \"not authorized: {channel}\"",
            "wording channel_not_authorized: its `docs` is another",
            "wording channel_not_authorized: its `advice` is another",
            "wording channel_not_authorized: what a person sees is in other words",
            "wording channel_not_authorized: what is said of its fields is another",
        ],
    );
    changed(
        |value| value["entries"][1]["deprecated"] = "".into(),
        &["wording backend_error: is deprecated now"],
        &["wording backend_error: is not deprecated any more"],
    );
}

#[test]
fn a_text_that_clients_tell_an_error_by_breaks() {
    // Two errors of the same shape, without a code.
    let alike = with(|value| {
        let mut other = value["entries"][1].clone();
        other["name"] = "other_fault".into();
        other["code"] = "other_fault".into();
        other["message"]["text"] = "another fault".into();
        value["entries"].as_array_mut().unwrap().push(other);
    });
    let mut new = alike.clone();
    new["entries"][4]["message"]["text"] = "reworded".into();
    both_ways(
        &alike,
        &new,
        &["breaking other_fault: its text was \"another fault\", and is \"reworded\""],
        &["breaking other_fault: its text was \"reworded\", and is \"another fault\""],
    );
}

#[test]
fn a_retired_code_that_is_used_again_breaks() {
    let used = with(|value| {
        value["retired"] = json!([]);
        let mut again = value["entries"][1].clone();
        again["name"] = "again".into();
        again["code"] = "OLD_CODE".into();
        value["entries"].as_array_mut().unwrap().push(again);
    });
    assert_eq!(
        said(&released(), &used),
        [
            "breaking again: has \"OLD_CODE\" for a code, which was retired",
            "compatible again: is new",
        ]
    );
    changed(
        |value| value["retired"] = json!([]),
        &["possible *: \"OLD_CODE\" is not retired any more, and may be used again"],
        &["compatible *: \"OLD_CODE\" is retired"],
    );
}

#[test]
fn how_requests_are_settled_is_part_of_the_contract() {
    changed(
        |value| drop(value.as_object_mut().unwrap().remove("correlate")),
        &["breaking *: requests are not settled by `request_id` any more"],
        &["compatible *: requests are settled by `request_id` now"],
    );
}

#[test]
fn guards_are_the_clients_own() {
    let sentence = "compatible *: what a client guards itself with is another; those that are deployed keep theirs";
    changed(
        |value| {
            value["guards"] = json!({ "breaker": { "open_after": 5, "half_open_after_ms": 1 } })
        },
        &[sentence],
        &[sentence],
    );
}

#[test]
fn what_this_version_knows_nothing_of_is_not_passed_over() {
    changed(
        |value| {
            value["entries"][1]["newer"] = 1.into();
            value["newest"] = 1.into();
        },
        &[
            "possible *: the catalog's `newest` is another, which this program knows nothing of",
            "possible backend_error: its `newer` is another, which this program knows nothing of",
        ],
        &[
            "possible *: the catalog's `newest` is another, which this program knows nothing of",
            "possible backend_error: its `newer` is another, which this program knows nothing of",
        ],
    );
}

#[test]
fn the_order_of_errors_and_of_members_is_no_change() {
    changed(|value| value["entries"].as_array_mut().unwrap().reverse(), &[], &[]);
}

#[test]
fn what_is_no_catalog_is_said_to_be_none() {
    let good = released().to_string();
    for (old, error) in [
        ("{", "the old catalog is no JSON: EOF while parsing an object at line 1 column 1"),
        (
            "{}",
            "the old catalog is no catalog: `version` is missing, or of another type; give it the file that `export --only json` writes",
        ),
        (
            r#"{ "version": 2 }"#,
            "the old catalog has version 2 of the form, and this program reads version 1; compare with the newer program",
        ),
        (
            r#"{ "version": 1, "entries": [{}] }"#,
            "the old catalog is no catalog: `entries[0].name` is missing, or of another type; give it the file that `export --only json` writes",
        ),
    ] {
        assert_eq!(diff(old, &good).unwrap_err().to_string(), error);
        assert!(diff(&good, old).unwrap_err().to_string().starts_with("the new catalog "));
    }
}

#[test]
fn a_report_says_the_worst_first_and_the_same_of_several_errors_once() {
    let new = with(|value| {
        for entry in [0, 1] {
            let schema = &mut value["entries"][entry]["examples"][0]["schema"];
            schema["properties"]["type"]["const"] = "err".into();
        }
        value["entries"][1]["docs"] = "Other.".into();
    });
    let report = report(&released(), &new);
    assert_eq!(
        report.to_string(),
        "metered: 3 changes: 2 breaking, 1 wording
breaking    `channel_not_authorized`: `type` was `\"error\"`, and is `\"err\"` (in the context `Correlation`)
            → keep what clients know, and add to it; or give another envelope to a context of its own, which only newer clients ask for
breaking    `backend_error`: `type` was `\"error\"`, and is `\"err\"`
            → keep what clients know, and add to it; or give another envelope to a context of its own, which only newer clients ask for
wording     `backend_error`: its `docs` is another
"
    );
    let value: Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(value["breaking"], true);
    assert_eq!(value["changes"][0]["path"], "type");
    assert_eq!(value["changes"][0]["kind"], "message");
    assert_eq!(value["changes"][2]["effect"], "wording");
}

#[test]
fn an_error_that_is_hidden_is_not_gone() {
    let hide = |code: &'static str| {
        with(|value| {
            value["entries"].as_array_mut().unwrap().remove(1);
            value["hidden"] = json!([{ "name": "backend_error", "code": code }]);
        })
    };
    both_ways(
        &released(),
        &hide("backend_error"),
        &[
            "possible backend_error: is hidden now, so its message can't be compared; clients that know it go on",
        ],
        &["compatible backend_error: is not hidden any more"],
    );
    assert_eq!(
        said(&released(), &hide("other")),
        ["breaking backend_error: is hidden now, under another code"]
    );
    assert_eq!(
        said(&hide("backend_error"), &hide("other")),
        ["possible backend_error: is hidden, and its code is another"]
    );
    let without = with(|value| drop(value["entries"].as_array_mut().unwrap().remove(1)));
    both_ways(
        &hide("backend_error"),
        &without,
        &["possible backend_error: was hidden, and is gone"],
        &["compatible backend_error: is new, and hidden"],
    );
}

#[test]
fn what_the_exporter_says_of_hidden_errors_is_what_is_read() {
    let entries: Vec<_> = METERED
        .entries
        .iter()
        .map(|entry| crate::catalog::Entry { hidden: entry.name == "backend_error", ..*entry })
        .collect();
    let catalog = crate::catalog::Catalog { entries: entries.leak(), ..METERED };
    let hidden = exported(Box::leak(Box::new(catalog))).unwrap();
    let report = diff(&exported(&METERED).unwrap(), &hidden).unwrap();
    assert!(!report.is_breaking(), "{report}");
    assert_eq!(report.changes[0].kind, Kind::Hidden);
}

#[test]
fn a_hidden_error_may_not_have_a_retired_code_either() {
    let used = with(|value| {
        value["retired"] = json!([]);
        value["hidden"] = json!([{ "name": "again", "code": "OLD_CODE" }]);
    });
    assert_eq!(
        said(&released(), &used),
        [
            "breaking again: has \"OLD_CODE\" for a code, which was retired",
            "compatible again: is new, and hidden",
        ]
    );
}

#[test]
fn a_code_of_success_that_is_an_error_now_breaks() {
    let success = |codes: Value| with(|value| value["success"] = codes);
    both_ways(
        &success(json!([{ "first": 200, "last": 299 }, { "code": "ok" }])),
        &success(json!([{ "first": 200, "last": 200 }])),
        &[
            "breaking *: the codes 200 to 299 are not all success any more",
            "breaking *: the code \"ok\" is not a success any more",
        ],
        &[
            "possible *: the codes 200 to 299 are all success now",
            "possible *: the code \"ok\" is a success now",
        ],
    );
    let halves = json!([{ "first": 250, "last": 299 }, { "first": 200, "last": 249 }]);
    both_ways(&success(json!([{ "first": 200, "last": 299 }])), &success(halves), &[], &[]);
}

#[test]
fn another_delivery_in_a_context_breaks_whom_it_closes_instead() {
    let way = |way: Value| with(|value| value["contexts"][1]["delivery"] = way);
    both_ways(
        &way("soft_then_close".into()),
        &way("close".into()),
        &[
            "breaking *: errors that close the connection were delivered as `soft_then_close`, and are as `close`",
        ],
        &[
            "compatible *: errors that close the connection were delivered as `close`, and are as `soft_then_close`",
        ],
    );
    both_ways(
        &released(),
        &way("soft".into()),
        &[
            "possible *: errors that close the connection were delivered each in its own way, and are as `soft`",
        ],
        &[
            "possible *: errors that close the connection were delivered as `soft`, and are each in its own way",
        ],
    );
    let changes = report(&released(), &way("soft".into())).changes;
    assert_eq!(changes[0].context.as_deref(), Some("()"));
}

#[test]
fn another_format_of_the_frame_breaks_though_it_holds_the_same() {
    let format = |format: Value| {
        with(|value| {
            for envelope in value["envelopes"].as_array_mut().unwrap() {
                let template = envelope["template"].clone();
                *envelope = format.clone();
                envelope["template"] = template;
            }
            value["entries"].as_array_mut().unwrap().remove(0);
        })
    };
    both_ways(
        &format(json!({ "format": "json" })),
        &format(json!({ "format": "msgpack" })),
        &["breaking backend_error: its frame was text that is JSON, and is MessagePack"],
        &["breaking backend_error: its frame was MessagePack, and is text that is JSON"],
    );
    both_ways(
        &format(json!({ "format": "cbor", "prefix": [1] })),
        &format(json!({ "format": "cbor" })),
        &["breaking backend_error: its frame was CBOR behind the bytes [1], and is CBOR"],
        &["breaking backend_error: its frame was CBOR, and is CBOR behind the bytes [1]"],
    );
    both_ways(
        &format(json!({ "format": "text" })),
        &format(json!({ "format": "binary" })),
        &["breaking backend_error: its frame was text, and is binary"],
        &["breaking backend_error: its frame was binary, and is text"],
    );
    both_ways(
        &format(json!({ "format": "with", "with": "one" })),
        &format(json!({ "format": "with", "with": "other" })),
        &["breaking backend_error: its frame was written by `one`, and is written by `other`"],
        &["breaking backend_error: its frame was written by `other`, and is written by `one`"],
    );
}

#[test]
fn another_filter_is_for_people_to_judge() {
    let text = |filter: &str| {
        let slot = json!({ "slot": "message", "filter": filter });
        with(|value| {
            value["entries"].as_array_mut().unwrap().remove(0);
            value["envelopes"][0] =
                json!({ "format": "text", "template": { "composed": ["ERR ", slot] } });
        })
    };
    let sentence = "possible backend_error: a value in its text is written by another filter";
    both_ways(&text("quoted"), &text("raw"), &[sentence], &[sentence]);
}

#[test]
fn what_was_never_sent_and_is_now_is_for_people_to_judge() {
    let delivery = |delivery: Value| with(|value| value["entries"][3]["delivery"] = delivery);
    both_ways(
        &delivery(json!({ "kind": "observed", "close": { "code": 1006 } })),
        &delivery(json!({ "kind": "close", "close": { "code": 4006 } })),
        &[
            "breaking connection_lost: its close code was 1006, and is 4006",
            "possible connection_lost: was delivered as `observed`, and is as `close`",
        ],
        &[
            "breaking connection_lost: was delivered as `close`, and is as `observed`",
            "breaking connection_lost: its close code was 4006, and is 1006",
        ],
    );
    let rejected = json!({ "kind": "rejected", "status": 401 });
    both_ways(
        &delivery(rejected),
        &delivery(json!({ "kind": "soft" })),
        &["breaking connection_lost: was delivered as `rejected`, and is as `soft`"],
        &["breaking connection_lost: was delivered as `soft`, and is as `rejected`"],
    );
}

#[test]
fn a_code_that_a_field_gives_is_another() {
    changed(
        |value| value["entries"][1]["code"] = json!({ "field": "code" }),
        &["breaking backend_error: its code was \"backend_error\", and is in the field `code`"],
        &["breaking backend_error: its code was in the field `code`, and is \"backend_error\""],
    );
    changed(
        |value| value["entries"][2]["delivery"]["close"]["code"] = json!({ "field": "code" }),
        &["breaking invalid_token: its close code was 4001, and is in the field `code`"],
        &["breaking invalid_token: its close code was in the field `code`, and is 4001"],
    );
}

#[test]
fn a_message_that_another_field_brings_is_wording() {
    changed(
        |value| value["entries"][1]["message"] = json!({ "kind": "field", "field": "text" }),
        &[
            "wording backend_error: its text was \"temporary server fault\", and is the field `text`",
        ],
        &[
            "wording backend_error: its text was the field `text`, and is \"temporary server fault\"",
        ],
    );
}

#[test]
fn requests_that_another_field_settles_are_for_people_to_judge() {
    changed(
        |value| value["correlate"] = "id".into(),
        &["possible *: requests were settled by `request_id`, and are by `id`"],
        &["possible *: requests were settled by `id`, and are by `request_id`"],
    );
}

#[test]
fn another_name_of_the_catalog_is_wording() {
    changed(
        |value| value["name"] = "billing".into(),
        &["wording *: the catalog was `metered`, and is `billing`"],
        &["wording *: the catalog was `billing`, and is `metered`"],
    );
}

/// A change of each kind: a kind that is added has to be reported, too.
#[test]
fn every_kind_of_change_is_told_there_and_back() {
    type Change = fn(&mut Value);
    let changes: [Change; 16] = [
        |value| drop(value["entries"].as_array_mut().unwrap().remove(1)),
        |value| value["entries"][1]["name"] = "server_fault".into(),
        |value| value["entries"][1]["code"] = "server_fault".into(),
        |value| value["entries"][1]["delivery"]["kind"] = "soft_then_close".into(),
        |value| value["entries"][2]["delivery"]["close"]["code"] = 4002.into(),
        |value| value["entries"][1]["retry"] = json!({ "kind": "never" }),
        |value| value["entries"][1]["recoverable"] = false.into(),
        |value| value["entries"][1]["examples"] = json!([]),
        |value| value["docs"] = "Other.".into(),
        |value| value["retired"] = json!([]),
        |value| value["codes"]["unknown"] = json!({ "kind": "now" }),
        |value| value["guards"] = json!({ "breaker": { "open_after": 5 } }),
        |value| drop(value.as_object_mut().unwrap().remove("correlate")),
        |value| value["success"] = json!([{ "code": "ok" }]),
        |value| value["entries"][1]["http"] = json!({ "status": 503 }),
        |value| value["newest"] = 1.into(),
    ];
    let hidden: Change = |value| {
        value["entries"].as_array_mut().unwrap().remove(1);
        value["hidden"] = json!([{ "name": "backend_error", "code": "backend_error" }]);
    };
    let kinds = |is_back: bool| {
        let changes = changes.iter().chain([&hidden]);
        let reports = changes.map(|change| match is_back {
            false => report(&released(), &with(change)),
            true => report(&with(change), &released()),
        });
        let found = reports.flat_map(|report| report.changes).map(|change| change.kind);
        found.collect::<std::collections::BTreeSet<_>>()
    };
    let (there, back) = (kinds(false), kinds(true));
    for kind in Kind::ALL {
        // What goes in one direction comes in the other.
        let is_one_way = |one: Kind, seen: bool| kind == one && seen;
        assert!(there.contains(&kind) || is_one_way(Kind::Added, back.contains(&kind)), "{kind:?}");
        assert!(
            back.contains(&kind) || is_one_way(Kind::Removed, there.contains(&kind)),
            "{kind:?}, back"
        );
    }
}
