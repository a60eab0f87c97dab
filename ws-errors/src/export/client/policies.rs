//! What a client may do next, and what a person sees, as data. Times are in milliseconds.

use std::time::Duration;

use ws_errors_core::names::client_name;

use crate::catalog::{
    Catalog, Delivery, Entry, Jitter, Piece, Retry, RetryKind, Text, Undeclared, UserMessage,
};
use crate::export::visible::visible_entries;

/// A value of the data.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) enum Data {
    True,
    Number(i128),
    Text(String),
    List(Vec<Data>),
    Members(Members),
}

/// Members by their names, which are words with `_` between them.
pub(in crate::export) type Members = Vec<(&'static str, Data)>;

fn text(text: &str) -> Data {
    Data::Text(text.to_owned())
}

fn milliseconds(wait: Duration) -> Data {
    Data::Number(i128::try_from(wait.as_millis()).unwrap_or(i128::MAX))
}

fn number(number: impl Into<i128>) -> Data {
    Data::Number(number.into())
}

/// The policies of errors and closes, by kind.
pub(in crate::export) fn retries(
    catalog: &'static Catalog,
) -> impl Iterator<Item = (&'static str, Members)> {
    visible_entries(catalog).map(|entry| (entry.name, policy(catalog.retry(entry), Some(entry))))
}

/// The policies of codes that nobody declared: the ranges, and that of all others.
pub(in crate::export) fn ranges(policies: &Undeclared<'_>) -> (Vec<Members>, Members) {
    let ranges = policies.ranges.iter().map(|range| {
        let own = Data::Members(policy(&range.retry, None));
        vec![("first", number(range.first)), ("last", number(range.last)), ("policy", own)]
    });
    (ranges.collect(), policy(policies.unknown, None))
}

fn policy(retry: &Retry, entry: Option<&Entry>) -> Members {
    let word = match retry.kind {
        RetryKind::Never | RetryKind::Unknown => "never",
        RetryKind::NeverOnConnection => "never_on_connection",
        RetryKind::Now => "now",
        RetryKind::After(_) => "after",
        RetryKind::Backoff { .. } => "backoff",
        RetryKind::When { .. } => "when",
        RetryKind::Leave { .. } => "leave",
    };
    let mut members = vec![("retry", text(word))];
    if entry.is_some_and(|entry| matches!(entry.delivery, Delivery::SoftThenClose(_))) {
        members.push(("closes", Data::True));
    }
    match retry.kind {
        RetryKind::After(wait) => {
            members.extend(wait.fixed.map(|wait| ("wait", milliseconds(wait))));
            let field = wait.field.and_then(|name| entry.and_then(|entry| entry.field(name)));
            members.extend(field.map(|field| ("field", text(&client_name(field.name)))));
        }
        RetryKind::Backoff { base, max } => {
            members.extend([("base", milliseconds(base)), ("max", milliseconds(max))]);
        }
        RetryKind::When { action, otherwise } => {
            members.push(("action", text(action)));
            members.extend(otherwise.map(|otherwise| ("otherwise", text(otherwise))));
        }
        RetryKind::Leave { code, reason } => {
            members.extend([("code", number(code)), ("reason", text(reason))]);
        }
        _ => {}
    }
    members.extend(retry.attempts.map(|attempts| ("attempts", number(attempts))));
    members.extend(match retry.jitter {
        Jitter::Full => None,
        Jitter::None => Some(("jitter", text("none"))),
        Jitter::Add(most) => Some(("jitter", milliseconds(most))),
    });
    members.extend(retry.spread.map(|spread| ("spread", milliseconds(spread))));
    members
}

/// What a client guards itself with.
pub(in crate::export) fn guards(catalog: &Catalog) -> Vec<(&'static str, Members)> {
    let guards = &catalog.guards;
    let mut out = Vec::new();
    if let Some(storm) = guards.storm {
        out.push((
            "storm",
            vec![
                ("more_than", number(storm.more_than)),
                ("within", milliseconds(storm.within)),
                ("code", number(storm.code)),
                ("reason", text(storm.reason)),
            ],
        ));
    }
    if let Some(breaker) = guards.breaker {
        let half_open_after = milliseconds(breaker.half_open_after);
        let open_after = ("open_after", number(breaker.open_after));
        out.push(("breaker", vec![open_after, ("half_open_after", half_open_after)]));
    }
    if let Some(liveness) = guards.liveness {
        let mut said = vec![("idle", milliseconds(liveness.idle))];
        if let Some(ping) = liveness.ping {
            said.push(("ping", text(ping)));
            said.extend(liveness.pong.map(|pong| ("pong", text(pong))));
            said.push(("within", milliseconds(liveness.within)));
        }
        if let Some(code) = liveness.code {
            said.extend([("code", number(code)), ("reason", text(liveness.reason))]);
        }
        out.push(("liveness", said));
    }
    out
}

/// What a person sees, by kind.
pub(in crate::export) fn messages(catalog: &'static Catalog) -> Vec<(&'static str, Members)> {
    let entries = visible_entries(catalog);
    let said = entries.filter_map(|entry| Some((entry.name, message(entry.user.as_ref()?, entry))));
    said.collect()
}

/// What a person sees where an error has no message of its own.
pub(in crate::export) fn fallback(catalog: &Catalog) -> Option<Members> {
    catalog.entries.iter().find_map(|entry| {
        let user = entry.user.as_ref().filter(|user| user.fallback)?;
        Some(message(user, entry))
    })
}

fn message(user: &UserMessage, entry: &Entry) -> Members {
    let words = |text: &Text| words(text, entry);
    let mut members = vec![("title", words(&user.title)), ("message", words(&user.message))];
    members.extend(user.action.as_ref().map(|action| ("action", words(action))));
    members
}

/// A text; one with fields in it as its pieces.
fn words(words: &Text, entry: &Entry) -> Data {
    if let Some(constant) = words.constant() {
        return text(constant);
    }
    let pieces = words.0.iter().map(|piece| match piece {
        Piece::Literal(literal) => text(literal),
        Piece::Field { name, .. } => {
            let wire = entry.field(name).map_or(*name, |field| field.name);
            Data::Members(vec![("field", text(&client_name(wire)))])
        }
    });
    Data::List(pieces.collect())
}
