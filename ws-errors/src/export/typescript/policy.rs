//! What a client may do next, as data.

use std::time::Duration;

use ws_errors_core::names::client_name;

use super::layout::{Doc, block, concat, inline, string_member, text};
use super::names::{comment, key, quoted};
use crate::catalog::{Catalog, Delivery, Entry, Jitter, Retry, RetryKind, Undeclared};
use crate::export::visible::visible_entries;

/// The policies by kind and by range, the guards, and what settles a request.
pub(super) fn policies(catalog: &'static Catalog, prefix: &str) -> Vec<Doc> {
    let mut out = vec![policy_type(prefix), retry(catalog, prefix)];
    for (name, policies, docs) in [
        (
            "Closes",
            catalog.undeclared_closes(),
            "What to do about close codes that nobody declared.",
        ),
        (
            "Codes",
            catalog.undeclared_codes(),
            "What to do about codes of messages that nobody declared.",
        ),
    ] {
        let body = ranges(&policies);
        out.push(constant(&format!("{prefix}{name}"), docs, body));
    }
    let guards = &catalog.guards;
    let mut members = Vec::new();
    if let Some(storm) = guards.storm {
        members.push(concat([
            text("storm: "),
            inline(vec![
                text(format!("moreThan: {}", storm.more_than)),
                text(format!("within: {}", storm.within.as_millis())),
                text(format!("code: {}", storm.code)),
                string_member("reason", quoted(storm.reason)),
            ]),
        ]));
    }
    if let Some(breaker) = guards.breaker {
        members.push(concat([
            text("breaker: "),
            inline(vec![
                text(format!("openAfter: {}", breaker.open_after)),
                text(format!("halfOpenAfter: {}", breaker.half_open_after.as_millis())),
            ]),
        ]));
    }
    if let Some(liveness) = guards.liveness {
        let mut said = vec![text(format!("idle: {}", liveness.idle.as_millis()))];
        if let Some(ping) = liveness.ping {
            said.push(string_member("ping", quoted(ping)));
            said.extend(liveness.pong.map(|pong| string_member("pong", quoted(pong))));
            said.push(text(format!("within: {}", liveness.within.as_millis())));
        }
        if let Some(code) = liveness.code {
            said.push(text(format!("code: {code}")));
            said.push(string_member("reason", quoted(liveness.reason)));
        }
        members.push(concat([text("liveness: "), inline(said)]));
    }
    if !members.is_empty() {
        let docs = "What a client guards itself with. Times are in milliseconds.";
        out.push(constant(&format!("{prefix}Guards"), docs, block("{", members, ",")));
    }
    if let Some(field) = catalog.correlate {
        let docs = "The member of an error's context that tells which request it settles.";
        out.push(concat([
            comment(&[docs.to_owned()]),
            text(format!("export const {prefix}Correlate = {};", quoted(field))),
        ]));
    }
    out
}

fn policy_type(prefix: &str) -> Doc {
    let lines = "\
/**
 * What a client may do next: of an error that leaves the connection open it speaks of the
 * operation, else of connecting again. Times are in milliseconds.
 */
export interface $Policy {
  /** `never` may be limited to this connection; `when` waits for an action of the application. */
  readonly retry:
    | \"never\"
    | \"never_on_connection\"
    | \"now\"
    | \"after\"
    | \"backoff\"
    | \"when\"
    | \"leave\";
  /** The error is a message that a close follows: the policy is that of the close. */
  readonly closes?: true;
  /** How often at most. */
  readonly attempts?: number;
  /** `none`, or so much added at random; where it is absent, a random part of the wait. */
  readonly jitter?: \"none\" | number;
  /** The window in which a client picks a moment, in addition to the wait. */
  readonly spread?: number;
  /** `after`: the wait, where the server gives none. */
  readonly wait?: number;
  /** `after`: the member of the error that holds the wait. */
  readonly field?: string;
  /** `backoff`: the first wait. */
  readonly base?: number;
  /** `backoff`: the longest wait. */
  readonly max?: number;
  /** `when`: what the application does first. */
  readonly action?: string;
  /** `when`: what it does where that fails. */
  readonly otherwise?: string;
  /** `leave`: the close code that the client sends. */
  readonly code?: number;
  /** `leave`: the reason that the client sends. */
  readonly reason?: string;
}";
    let lines = lines.replace("$Policy", &format!("{prefix}Policy"));
    let mut docs = Vec::new();
    for line in lines.split('\n') {
        if !docs.is_empty() {
            docs.push(Doc::Hard);
        }
        docs.push(text(line));
    }
    concat(docs)
}

