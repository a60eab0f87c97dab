//! Errors that come and go, their codes, and what a catalog says of itself.

use super::*;

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
        ["breaking again: uses \"OLD_CODE\" again, which was retired", "compatible again: is new",]
    );
    changed(
        |value| value["retired"] = json!([]),
        &["possible *: \"OLD_CODE\" is not retired any more, and may be used again"],
        &["compatible *: \"OLD_CODE\" is retired"],
    );
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
        ["possible backend_error: is hidden, and its code changed"]
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
            "breaking again: uses \"OLD_CODE\" again, which was retired",
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
fn another_name_of_the_catalog_is_wording() {
    changed(
        |value| value["name"] = "billing".into(),
        &["wording *: the catalog was `metered`, and is `billing`"],
        &["wording *: the catalog was `billing`, and is `metered`"],
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
fn how_requests_are_settled_is_part_of_the_contract() {
    changed(
        |value| drop(value.as_object_mut().unwrap().remove("correlate")),
        &["breaking *: `request_id` no longer says which request failed"],
        &["compatible *: `request_id` says now which request failed"],
    );
}

#[test]
fn requests_that_another_field_settles_are_for_people_to_judge() {
    changed(
        |value| value["correlate"] = "id".into(),
        &["possible *: which request failed was said by `request_id`, and is by `id`"],
        &["possible *: which request failed was said by `id`, and is by `request_id`"],
    );
}

#[test]
fn the_order_of_errors_and_of_members_is_no_change() {
    changed(|value| value["entries"].as_array_mut().unwrap().reverse(), &[], &[]);
}
