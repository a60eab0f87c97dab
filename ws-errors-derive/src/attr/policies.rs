//! `closes(…)` and `codes(…)`: policies for ranges of codes.

use proc_macro2::Span;
use ws_errors_core::catalog::{Policies, PolicyRange};
use ws_errors_core::names::did_you_mean;
use ws_errors_core::rules::policies;

use super::item::Item;
use super::retry::retry;
use super::value;
use crate::cursor::{Cursor, Spanned};
use crate::errors::{both, error};
use crate::keep;

/// `4000`, `4000..=4099`.
pub(crate) fn range(item: &mut Cursor, key: &str, what: &str) -> syn::Result<(i64, i64)> {
    let first = value::integer(item, what)?;
    if !item.take_puncts('.', '.') {
        return Ok((first.value, first.value));
    }
    item.expect_punct('=', what)?;
    let last = value::integer(item, what)?.value;
    first.allowed(|first| policies::range(first, last, key))?;
    Ok((first.value, last))
}

/// `4000..=4099 = never, unknown = backoff(1s..30s)`.
pub(crate) fn policies(item: Item, undeclared: Policies) -> syn::Result<Policies> {
    let key = &item.key.clone();
    let what = &format!(
        "`{key}` takes ranges with a policy: `{key}(4000..=4099 = never, unknown = backoff(1s..30s))`"
    );
    let mut ranges: Vec<(PolicyRange, Span)> = Vec::new();
    let mut stated = None;
    for mut item in item.arguments()?.split_at_commas() {
        let span = item.span();
        if let Some(word) = item.take_name() {
            if word != "unknown" {
                let near = did_you_mean(&word, ["unknown"]);
                return error(span, format!("`{key}` has no `{word}`{near}\n{what}"));
            }
            item.expect_punct('=', what)?;
            let unknown = Spanned { value: retry(item)?.retry, span };
            unknown.allowed(|unknown| policies::unknown(&unknown))?;
            if stated.replace(unknown.value).is_some() {
                return error(span, "`unknown` is given twice");
            }
            continue;
        }
        let (first, last) = range(&mut item, key, what)?;
        item.expect_punct('=', what)?;
        Policies::takes(key, first, last).or_else(|words| error(span, words))?;
        let excluded = |(other, place): &(PolicyRange, Span)| {
            Some((other.excludes(first, last, key)?, *place))
        };
        if let Some((words, place)) = ranges.iter().find_map(excluded) {
            return both(span, words, place, "the other range is here");
        }
        ranges.push((PolicyRange { first, last, retry: retry(item)?.retry }, span));
    }
    Ok(Policies {
        ranges: keep::list(ranges.into_iter().map(|(range, _)| range).collect()),
        unknown: stated.unwrap_or(undeclared.unknown),
        is_stated: stated.is_some(),
    })
}
