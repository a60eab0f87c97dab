//! Whether a policy asks clients for more patience, or for less.

use std::time::Duration;

use serde_json::Value;

use super::Effect;
use crate::export::words::duration;

/// What a change of a policy does to clients that keep to the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// They may do more than before: the old policy is within the new one.
    Given,
    /// They must wait longer, try less often, or do something else first.
    Asked,
    /// They must stop trying.
    Ended,
}

impl Patience {
    pub(super) fn effect(self) -> Effect {
        match self {
            Self::Given => Effect::Compatible,
            Self::Asked => Effect::Possible,
            Self::Ended => Effect::Breaking,
        }
    }
}

/// What changed, as the rest of a sentence that starts with what has the policy; `None` where
/// nothing did.
pub(super) fn compare(was: &Value, is: &Value) -> Option<(Patience, String)> {
    // Catalogs of older versions don't say how `now` goes on.
    let both_now = kind(was) == "now" && kind(is) == "now";
    if was == is || both_now && said(was) == said(is) {
        return None;
    }
    let what = format!("was `{}`, and is `{}`", said(was), said(is));
    Some((patience(was, is), what))
}

fn patience(was: &Value, is: &Value) -> Patience {
    match (rank(was), rank(is)) {
        // Leaving is for the client to do, and old ones don't.
        (Rank::Never, Rank::Leave) => Patience::Asked,
        (Rank::Leave, Rank::Leave) => Patience::Given,
        (was, is) if is <= Rank::NotHere && is < was => Patience::Ended,
        (was, is) if was <= Rank::NotHere && was <= is => Patience::Given,
        _ if is_within(was, is) => Patience::Given,
        _ => Patience::Asked,
    }
}

/// How much a policy allows, as far as its kind says.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Leave,
    Never,
    NotHere,
    Again,
}

fn rank(retry: &Value) -> Rank {
    match kind(retry) {
        "leave" => Rank::Leave,
        "never" => Rank::Never,
        "never_on_connection" => Rank::NotHere,
        _ => Rank::Again,
    }
}

fn kind(retry: &Value) -> &str {
    retry["kind"].as_str().unwrap_or_default()
}

/// Whether a client that keeps to the old policy keeps to the new one, too.
fn is_within(was: &Value, is: &Value) -> bool {
    let more_attempts = match (was["attempts"].as_u64(), is["attempts"].as_u64()) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(was), Some(is)) => was <= is,
    };
    let no_longer = |key: &str| number(was, key) >= number(is, key);
    let waits = match (kind(was), kind(is)) {
        (_, "now") => true,
        ("when", "when") => was["action"] == is["action"] && was["otherwise"] == is["otherwise"],
        ("after", "after") => {
            was["field"] == is["field"] && was["unit"] == is["unit"] && no_longer("wait_ms")
        }
        ("backoff", "backoff") => no_longer("base_ms") && no_longer("max_ms"),
        // The whole wait is at least the first one of a back-off, and at most its longest.
        ("after", "backoff") => {
            was["field"].is_null() && number(was, "wait_ms") >= number(is, "max_ms")
        }
        ("backoff", "after") => {
            is["field"].is_null() && number(was, "base_ms") >= number(is, "wait_ms")
        }
        _ => false,
    };
    let any_moment = kind(is) == "now" || jitter(was) <= jitter(is);
    more_attempts && waits && any_moment && no_longer("spread_ms")
}

fn number(retry: &Value, key: &str) -> f64 {
    retry[key].as_f64().unwrap_or(0.0)
}

/// How much sooner than its wait a client may come: full jitter allows any moment.
fn jitter(retry: &Value) -> u8 {
    match retry["jitter"].as_str() {
        Some("full") => 2,
        Some(_) => 1,
        None if retry["jitter"].is_object() => 0,
        None => 1,
    }
}

/// The policy in a few words, as the attribute writes it.
pub(super) fn said(retry: &Value) -> String {
    let wait = |key: &str| {
        let millis = retry[key].as_f64().unwrap_or(0.0);
        duration(Duration::try_from_secs_f64(millis / 1000.0).unwrap_or_default())
    };
    let text = |key: &str| retry[key].as_str().unwrap_or_default();
    // Unsaid, it is milliseconds.
    let unit = retry["unit"].as_str().map(|unit| format!(" in {unit}")).unwrap_or_default();
    let mut words = match kind(retry) {
        "never_on_connection" => "never(connection)".to_owned(),
        "after" => match (retry["field"].as_str(), retry.get("wait_ms")) {
            (Some(field), Some(_)) => format!("after({field}{unit} ?? {}", wait("wait_ms")),
            (Some(field), None) => format!("after({field}{unit}"),
            (None, _) => format!("after({}", wait("wait_ms")),
        },
        "backoff" => format!("backoff({}..{}", wait("base_ms"), wait("max_ms")),
        "when" => format!("when({}", text("action")),
        "leave" => format!("leave({}", retry["code"]),
        other => return limited(other, retry),
    };
    if kind(retry) == "never_on_connection" {
        return words;
    }
    if let Some(otherwise) = retry["otherwise"].as_str() {
        words.push_str(&format!(", otherwise = {otherwise}"));
    }
    if !text("reason").is_empty() {
        words.push_str(&format!(", {:?}", text("reason")));
    }
    limited(&words, retry)
}

