//! What a policy may be, what excludes what in it, and the words for it.

use std::time::Duration;

use super::values::Judged;
use crate::catalog::{Breaker, Liveness, Policies, PolicyRange, Retry, RetryKind};

/// How often a client tries at most.
///
/// # Errors
/// Says that it tries at least once.
pub fn attempts(attempts: u32) -> Judged {
    match attempts {
        0 => Err("`attempts = 0` never tries; write `never`".to_owned()),
        _ => Ok(()),
    }
}

/// What means nothing for a policy is refused, and not forgotten: the first such option, and why.
/// `has` says which options are stated, and `name` how the policy is written.
pub fn excluded(
    kind: &RetryKind,
    name: &str,
    has: impl Fn(&str) -> bool,
) -> Option<(&'static str, String)> {
    let waits = matches!(kind, RetryKind::After(_) | RetryKind::Backoff { .. });
    let is_now = matches!(kind, RetryKind::Now);
    let is_when = matches!(kind, RetryKind::When { .. });
    let does = |what| format!("`{name}` {what}");
    [
        ("attempts", waits || is_now || is_when, does("makes no attempts, so it can't bound them")),
        ("jitter", waits, does("does not wait, so it has no jitter")),
        ("spread", waits || is_now, does("does not wait, so it has no window")),
        (
            "otherwise",
            is_when,
            "`otherwise` goes with `when(action, otherwise = action)`".to_owned(),
        ),
    ]
    .into_iter()
    .find(|(option, means_something, _)| has(option) && !means_something)
    .map(|(option, _, why)| (option, why))
}

/// Waits that double from the first to the longest.
///
/// # Errors
/// Says which of the two comes first, and that it grows.
pub fn backoff(base: Duration, max: Duration) -> Judged<RetryKind> {
    if base.is_zero() {
        return Err("`backoff` from 0 never grows; write `now`, or a first wait".to_owned());
    }
    if max < base {
        return Err("`backoff` takes its first wait and then its longest, which is shorter here: write `backoff(1s..30s)`".to_owned());
    }
    Ok(RetryKind::Backoff { base, max })
}

/// What a client does with a code that nobody declared.
///
/// # Errors
/// Says that a policy has to be stated.
pub fn unknown(retry: &Retry) -> Judged {
    match retry.kind {
        RetryKind::Unknown => Err("`unknown = unknown` says nothing; write what a client does with a code that nobody declared: `unknown = backoff(1s..30s)`".to_owned()),
        _ => Ok(()),
    }
}

/// The numbers from the first to the last, as `key` takes them.
///
/// # Errors
/// Says how to write what is meant.
pub fn range(first: i64, last: i64, key: &str) -> Judged {
    match last < first {
        true => Err(format!("`{key}`: {first}..={last} is empty; write {last}..={first}")),
        false => Ok(()),
    }
}

impl Policies {
    /// Whether `key`, which is `closes` or `codes`, takes a policy for a range of codes. A policy for
    /// what no close frame carries would be for a message's code.
    ///
    /// # Errors
    /// Says which codes a close frame carries.
    pub fn takes(key: &str, first: i64, last: i64) -> Judged {
        match key == "closes" && (first < 1000 || last > 4999) {
            true => Err(format!(
                "`closes`: no close frame carries {first}..={last}; close codes are 1000 to 4999, and `codes(…)` is for those of messages"
            )),
            false => Ok(()),
        }
    }
}

impl PolicyRange {
    /// Why a range may not be stated beside this one of the same `key`, where it may not.
    pub fn excludes(&self, first: i64, last: i64, key: &str) -> Option<String> {
        (first <= self.last && self.first <= last).then(|| {
            format!(
                "`{key}`: {first}..={last} overlaps {}..={}; a code has one policy",
                self.first, self.last
            )
        })
    }
}

/// A circuit breaker.
///
/// # Errors
/// Says that one is closed in the beginning.
pub fn breaker(breaker: &Breaker) -> Judged {
    match breaker.open_after {
        0 => Err("`breaker`: one that opens after 0 failures is never closed; write `open_after = 1`, or more".to_owned()),
        _ => Ok(()),
    }
}

/// What a client does about a silent connection. `word` is the last that speaks of an answer.
///
/// # Errors
/// Says that without a `ping` there is no answer.
pub fn liveness(liveness: &Liveness, word: &str) -> Judged {
    match liveness.ping {
        None => Err(format!(
            "`liveness`: `{word}` speaks of the answer to a `ping`; write `ping = \"…\"` before it, or leave `{word}` out"
        )),
        Some(_) => Ok(()),
    }
}
