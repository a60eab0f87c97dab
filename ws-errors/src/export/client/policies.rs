//! What a client may do next, and what a person sees, as data. Times are in milliseconds.

use ws_errors_core::names::client_name;

use crate::catalog::{
    Catalog, Delivery, Entry, Jitter, Piece, Retry, RetryKind, Text, Undeclared, UserMessage,
};
use crate::export::tree::{Members, milliseconds};
use crate::export::visible::visible_entries;
use crate::wire::Tree;

/// What a member of an error is called in a language, by its [`client_name`].
pub(in crate::export) type Naming<'n> = &'n dyn Fn(&str) -> String;

/// The policies of errors and closes, by kind.
pub(in crate::export) fn retries(
    catalog: &'static Catalog,
    naming: Naming<'_>,
) -> impl Iterator<Item = (&'static str, Members)> {
    let policy = move |entry| policy(catalog.retry(entry), Some((entry, naming)));
    visible_entries(catalog).map(move |entry| (entry.name, policy(entry)))
}

/// The policies of codes that nobody declared: the ranges, and that of all others.
pub(in crate::export) fn ranges(policies: &Undeclared<'_>) -> (Vec<Members>, Members) {
    let ranges = policies.ranges.iter().map(|range| {
        let own = policy(&range.retry, None);
        Members::new().with("first", range.first).with("last", range.last).with("policy", own)
    });
    (ranges.collect(), policy(policies.unknown, None))
}

/// A policy; that of an entry with what its members are called.
fn policy(retry: &Retry, entry: Option<(&Entry, Naming<'_>)>) -> Members {
    let of = |word: &'static str| Members::new().with("retry", word);
    let is_followed =
        entry.is_some_and(|(entry, _)| matches!(entry.delivery, Delivery::SoftThenClose(_)));
    let of = |word| of(word).perhaps("closes", is_followed.then_some(true));
    let members = match retry.kind {
        RetryKind::Never | RetryKind::Unknown => of("never"),
        RetryKind::NeverOnConnection => of("never_on_connection"),
        RetryKind::Now => of("now"),
        RetryKind::After(wait) => {
            let field = wait.field.zip(entry).and_then(|(name, (entry, naming))| {
                Some(naming(&client_name(entry.field(name)?.name)))
            });
            let unit = Some(wait.unit.milliseconds()).filter(|unit| *unit != 1 && field.is_some());
            of("after")
                .perhaps("wait", wait.fixed.map(milliseconds))
                .perhaps("field", field)
                .perhaps("unit", unit)
        }
        RetryKind::Backoff { base, max } => {
            of("backoff").with("base", milliseconds(base)).with("max", milliseconds(max))
        }
        RetryKind::When { action, otherwise } => {
            of("when").with("action", action).perhaps("otherwise", otherwise)
        }
        RetryKind::Leave { code, reason } => of("leave").with("code", code).with("reason", reason),
    };
    let jitter = match retry.jitter {
        Jitter::Full => None,
        Jitter::None => Some("none".into()),
        Jitter::Add(most) => Some(milliseconds(most)),
    };
    members
        .perhaps("attempts", retry.attempts)
        .perhaps("jitter", jitter)
        .perhaps("spread", retry.spread.map(milliseconds))
}

/// What a client guards itself with.
pub(in crate::export) fn guards(catalog: &Catalog) -> Vec<(&'static str, Members)> {
    let storm = catalog.guards.storm.map(|storm| {
        Members::new()
            .with("more_than", storm.more_than)
            .with("within", milliseconds(storm.within))
            .with("code", storm.code)
            .with("reason", storm.reason)
    });
    let breaker = catalog.guards.breaker.map(|breaker| {
        let half_open_after = milliseconds(breaker.half_open_after);
        Members::new()
            .with("open_after", breaker.open_after)
            .with("half_open_after", half_open_after)
    });
    let liveness = catalog.guards.liveness.map(|liveness| {
        let within = liveness.ping.map(|_| milliseconds(liveness.within));
        Members::new()
            .with("idle", milliseconds(liveness.idle))
            .perhaps("ping", liveness.ping)
            .perhaps("pong", liveness.pong.filter(|_| liveness.ping.is_some()))
            .perhaps("within", within)
            .perhaps("code", liveness.code)
            .perhaps("reason", liveness.code.map(|_| liveness.reason))
    });
    let guards = [("storm", storm), ("breaker", breaker), ("liveness", liveness)];
    guards.into_iter().filter_map(|(name, said)| Some((name, said?))).collect()
}

/// What a person sees, by kind.
pub(in crate::export) fn messages(
    catalog: &'static Catalog,
    naming: Naming<'_>,
) -> Vec<(&'static str, Members)> {
    let entries = visible_entries(catalog);
    let said = entries
        .filter_map(|entry| Some((entry.name, message(entry.user.as_ref()?, entry, naming))));
    said.collect()
}

/// What a person sees where an error has no message of its own.
pub(in crate::export) fn fallback(catalog: &Catalog, naming: Naming<'_>) -> Option<Members> {
    catalog.entries.iter().find_map(|entry| {
        let user = entry.user.as_ref().filter(|user| user.fallback)?;
        Some(message(user, entry, naming))
    })
}

fn message(user: &UserMessage, entry: &Entry, naming: Naming<'_>) -> Members {
    let words = |text: &Text| words(text, entry, naming);
    Members::new()
        .with("title", words(&user.title))
        .with("message", words(&user.message))
        .perhaps("action", user.action.as_ref().map(words))
}

/// A text; one with fields in it as its pieces.
fn words(words: &Text, entry: &Entry, naming: Naming<'_>) -> Tree<'static> {
    if let Some(constant) = words.constant() {
        return constant.to_owned().into();
    }
    let pieces = words.0.iter().map(|piece| match piece {
        Piece::Literal(literal) => (*literal).to_owned().into(),
        Piece::Field { name, .. } => {
            let wire = entry.field(name).map_or(*name, |field| field.name);
            Members::new().with("field", naming(&client_name(wire))).into()
        }
    });
    pieces.collect()
}

/// What a person sees of an error for which the catalog has no words. The runtime in TypeScript has it,
/// too.
pub(in crate::export) const NOTHING: [(&str, &str); 2] =
    [("title", "Something went wrong"), ("message", "Please try again later.")];

#[cfg(test)]
mod tests {
    use super::NOTHING;
    use crate::export::runtime;

    #[test]
    fn a_person_sees_the_same_of_an_error_without_words_in_every_language() {
        let members = NOTHING.map(|(name, words)| format!("  {name}: \"{words}\",\n")).concat();
        assert!(runtime().contains(&format!("const NOTHING: Message = {{\n{members}}};")));
    }
}
