//! What clients may do next.

use super::*;

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
            "breaking *: the policy for any other undeclared close code was `backoff(1 s..30 s)`, and is `never`",
            "breaking connection_lost: its retry was `backoff(5 s..30 s)`, and is `never`",
        ],
        &[
            "compatible *: the policy for any other undeclared close code was `never`, and is `backoff(1 s..30 s)`",
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
fn guards_are_the_clients_own() {
    let sentence = "compatible *: what clients guard themselves with, `client(…)`, changed; clients that are deployed keep theirs";
    changed(
        |value| {
            value["guards"] = json!({ "breaker": { "open_after": 5, "half_open_after_ms": 1 } })
        },
        &[sentence],
        &[sentence],
    );
}