pub(super) fn constant(name: &str, docs: &str, body: Doc) -> Doc {
    concat([
        comment(&[docs.to_owned()]),
        text(format!("export const {name} = ")),
        body,
        text(" as const;"),
    ])
}

fn retry(catalog: &'static Catalog, prefix: &str) -> Doc {
    let members = visible_entries(catalog)
        .map(|entry| {
            concat([
                text(format!("{}: ", key(entry.name))),
                policy(catalog.retry(entry), Some(entry)),
            ])
        })
        .collect();
    let docs = "What to do about each error and each close, by its kind.";
    constant(&format!("{prefix}Retry"), docs, block("{", members, ","))
}

fn ranges(policies: &Undeclared<'_>) -> Doc {
    let ranges: Vec<Doc> = policies
        .ranges
        .iter()
        .map(|range| {
            inline(vec![
                text(format!("first: {}", range.first)),
                text(format!("last: {}", range.last)),
                concat([text("policy: "), policy(&range.retry, None)]),
            ])
        })
        .collect();
    // prettier breaks an array of objects wherever it has more than one.
    let ranges = super::print::rows_doc("ranges: [", ranges, "]");
    block("{", vec![ranges, concat([text("unknown: "), policy(policies.unknown, None)])], ",")
}

fn milliseconds(wait: Duration) -> u128 {
    wait.as_millis()
}

fn policy(retry: &Retry, entry: Option<&Entry>) -> Doc {
    let mut members = Vec::new();
    let mut say = |member: Doc| members.push(member);
    let word = match retry.kind {
        RetryKind::Never | RetryKind::Unknown => "never",
        RetryKind::NeverOnConnection => "never_on_connection",
        RetryKind::Now => "now",
        RetryKind::After(_) => "after",
        RetryKind::Backoff { .. } => "backoff",
        RetryKind::When { .. } => "when",
        RetryKind::Leave { .. } => "leave",
    };
    say(string_member("retry", quoted(word)));
    if entry.is_some_and(|entry| matches!(entry.delivery, Delivery::SoftThenClose(_))) {
        say(text("closes: true"));
    }
    match retry.kind {
        RetryKind::After(wait) => {
            if let Some(wait) = wait.fixed {
                say(text(format!("wait: {}", milliseconds(wait))));
            }
            let field = wait.field.map(|name| entry.and_then(|entry| entry.field(name)));
            if let Some(field) = field.flatten() {
                say(string_member("field", quoted(&client_name(field.name))));
            }
        }
        RetryKind::Backoff { base, max } => {
            say(text(format!("base: {}", milliseconds(base))));
            say(text(format!("max: {}", milliseconds(max))));
        }
        RetryKind::When { action, otherwise } => {
            say(string_member("action", quoted(action)));
            if let Some(otherwise) = otherwise {
                say(string_member("otherwise", quoted(otherwise)));
            }
        }
        RetryKind::Leave { code, reason } => {
            say(text(format!("code: {code}")));
            say(string_member("reason", quoted(reason)));
        }
        _ => {}
    }
    if let Some(attempts) = retry.attempts {
        say(text(format!("attempts: {attempts}")));
    }
    match retry.jitter {
        Jitter::Full => {}
        Jitter::None => say(text("jitter: \"none\"")),
        Jitter::Add(most) => say(text(format!("jitter: {}", milliseconds(most)))),
    }
    if let Some(spread) = retry.spread {
        say(text(format!("spread: {}", milliseconds(spread))));
    }
    inline(members)
}
