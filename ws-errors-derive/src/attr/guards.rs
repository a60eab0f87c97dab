//! `client(…)`: what the client guards itself with.

use ws_errors_core::catalog::{Breaker, Guards, Liveness, Storm};
use ws_errors_core::rules::policies;

use super::item::{Attributes, Item, Read, inside, put};
use super::retry::leave;
use crate::errors::{Errors, error};

const WHAT: &str = "`client` takes `storm(more_than = 10, within = 60s, leave(4999, \"reason\"))`, `breaker(open_after = 5, half_open_after = 60s)` and `liveness(idle = 30s, ping = \"…\", pong = \"…\", within = 10s)`";

/// `storm(more_than = 10, within = 60s, leave(4999, "Error storm")), breaker(…), liveness(…)`.
pub(super) fn guards(item: Item, errors: &Errors) -> syn::Result<Guards> {
    Ok(inside(Guards::NONE, item, &[], WHAT, errors)?.0)
}

impl Attributes for Guards {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("breaker", |of, item, errors| put(&mut of.breaker, breaker(item, errors))),
        ("liveness", |of, item, errors| put(&mut of.liveness, liveness(item, errors))),
        ("storm", |of, item, errors| put(&mut of.storm, storm(item, errors))),
    ];
}

impl Attributes for Storm {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("leave", |of, item, _| left(item).map(|left| (of.code, of.reason) = left)),
        ("more_than", |of, item, _| item.count().map(|count| of.more_than = count)),
        ("within", |of, item, _| item.duration().map(|window| of.within = window)),
    ];
}

fn storm(item: Item, errors: &Errors) -> syn::Result<Storm> {
    Ok(inside(Storm::default(), item, &Storm::keys(), WHAT, errors)?.0)
}

/// What the client closes with: `leave(4999, "reason")`.
fn left(item: Item) -> syn::Result<(u16, &'static str)> {
    let inside = item.arguments()?;
    let mut values = inside.split_at_commas().into_iter();
    match (values.next(), values.next(), values.next()) {
        (Some(code), reason, None) => leave(code, reason, WHAT),
        _ => error(inside.span(), WHAT),
    }
}

impl Attributes for Liveness {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("idle", |of, item, _| item.duration().map(|idle| of.idle = idle)),
        ("leave", |of, item, _| {
            left(item).map(|(code, reason)| (of.code, of.reason) = (Some(code), reason))
        }),
        ("ping", |of, item, _| put(&mut of.ping, item.text())),
        ("pong", |of, item, _| put(&mut of.pong, item.text())),
        ("within", |of, item, _| item.duration().map(|within| of.within = within)),
    ];
}

fn liveness(item: Item, errors: &Errors) -> syn::Result<Liveness> {
    let (liveness, stated) = inside(Liveness::BLANK, item, &[], WHAT, errors)?;
    // The last of those that speak of an answer.
    if let Some((word, span)) = stated.iter().rfind(|(key, _)| key == "pong" || key == "within") {
        policies::liveness(&liveness, word).or_else(|words| error(*span, words))?;
    }
    Ok(liveness)
}

impl Attributes for Breaker {
    const KEYS: &'static [(&'static str, Read<Self>)] = &[
        ("half_open_after", |of, item, _| item.duration().map(|after| of.half_open_after = after)),
        ("open_after", |of, item, _| item.count().map(|after| of.open_after = after)),
    ];
}

fn breaker(item: Item, errors: &Errors) -> syn::Result<Breaker> {
    let span = item.span;
    let (breaker, _) = inside(Breaker::default(), item, &Breaker::keys(), WHAT, errors)?;
    policies::breaker(&breaker).or_else(|words| error(span, words))?;
    Ok(breaker)
}
