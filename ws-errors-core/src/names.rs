//! Names in messages: lists, and what was probably meant.

use std::fmt::Display;

/// The names of a list in backticks, for a message.
pub fn list_names(names: impl IntoIterator<Item: Display>) -> String {
    names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The name of a field in generated clients and in translations: one that means something of its own
/// to every error there has an underscore behind it.
pub fn client_name(field: &str) -> String {
    match field {
        "kind" | "code" | "message" | "context" | "data" | "__proto__" => format!("{field}_"),
        name => name.to_owned(),
    }
}

/// Everybody, as an audience: for whom an entry is that has none.
pub const PUBLIC: &str = "public";

/// Whether a name can be an audience's. Several are given separated by commas.
pub fn is_audience(name: &str) -> bool {
    let is_of = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    !name.is_empty() && name != PUBLIC && name.chars().all(is_of)
}

/// What to write instead of a word that serde, other libraries and first guesses have, in a place that is
/// called so.
pub fn instead(place: &str, word: &str) -> Option<&'static str> {
    let found = INSTEAD.iter().find(|(at, words, _)| *at == place && words.contains(&word));
    found.map(|(.., ours)| *ours)
}

const INSTEAD: &[(&str, &[&str], &str)] = &[
    (
        "an enum",
        &["rename", "name"],
        "write `#[ws_error(catalog = \"…\")]`, which names the catalog",
    ),
    ("an enum", &["rename_all"], "write `#[ws_error(rename_all = \"…\")]`"),
    ("an enum", &["rename_all_fields"], "write `#[ws_error(rename = \"…\")]` on each field"),
    (
        "an enum",
        &["tag", "content", "untagged"],
        "write `#[ws_error(envelope = { \"type\": \"error\", \"code\": code })]`: its members are the tags",
    ),
    ("a variant", &["rename"], "write `#[ws_error(name = \"…\")]`"),
    ("a variant", &["rename_all"], "write `#[ws_error(rename = \"…\")]` on each field"),
    (
        "a variant",
        &["skip", "skip_serializing"],
        "write `#[ws_error(hidden)]`, which leaves it out of docs and TypeScript",
    ),
    ("a variant", &["untagged"], "write `#[ws_error(envelope = { … })]` on the enum"),
    (
        "a variant",
        &["status"],
        "write `#[ws_error(http(status = 404))]`, or `rejected(404)` at the handshake",
    ),
    ("a field", &["skip", "skip_serializing"], "write `#[ws_error(skip)]`"),
    ("a field", &["rename", "name"], "write `#[ws_error(rename = \"…\")]`"),
    ("a field", &["skip_serializing_if"], "make it an `Option`: `None` is left out of `details`"),
    (
        "a field",
        &["serialize_with", "with"],
        "write `#[ws_error(as = \"string\")]` for an integer of 64 bits, or give the field a type whose `Serialize` does it",
    ),
    ("a field", &["flatten"], "write the fields into the variant, or the envelope as you want it"),
    (
        "an enum",
        &["after", "backoff", "leave", "never", "now", "unknown", "when"],
        "write `default(retry = …)`, which all variants inherit",
    ),
    (
        "an enum",
        &["context"],
        "write `envelope(Context) = …`: the type of a context chooses the envelope",
    ),
    ("`default(…)`", &["after", "backoff", "never", "now"], "write `default(retry = …)`"),
    ("a variant", &["description", "detail", "text"], "write `message = \"…\"`"),
    ("a variant", &["never"], "write `retry = never`"),
    ("a variant", &["now"], "write `retry = now`"),
    ("a variant", &["unknown"], "write `retry = unknown`"),
    ("a variant", &["after", "retry_after", "wait"], "write `retry = after(30s)`"),
    ("a variant", &["backoff"], "write `retry = backoff(1s..30s)`"),
    (
        "a variant",
        &["when"],
        "write `retry = when(refresh_token)`, with an action of the application",
    ),
    ("a variant", &["leave"], "write `retry = leave(1000, \"reason\")`"),
    ("a variant", &["close_code", "reason"], "write `close(4001, \"reason\")`"),
    ("a variant", &["action", "fallback", "title"], "write `user(title = \"…\", message = \"…\")`"),
    ("a variant", &["deprecated"], "write `#[deprecated]`, without `ws_error`"),
    (
        "a variant",
        &["retryable"],
        "write `retry = …`, or `recoverable = true` where that says otherwise",
    ),
];

/// "; did you mean `x`?" where one of the names is near, else nothing.
pub fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    nearest(written, names).map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

/// The name that was probably meant, where one is near.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|name| (distance(written, name), name))
        .filter(|&(distance, name)| distance <= 1 + name.len() / 4)
        .min()
        .map(|(_, name)| name)
}

/// A name in words: `channel_not_authorized`, `ChannelNotAuthorized` and `CHANNEL_NOT_AUTHORIZED` are
/// "Channel not authorized".
pub fn in_words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut before = ' ';
    for c in name.chars() {
        let is_gap = matches!(c, '_' | '-' | '.' | ' ');
        if (is_gap || c.is_uppercase() && before.is_lowercase()) && !words.ends_with(' ') {
            words.push(' ');
        }
        if !is_gap {
            words.extend(c.to_lowercase());
        }
        before = c;
    }
    let words = words.trim();
    let mut rest = words.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// How many characters must be inserted, deleted, replaced, or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 8 || a.len() > 64 {
        return usize::MAX;
    }
    let mut rows = vec![(0..=b.len()).collect::<Vec<_>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_words_is_the_same_however_it_is_spelt() {
        for name in ["channel_not_authorized", "ChannelNotAuthorized", "CHANNEL-NOT-AUTHORIZED"] {
            assert_eq!(in_words(name), "Channel not authorized");
        }
        assert_eq!((in_words("4003").as_str(), in_words("_").as_str()), ("4003", ""));
    }

    #[test]
    fn a_near_miss_is_answered_with_the_name_that_was_meant() {
        let keys = ["message", "retry", "close", "code"];
        assert_eq!(did_you_mean("mesage", keys), "; did you mean `message`?");
        assert_eq!(did_you_mean("rerty", keys), "; did you mean `retry`?");
        assert_eq!(did_you_mean("wombat", keys), "");
    }
}
