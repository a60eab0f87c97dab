//! Names and codes.

use super::unique::{Mistake, next_name, next_reserved, next_shared};
use super::{Finding, Part, Place, Subject};
use crate::catalog::{Code, RetiredCode, Text};
use crate::close_code::MAX_REASON;
use crate::facts::walk::{self, Leaf, LeafCode, Reserved, ReservedCode, Table};
use crate::names::list_names;

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let leaves = leaves(subject);
    let mut table = vec![None; 2 * leaves.len() + 1];
    unique(&leaves, &mut Table(&mut table), findings);
    reserved_codes(subject, &leaves, findings);
    names_that_are_reasons(subject, findings);
    one_fallback(subject, findings);
}

/// The entries as a walk sees them, each as one of the root's own.
pub(super) fn leaves(subject: &Subject<'_>) -> Vec<Option<Leaf>> {
    let entries = subject.catalog.entries.iter().enumerate();
    let leaf = |(index, entry): (usize, &'static crate::catalog::Entry)| {
        let code = match entry.code {
            Code::Number(number) => LeafCode::Number(number),
            Code::Text(text) => LeafCode::Text(text),
            Code::None | Code::Field(_) => LeafCode::Open,
        };
        let mut delivery = walk::delivery(&entry.delivery);
        // A context may make a message of what is a close elsewhere.
        delivery.has_message |= !entry.envelopes.is_empty();
        Some(Leaf {
            catalog: subject.catalog.name,
            place: usize::MAX,
            index,
            name: entry.name,
            variant: entry.variant,
            code,
            shared: entry.shared,
            alike: entry.alike,
            delivery,
        })
    };
    entries.map(leaf).collect()
}

/// A name is the key of an entry in docs, in TypeScript, in metrics and on the command line.
fn unique(leaves: &[Option<Leaf>], table: &mut Table<'_>, findings: &mut Vec<Finding>) {
    for leaf in leaves.iter().flatten().filter(|leaf| leaf.name.is_empty()) {
        findings.push(Finding::new(
            Place::Entry(leaf.index, Part::Name),
            "`name` has at least one character: it is the key in the docs and in TypeScript",
        ));
    }
    let mut from = 0;
    while let Some((mistake, after)) = next_name(leaves, from, table) {
        from = after;
        let Mistake::Name(this, first) = mistake else { continue };
        let message = format!(
            "the name `{}` is there twice; give one of the two another: `name = \"…\"`",
            this.name
        );
        findings.push(Finding::new(Place::Entry(this.index, Part::Name), message).also(
            Place::Entry(first.index, Part::Name),
            format!("`{}` is first used here", this.name),
        ));
    }
}

/// A client branches on the code, so that it is one error's; where clients have to look at more, each of
/// those that have the code says so. Those that no client can tell apart have been reported as that.
pub(super) fn shared_codes(subject: &Subject<'_>, reported: &[Finding]) -> Vec<Finding> {
    let leaves = leaves(subject);
    let mut table = vec![None; 2 * leaves.len() + 1];
    let mut table = Table(&mut table);
    // Each code once: its first entry, and those that have it as well.
    let mut clashes: Vec<(Leaf, Vec<Leaf>)> = Vec::new();
    let mut from = 0;
    while let Some((mistake, after)) = next_shared(&leaves, from, &mut table) {
        from = after;
        let Mistake::Shared(this, first) = mistake else { continue };
        match clashes.iter_mut().find(|(other, _)| other.index == first.index) {
            Some((_, others)) => others.push(this),
            None => clashes.push((first, vec![this])),
        }
    }
    let mut findings = Vec::new();
    for (first, others) in clashes {
        let all = || [first].into_iter().chain(others.iter().copied());
        let is_one =
            |place: &Place| all().any(|leaf| Place::Entry(leaf.index, Part::Code) == *place);
        let is_reported = reported.iter().any(|finding: &Finding| {
            finding.if_optional.is_empty()
                && is_one(&finding.place)
                && finding.also.iter().any(|(place, _)| is_one(place))
        });
        let unread = all().any(|leaf| (subject.is_unread)(leaf.index));
        let Some(this) = others.first().filter(|_| !is_reported && !unread) else { continue };
        let code = match this.code {
            LeafCode::Number(number) => number.to_string(),
            LeafCode::Text(text) => format!("{text:?}"),
            LeafCode::Open => continue,
        };
        let variants = list_names(all().map(|leaf| leaf.variant));
        let message = format!(
            "{variants} have the code {code}; give each its own, or say of each that it shares its code, so that clients look at more: `code = shared({code})`"
        );
        let mut finding = Finding::new(Place::Entry(this.index, Part::Code), message);
        for leaf in all().filter(|leaf| leaf.index != this.index) {
            finding = finding.also(
                Place::Entry(leaf.index, Part::Code),
                format!("`{}` has the code {code} here", leaf.variant),
            );
        }
        findings.push(finding);
    }
    findings
}

