//! `client(…)`: what the client guards itself with.

use proc_macro2::Span;
use ws_errors_core::catalog::{Breaker, Guards, Liveness, Storm};
use ws_errors_core::rules::policies;

use super::item::{Item, named};
use super::retry::leave;
use crate::cursor::Cursor;
use crate::errors::error;

const WHAT: &str = "`client` takes `storm(more_than = 10, within = 60s, leave(4999, \"reason\"))`, `breaker(open_after = 5, half_open_after = 60s)` and `liveness(idle = 30s, ping = \"…\", pong = \"…\", within = 10s)`";

/// `storm(more_than = 10, within = 60s, leave(4999, "Error storm")), breaker(…), liveness(…)`.
pub(super) fn guards(item: Item) -> syn::Result<Guards> {
    let mut guards = Guards::NONE;
    for item in named("client", &item.arguments()?, &["breaker", "liveness", "storm"], WHAT)? {
        let (key, span) = (item.key.clone(), item.span);
        let inside = item.arguments()?;
        match key.as_str() {
            "storm" => guards.storm = Some(storm(span, &inside)?),
            "breaker" => guards.breaker = Some(breaker(span, &inside)?),
            _ => guards.liveness = Some(liveness(&inside)?),
        }
    }
    Ok(guards)
}

fn storm(span: Span, inside: &Cursor) -> syn::Result<Storm> {
    let (mut more_than, mut within, mut leave) = (None, None, None);
    for item in named("storm", inside, &["leave", "more_than", "within"], WHAT)? {
        match item.key.as_str() {
            "more_than" => more_than = Some(item.count()?),
            "within" => within = Some(item.duration()?),
            _ => leave = Some(left(item)?),
        }
    }
    match (more_than, within, leave) {
        (Some(more_than), Some(within), Some((code, reason))) => {
            Ok(Storm { more_than, within, code, reason })
        }
        _ => error(span, WHAT),
    }
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

fn liveness(inside: &Cursor) -> syn::Result<Liveness> {
    let mut liveness = Liveness::BLANK;
    let mut of_answers = None;
    for item in named("liveness", inside, &["idle", "leave", "ping", "pong", "within"], WHAT)? {
        let (key, span) = (item.key.clone(), item.span);
        match key.as_str() {
            "idle" => liveness.idle = item.duration()?,
            "ping" => liveness.ping = Some(item.text()?),
            "pong" => liveness.pong = Some(item.text()?),
            "within" => liveness.within = item.duration()?,
            _ => {
                let (code, reason) = left(item)?;
                (liveness.code, liveness.reason) = (Some(code), reason);
            }
        }
        if ["pong", "within"].contains(&key.as_str()) {
            of_answers = Some((span, key));
        }
    }
    if let Some((span, word)) = of_answers {
        policies::liveness(&liveness, &word).or_else(|words| error(span, words))?;
    }
    Ok(liveness)
}

fn breaker(span: Span, inside: &Cursor) -> syn::Result<Breaker> {
    let (mut open_after, mut half_open_after) = (None, None);
    for item in named("breaker", inside, &["half_open_after", "open_after"], WHAT)? {
        match item.key.as_str() {
            "open_after" => open_after = Some(item.count()?),
            _ => half_open_after = Some(item.duration()?),
        }
    }
    let (Some(open_after), Some(half_open_after)) = (open_after, half_open_after) else {
        return error(span, WHAT);
    };
    let breaker = Breaker { open_after, half_open_after };
    policies::breaker(&breaker).or_else(|words| error(span, words))?;
    Ok(breaker)
}