/// What bounds a policy, behind the rest of it.
fn limited(words: &str, retry: &Value) -> String {
    let mut words = words.to_owned();
    let mut is_open = words.contains('(');
    let mut say = |limit: String| {
        words.push_str(if is_open { ", " } else { "(" });
        words.push_str(&limit);
        is_open = true;
    };
    if let Some(attempts) = retry["attempts"].as_u64() {
        say(format!("attempts = {attempts}"));
    }
    let millis = |value: &Value| {
        let millis = value.as_f64().unwrap_or(0.0);
        duration(Duration::try_from_secs_f64(millis / 1000.0).unwrap_or_default())
    };
    match &retry["jitter"] {
        Value::String(jitter) if jitter == "none" => say("jitter = none".to_owned()),
        Value::Object(add) => {
            say(format!("jitter = add({})", add.get("add_ms").map_or(String::new(), millis)));
        }
        _ => {}
    }
    if let Some(spread) = retry.get("spread_ms") {
        say(format!("spread = {}", millis(spread)));
    }
    if is_open {
        words.push(')');
    }
    words
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_policy_only_ever_gives_asks_for_or_ends_patience() {
        let backoff = |base: u32, max: u32| json!({ "kind": "backoff", "base_ms": base, "max_ms": max, "jitter": "full" });
        let after = |wait: u32| json!({ "kind": "after", "wait_ms": wait, "jitter": "full" });
        let never = json!({ "kind": "never" });
        let here = json!({ "kind": "never_on_connection" });
        let now = json!({ "kind": "now" });
        let leave = json!({ "kind": "leave", "code": 1000 });
        let when = |action: &str| json!({ "kind": "when", "action": action });
        let given = Patience::Given;
        let (asked, ended) = (Patience::Asked, Patience::Ended);
        for (one, other, there, back) in [
            (&now, &never, ended, given),
            (&now, &leave, ended, given),
            (&now, &here, ended, given),
            (&here, &never, ended, given),
            (&never, &leave, asked, given),
            (&now, &after(1000), asked, given),
            (&now, &when("refresh"), asked, given),
            (&after(1000), &after(2000), asked, given),
            (&backoff(1, 30), &backoff(2, 30), asked, given),
            (&backoff(1, 30), &backoff(1, 60), asked, given),
            (&after(30), &backoff(1, 30), given, asked),
            (&when("refresh"), &when("log_in"), asked, asked),
        ] {
            // The second is the first one's opposite, but where neither is within the other.
            assert_eq!(patience(one, other), there, "{one} to {other}");
            assert_eq!(patience(other, one), back, "{other} to {one}");
        }
    }

    #[test]
    fn fewer_attempts_and_less_jitter_ask_for_patience() {
        let retry = |attempts: Option<u32>, jitter: Value| json!({ "kind": "after", "wait_ms": 1, "attempts": attempts, "jitter": jitter });
        for (one, other) in [
            (retry(None, json!("full")), retry(Some(3), json!("full"))),
            (retry(Some(3), json!("full")), retry(Some(2), json!("full"))),
            (retry(None, json!("full")), retry(None, json!("none"))),
            (retry(None, json!("none")), retry(None, json!({ "add_ms": 5 }))),
        ] {
            assert_eq!(patience(&one, &other), Patience::Asked);
            assert_eq!(patience(&other, &one), Patience::Given);
        }
    }

    #[test]
    fn a_catalog_that_does_not_say_how_now_goes_on_has_the_same_policy() {
        let now = json!({ "kind": "now" });
        let is = json!({ "kind": "now", "base_ms": 1000, "max_ms": 30000 });
        assert!(compare(&now, &is).is_none() && compare(&is, &now).is_none());
        let bounded = json!({ "kind": "now", "attempts": 2, "base_ms": 1000, "max_ms": 30000 });
        assert!(compare(&now, &bounded).is_some());
    }

    #[test]
    fn a_policy_is_said_as_the_attribute_writes_it() {
        for (retry, words) in [
            (json!({ "kind": "never" }), "never"),
            (json!({ "kind": "now", "attempts": 2 }), "now(attempts = 2)"),
            (json!({ "kind": "after", "field": "wait", "wait_ms": 1000 }), "after(wait ?? 1 s)"),
            (
                json!({ "kind": "after", "field": "wait", "unit": "seconds", "wait_ms": 1000 }),
                "after(wait in seconds ?? 1 s)",
            ),
            (
                json!({ "kind": "backoff", "base_ms": 500, "max_ms": 30000, "jitter": { "add_ms": 1000 } }),
                "backoff(500 ms..30 s, jitter = add(1 s))",
            ),
            (
                json!({ "kind": "when", "action": "refresh", "otherwise": "log_in", "attempts": 3 }),
                "when(refresh, otherwise = log_in, attempts = 3)",
            ),
            (json!({ "kind": "leave", "code": 1000, "reason": "gone" }), "leave(1000, \"gone\")"),
        ] {
            assert_eq!(said(&retry), words);
        }
    }
}
