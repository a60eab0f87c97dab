//! What is compared at all, and how it is reported.

use super::*;

#[test]
fn what_this_version_knows_nothing_of_is_not_passed_over() {
    changed(
        |value| {
            value["entries"][1]["newer"] = 1.into();
            value["newest"] = 1.into();
        },
        &[
            "possible *: the catalog's `newest` changed, and this program does not know it",
            "possible backend_error: its `newer` changed, and this program does not know it",
        ],
        &[
            "possible *: the catalog's `newest` changed, and this program does not know it",
            "possible backend_error: its `newer` changed, and this program does not know it",
        ],
    );
}

#[test]
fn what_is_no_catalog_is_said_to_be_none() {
    let good = released().to_string();
    for (old, error) in [
        (
            "{",
            "the old catalog is not JSON: EOF while parsing an object at line 1 column 1; give it the file that `export --only json` writes",
        ),
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
            → keep what clients know, and add to it; or declare the new shape for a context that only newer clients ask for: `envelope(V2) = …`
breaking    `backend_error`: `type` was `\"error\"`, and is `\"err\"`
            → keep what clients know, and add to it; or declare the new shape for a context that only newer clients ask for: `envelope(V2) = …`
wording     `backend_error`: its `docs` changed
"
    );
    let value: Value = serde_json::from_str(&report.json()).unwrap();
    assert_eq!(value["breaking"], true);
    assert_eq!(value["changes"][0]["path"], "type");
    assert_eq!(value["changes"][0]["kind"], "message");
    assert_eq!(value["changes"][2]["effect"], "wording");
}

#[test]
fn what_is_said_of_several_errors_is_in_the_plural() {
    let report = report(&released(), &with(|value| value["entries"] = json!([])));
    let names = "`channel_not_authorized`, `backend_error`, `invalid_token`, `connection_lost`";
    assert!(report.to_string().contains(&format!("breaking    {names}: are gone\n")), "{report}");
}

/// A change of each kind: a kind that is added has to be reported, too.
#[test]
fn every_kind_of_change_is_reported_there_and_back() {
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
