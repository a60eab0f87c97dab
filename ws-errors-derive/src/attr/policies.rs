//! `closes(…)` and `codes(…)`: policies for ranges of codes.

use proc_macro2::Span;
use ws_errors_core::catalog::{Policies, PolicyRange, RetryKind};
use ws_errors_core::names::did_you_mean;

use super::retry::retry;
use super::value;
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::error;
use crate::keep;

/// `4000`, `4000..=4099`.
pub(crate) fn range(item: &mut Cursor, key: &str, what: &str) -> syn::Result<(i64, i64)> {
    let Spanned { value: first, span } = value::integer(item, what)?;
    if !item.take_puncts('.', '.') {
        return Ok((first, first));
    }
    item.expect_punct('=', what)?;
    let last = value::integer(item, what)?.value;
    if last < first {
        return error(span, format!("`{key}`: {first}..={last} is empty; write {last}..={first}"));
    }
    Ok((first, last))
}

/// `4000..=4099 = never, unknown = backoff(1s..30s)`.
pub(crate) fn policies(cursor: &Cursor, key: &str, undeclared: Policies) -> syn::Result<Policies> {
    let mut ranges: Vec<(PolicyRange, Span)> = Vec::new();
    let mut stated = None;
    for mut item in cursor.split_at_commas() {
        let span = item.span();
        let what = format!(
            "`{key}` takes ranges with a policy: `{key}(4000..=4099 = never, unknown = backoff(1s..30s))`"
        );
        if let Some(word) = item.take_ident() {
            if word != "unknown" {
                let near = did_you_mean(&plain(&word), ["unknown"]);
                return error(span, format!("`{key}` has no `{word}`{near}\n{what}"));
            }
            item.expect_punct('=', &what)?;
            let unknown = retry(item)?.retry;
            if matches!(unknown.kind, RetryKind::Unknown) {
                return error(
                    span,
                    "`unknown = unknown` says nothing; write what a client does with a code that nobody declared: `unknown = backoff(1s..30s)`",
                );
            }
            if stated.replace(unknown).is_some() {
                return error(span, "`unknown` is given twice");
            }
            continue;
        }
        let (first, last) = range(&mut item, key, &what)?;
        item.expect_punct('=', &what)?;
        // A policy for what no close frame carries would be for a message's code.
        if key == "closes" && (first < 1000 || last > 4999) {
            return error(
                span,
                format!(
                    "`closes`: no close frame carries {first}..={last}; close codes are 1000 to 4999, and `codes(…)` is for those of messages"
                ),
            );
        }
        if let Some((other, place)) =
            ranges.iter().find(|(other, _)| first <= other.last && other.first <= last)
        {
            let mut overlap = syn::Error::new(
                span,
                format!(
                    "`{key}`: {first}..={last} overlaps {}..={}; a code has one policy",
                    other.first, other.last
                ),
            );
            overlap.combine(syn::Error::new(*place, "the other range is here"));
            return Err(overlap);
        }
        ranges.push((PolicyRange { first, last, retry: retry(item)?.retry }, span));
    }
    Ok(Policies {
        ranges: keep::list(ranges.into_iter().map(|(range, _)| range).collect()),
        unknown: stated.unwrap_or(undeclared.unknown),
        is_stated: stated.is_some(),
    })
}