/// A code that was retired means something else to clients that are still out there; a code that says
/// that all is well is no code of an error.
fn reserved_codes(subject: &Subject<'_>, leaves: &[Option<Leaf>], findings: &mut Vec<Finding>) {
    let catalog = subject.catalog;
    let reserved = |index, code, why| {
        Some(Reserved { catalog: catalog.name, place: usize::MAX, index, code, why })
    };
    let retired = catalog.retired.iter().enumerate().map(|(index, retired)| {
        let code = match retired.code {
            RetiredCode::Number(number) => ReservedCode::Numbers(number, number),
            RetiredCode::Text(text) => ReservedCode::Text(text),
            RetiredCode::Close(code) => ReservedCode::Close(code),
        };
        reserved(index, code, Some(retired.why))
    });
    let success = catalog.success.iter().enumerate().map(|(index, success)| {
        let code = match *success {
            crate::catalog::Success::Numbers(first, last) => ReservedCode::Numbers(first, last),
            crate::catalog::Success::Text(text) => ReservedCode::Text(text),
        };
        reserved(index, code, None)
    });
    let all: Vec<Option<Reserved>> = retired.chain(success).collect();
    let mut from = 0;
    while let Some((mistake, after)) = next_reserved(leaves, &all, from) {
        from = after;
        let (leaf, by, place) = match mistake {
            Mistake::Code(leaf, by) => (leaf, by, Place::Entry(leaf.index, Part::Code)),
            Mistake::CloseCode(leaf, by) => (leaf, by, Place::Entry(leaf.index, Part::Delivery)),
            _ => continue,
        };
        findings.push(match (by.why, catalog.retired.get(by.index)) {
            (Some(why), Some(retired)) => {
                let code = retired.code;
                let message =
                    format!("{code} was retired, and may not be used again: {why}; use another");
                Finding::new(place, message)
                    .also(Place::Retired(by.index), format!("`retired`: {code} is retired here"))
            }
            _ => Finding::new(
                Place::Entry(leaf.index, Part::Code),
                "this code is no error: the enum's `success(…)` names it; use another",
            )
            .also(Place::Success(by.index), "`success` names it here"),
        });
    }
}

/// A close frame has room for 123 bytes of reason, and where none is stated it is the name.
fn names_that_are_reasons(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in subject.catalog.entries.iter().enumerate() {
        let reason: Text = entry.close_reason();
        if reason.constant() == Some(entry.name) && entry.name.len() > MAX_REASON {
            let message = format!(
                "this name is the close reason, which has at most {MAX_REASON} bytes, and this one has {}; state a shorter reason: `close(4001, \"reason\")`",
                entry.name.len()
            );
            findings.push(Finding::new(Place::Entry(index, Part::Name), message));
        }
    }
}

/// What is shown where nothing fits can only be one thing.
fn one_fallback(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let entries = subject.catalog.entries.iter().enumerate();
    let mut fallbacks = entries
        .filter(|(_, entry)| entry.user.is_some_and(|user| user.fallback))
        .map(|(index, _)| index);
    if let (Some(first), Some(second)) = (fallbacks.next(), fallbacks.next()) {
        findings.push(
            Finding::new(
                Place::Entry(second, Part::Fallback),
                "`fallback` is what is shown where nothing fits, so a catalog has one; take it away here",
            )
            .also(Place::Entry(first, Part::Fallback), "`fallback` is first used here"),
        );
    }
}
