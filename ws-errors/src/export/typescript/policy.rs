//! What a client may do next, and what a person sees, as data.

use super::layout::{Doc, block, concat, inline, lines, list, rows, string_member, text};
use super::names::{documented, key, quoted};
use crate::catalog::{Catalog, Undeclared};
use crate::export::client;
use crate::export::tree::Members;
use crate::wire::Tree;

const POLICY: &str = include_str!("../../../typescript/policy.ts");

/// The policies by kind and by range, the guards, and what settles a request.
pub(super) fn policies(catalog: &'static Catalog, prefix: &str) -> Vec<Doc> {
    let mut out = vec![policy_type(prefix), retry(catalog, prefix)];
    let closes = "What to do about close codes that nobody declared.";
    out.push(constant(&format!("{prefix}Closes"), closes, ranges(&catalog.undeclared_closes())));
    let codes = "What to do about codes of messages that nobody declared.";
    out.push(constant(&format!("{prefix}Codes"), codes, ranges(&catalog.undeclared_codes())));
    let members: Vec<Doc> = client::guards(catalog)
        .into_iter()
        .map(|(name, said)| concat([text(format!("{name}: ")), inline(self::members(said))]))
        .collect();
    if !members.is_empty() {
        let docs = "What a client guards itself with. Times are in milliseconds.";
        out.push(constant(&format!("{prefix}Guards"), docs, block("{", members, ",")));
    }
    if let Some(field) = catalog.correlate {
        let docs = "The member of an error's context that identifies the request that it settles.";
        let correlate = format!("export const {prefix}Correlate = {};", quoted(field));
        out.push(documented(docs, text(correlate)));
    }
    out
}

/// The type of a policy is that of the client.
fn policy_type(prefix: &str) -> Doc {
    let start = POLICY.find("/** What a client may do");
    let source = start.and_then(|start| POLICY.get(start..)).unwrap_or_default();
    let (source, _) = source.split_once("\n}\n").unwrap_or_default();
    let source = source.replace("interface Policy", &format!("interface {prefix}Policy"));
    lines(&format!("{source}\n}}"))
}

fn constant(name: &str, docs: &str, body: Doc) -> Doc {
    let head = text(format!("export const {name} = "));
    documented(docs, concat([head, body, text(" as const;")]))
}

fn retry(catalog: &'static Catalog, prefix: &str) -> Doc {
    let members = client::retries(catalog, &str::to_owned)
        .map(|(name, policy)| concat([text(format!("{}: ", key(name))), inline(members(policy))]))
        .collect();
    let docs = "What to do about each error and each close, by its kind.";
    constant(&format!("{prefix}Retry"), docs, block("{", members, ","))
}

fn ranges(policies: &Undeclared<'_>) -> Doc {
    let (ranges, unknown) = client::ranges(policies);
    let ranges: Vec<Doc> = ranges.into_iter().map(|range| inline(members(range))).collect();
    // prettier breaks an array of objects wherever it has more than one.
    let ranges = match ranges.len() {
        0 | 1 => list("ranges: [", ranges, "]"),
        _ => rows("ranges: [", ranges, ",", "]"),
    };
    block("{", vec![ranges, concat([text("unknown: "), inline(members(unknown))])], ",")
}

/// What a person sees, by kind, and what of all others.
pub(super) fn messages(catalog: &'static Catalog, prefix: &str) -> Vec<Doc> {
    let message = |message| block("{", members(message), ",");
    let by_kind: Vec<Doc> = client::messages(catalog, &str::to_owned)
        .into_iter()
        .map(|(name, said)| concat([text(format!("{}: ", key(name))), message(said)]))
        .collect();
    let mut out = Vec::new();
    if !by_kind.is_empty() {
        let docs = "What a person sees, by kind. A list is a text with members of the error in it.";
        out.push(constant(&format!("{prefix}User"), docs, block("{", by_kind, ",")));
    }
    if let Some(fallback) = client::fallback(catalog, &str::to_owned) {
        let docs = "What a person sees where an error has no message of its own, or is unknown.";
        out.push(constant(&format!("{prefix}Fallback"), docs, message(fallback)));
    }
    out
}

/// The members of data, as those of a literal.
fn members(members: Members) -> Vec<Doc> {
    members_of(&members.into())
}

fn members_of(data: &Tree<'_>) -> Vec<Doc> {
    let Tree::Object(members) = data else { return Vec::new() };
    members.iter().map(|(name, data)| member(&camel(name), data)).collect()
}

fn member(name: &str, data: &Tree<'_>) -> Doc {
    match data {
        Tree::String(text) => string_member(name, quoted(text)),
        data => concat([text(format!("{name}: ")), value(data)]),
    }
}

fn value(data: &Tree<'_>) -> Doc {
    match data {
        Tree::String(literal) => text(quoted(literal)),
        Tree::Array(pieces) => list("[", pieces.iter().map(value).collect(), "]"),
        Tree::Object(_) => inline(members_of(data)),
        scalar => text(scalar.compact()),
    }
}

/// `open_after` is `openAfter`.
fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &client::pascal(word))
}
