//! Policies of nested catalogs that contradict each other.

use super::unique::same;
use super::{Mistake, note};
use crate::catalog::{Catalog, Jitter, Policies, Retry, RetryKind};
use crate::compose::{Nested, Tree, Way};
use std::time::Duration;

/// What catalogs say of the same codes is the same, or the enum says it itself.
pub(super) const fn agree<const NESTED: usize>(
    tree: &'static Tree,
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut index = 0;
    while index < tree.nested.len() {
        let nested = &tree.nested[index];
        if let Some(mistake) = contexts(tree.own, nested) {
            note(mistakes, index, mistake);
        }
        if let Some(mistake) = with(tree, tree, nested.tree) {
            note(mistakes, index, mistake);
        }
        let mut before = 0;
        while before < index {
            if let Some(mistake) = between(tree, tree.nested[before].tree, nested.tree) {
                note(mistakes, index, mistake);
            }
            before += 1;
        }
        index += 1;
    }
}

/// In a context that is kept, closes are delivered as the nested catalog says.
const fn contexts(own: &'static Catalog, nested: &'static Nested) -> Option<Mistake> {
    let mut context = 0;
    while context < nested.ways.len() {
        if let Way::Kept(index) = nested.ways[context]
            && index < nested.tree.own.contexts.len()
        {
            let (here, there) = (&own.contexts[context], &nested.tree.own.contexts[index]);
            let (mine, its) = (word(here.delivery), word(there.delivery));
            if !same(mine, its) {
                return Some(Mistake::Delivery(nested.tree.own.name, here.name, its));
            }
        }
        context += 1;
    }
    None
}

const fn word(delivery: Option<crate::catalog::ContextDelivery>) -> &'static str {
    match delivery {
        Some(delivery) => delivery.word(),
        None => "",
    }
}

/// Whether two nested trees agree.
const fn between(
    outer: &'static Tree,
    one: &'static Tree,
    other: &'static Tree,
) -> Option<Mistake> {
    let mut found = with(outer, one, other);
    let mut index = 0;
    while index < one.nested.len() && found.is_none() {
        found = between(outer, one.nested[index].tree, other);
        index += 1;
    }
    found
}

/// Whether a nested tree, and what it nests, agrees with a catalog.
const fn with(outer: &'static Tree, one: &'static Tree, other: &'static Tree) -> Option<Mistake> {
    let closes = ranges(one.own, other.own, &one.own.closes, &other.own.closes);
    if closes.is_some() {
        return closes;
    }
    let codes = ranges(one.own, other.own, &one.own.codes, &other.own.codes);
    if codes.is_some() {
        return codes;
    }
    if !outer.closes_unknown
        && one.closes_unknown
        && other.closes_unknown
        && !same_retry(&one.own.closes.unknown, &other.own.closes.unknown)
    {
        return Some(Mistake::Unknown(other.own.name, one.own.name, "closes"));
    }
    if !outer.codes_unknown
        && one.codes_unknown
        && other.codes_unknown
        && !same_retry(&one.own.codes.unknown, &other.own.codes.unknown)
    {
        return Some(Mistake::Unknown(other.own.name, one.own.name, "codes"));
    }
    let mut index = 0;
    while index < other.nested.len() {
        let deeper = with(outer, one, other.nested[index].tree);
        if deeper.is_some() {
            return deeper;
        }
        index += 1;
    }
    None
}

const fn ranges(
    one: &'static Catalog,
    other: &'static Catalog,
    mine: &'static Policies,
    its: &'static Policies,
) -> Option<Mistake> {
    let mut first = 0;
    while first < mine.ranges.len() {
        let mut second = 0;
        while second < its.ranges.len() {
            let (a, b) = (&mine.ranges[first], &its.ranges[second]);
            let is_same = a.first == b.first && a.last == b.last && same_retry(&a.retry, &b.retry);
            if a.first <= b.last && b.first <= a.last && !is_same {
                return Some(Mistake::Range(other.name, one.name, b.first, b.last));
            }
            second += 1;
        }
        first += 1;
    }
    None
}

const fn same_retry(one: &Retry, other: &Retry) -> bool {
    let kind = match (&one.kind, &other.kind) {
        (RetryKind::Never, RetryKind::Never)
        | (RetryKind::NeverOnConnection, RetryKind::NeverOnConnection)
        | (RetryKind::Now, RetryKind::Now)
        | (RetryKind::Unknown, RetryKind::Unknown) => true,
        (RetryKind::After(one), RetryKind::After(other)) => same_wait(one.fixed, other.fixed),
        (RetryKind::Backoff { base, max }, RetryKind::Backoff { base: other, max: most }) => {
            base.as_millis() == other.as_millis() && max.as_millis() == most.as_millis()
        }
        (
            RetryKind::When { action, otherwise },
            RetryKind::When { action: other, otherwise: fallback },
        ) => {
            let otherwise = match (otherwise, fallback) {
                (None, None) => true,
                (Some(one), Some(other)) => same(one, other),
                _ => false,
            };
            same(action, other) && otherwise
        }
        (RetryKind::Leave { code, reason }, RetryKind::Leave { code: other, reason: why }) => {
            *code == *other && same(reason, why)
        }
        _ => false,
    };
    let attempts = match (one.attempts, other.attempts) {
        (None, None) => true,
        (Some(one), Some(other)) => one == other,
        _ => false,
    };
    let jitter = match (one.jitter, other.jitter) {
        (Jitter::Full, Jitter::Full) | (Jitter::None, Jitter::None) => true,
        (Jitter::Add(one), Jitter::Add(other)) => one.as_millis() == other.as_millis(),
        _ => false,
    };
    kind && attempts && jitter && same_wait(one.spread, other.spread)
}

const fn same_wait(one: Option<Duration>, other: Option<Duration>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => one.as_millis() == other.as_millis(),
        _ => false,
    }
}
