//! Envelopes, and what they take from entries.

use std::collections::BTreeSet;

use super::{Finding, Part, Place, Subject, each_slot_reached};
use crate::catalog::{Cast, Catalog, Entry, Envelope, Inside, Member, Node, PROBLEM, Slot, Stands};
use crate::distinct::add_new;
use crate::encoding::compile;
use crate::names::{did_you_mean, list_names};
use crate::shape::{ProblemKind, problems as problems_of};

/// A message needs a shape, in each context.
pub(super) fn envelope_for_each_message(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let catalog = subject.catalog;
    for (index, entry) in subject.read_entries() {
        for (at, context) in catalog.contexts.iter().enumerate() {
            let delivery = catalog.delivery(entry, at);
            if entry.envelope(at).is_some() || !delivery.is_some_and(|d| d.has_message()) {
                continue;
            }
            let message = if context.name.is_empty() {
                format!(
                    "the variant `{}` is sent as a message, and has no envelope; declare one on the enum: `#[ws_error(envelope = {{ \"code\": code, \"message\": message }})]`",
                    entry.variant
                )
            } else {
                format!(
                    "the variant `{}` has no envelope for the context `{1}`; declare one on the enum or the variant: `envelope({1}) = {{ … }}`",
                    entry.variant, context.name
                )
            };
            findings.push(Finding::new(Place::Entry(index, Part::Variant), message));
        }
    }
}

/// In an optional place a slot may be missing from an entry; that no entry has it is a typo.
pub(super) fn known_slots(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    address_of_reference(subject, findings);
    // Fields and constants of nested catalogs are not known yet.
    if subject.is_open {
        return;
    }
    let catalog = subject.catalog;
    // A source is reported where it is missing.
    let sources: BTreeSet<&str> =
        catalog.entries.iter().flat_map(|entry| entry.sources).copied().collect();
    let fields: BTreeSet<&str> =
        catalog.entries.iter().flat_map(|entry| entry.fields).map(|field| field.ident).collect();
    let constants: BTreeSet<&str> =
        catalog.entries.iter().flat_map(|entry| entry.constants).map(|(name, _)| *name).collect();
    let has_unread = (0..catalog.entries.len()).any(|index| (subject.is_unread)(index));
    let used: BTreeSet<usize> = catalog
        .entries
        .iter()
        .flat_map(|entry| entry.envelopes)
        .map(|(_, envelope)| *envelope)
        .collect();
    each_slot_written(catalog, used, &mut |slot, place| {
        let (name, known, what) = match slot {
            Slot::Field(name) => (name, &fields, "field"),
            Slot::Set(name) if !has_unread => (name, &constants, "constant"),
            _ => return,
        };
        if known.contains(name) || sources.contains(name) {
            return;
        }
        let near = match Slot::named_in_text(name, name) {
            Ok(slot) if what == "field" => format!("; the slot is `{slot}`, without `self`"),
            _ => did_you_mean(name, known.iter().copied()),
        };
        let all = match known.is_empty() {
            true => "; there is none".to_owned(),
            false => format!("\nthere are {}", list_names(known.iter().copied())),
        };
        let message = format!("`{slot}`: no variant has a {what} `{name}`{near}{all}");
        add_new(findings, Finding::new(place, message));
    });
}

/// Whether a slot is one that no entry has, or no request, for which there are words of its own.
fn is_unknown(subject: &Subject<'_>, slot: Slot) -> bool {
    let mut entries = subject.catalog.entries.iter();
    match slot {
        Slot::DocUrl | Slot::Context(_) => true,
        Slot::Field(name) if !subject.is_open => !entries.any(|entry| {
            entry.fields.iter().any(|field| field.ident == name) || entry.sources.contains(&name)
        }),
        _ => false,
    }
}

/// Calls `visit` for each slot of these envelopes, and of all constants of entries.
fn each_slot_written(
    catalog: &Catalog,
    envelopes: impl IntoIterator<Item = usize>,
    visit: &mut dyn FnMut(Slot, Place),
) {
    let mut each = |template: &Node, place: &dyn Fn(usize) -> Place| {
        let mut at = 0;
        template.each_slot(&mut |slot, _| {
            visit(slot, place(at));
            at += 1;
        });
    };
    for index in envelopes {
        if let Some(envelope) = catalog.envelopes.get(index) {
            each(&envelope.template, &|slot| Place::Slot(index, slot));
        }
    }
    for (index, entry) in catalog.entries.iter().enumerate() {
        for (name, template) in entry.constants {
            each(template, &|slot| Place::Entry(index, Part::ConstantSlot(name, slot)));
        }
    }
}

/// What leads to the reference begins with its address, which the enum gives once.
fn address_of_reference(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let catalog = subject.catalog;
    if catalog.doc_url.is_some() || catalog.entries.iter().any(|entry| entry.doc_url.is_some()) {
        return;
    }
    each_slot_written(catalog, 0..catalog.envelopes.len(), &mut |slot, place| {
        if slot == Slot::DocUrl {
            let message = "`doc_url` leads to the reference, and the enum doesn't say where that is published; write `doc_url = \"https://example.com/errors\"` on the enum";
            findings.push(Finding::new(place, message));
        }
    });
}

/// A key that is there twice in an object, through splices, has two values; an empty key has no name.
pub(super) fn keys_once(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in subject.catalog.entries.iter().enumerate() {
        for (at, _) in entry.fields.iter().enumerate().filter(|(_, field)| field.name.is_empty()) {
            let message = "`rename` has at least one character: it is the key on the wire, and the name in TypeScript";
            findings.push(Finding::new(Place::Entry(index, Part::Field(at)), message));
        }
        for (envelope, template) in subject.envelopes_of(entry) {
            objects(template, &mut |members| {
                splices(members, (index, entry), (envelope, template), findings);
            });
        }
    }
}

fn objects(template: &Node, visit: &mut impl FnMut(&[Member])) {
    match *template {
        Node::Object(members) => visit(members),
        // The object of `details` by itself has the fields' keys.
        Node::Slot { slot: slot @ (Slot::Details | Slot::Fields), .. } => {
            visit(&[Member::Splice(slot)]);
        }
        _ => {}
    }
    template.each_inside(&mut |inside| {
        if let Inside::Node(node) = inside {
            objects(node, visit);
        }
    });
}

/// What an envelope does that has the fields of an entry among its members.
fn spliced(template: &Node) -> &'static str {
    match *template == PROBLEM {
        true => "`problem` has the fields of the variant as members of its own",
        false => "`envelope` splices the fields here",
    }
}

fn splices(
    members: &[Member],
    (index, entry): (usize, &Entry),
    (envelope, template): (usize, &Node),
    findings: &mut Vec<Finding>,
) {
    // Each with the field that has it, where one does.
    let mut keys: Vec<(&str, Option<&str>)> = members
        .iter()
        .filter_map(|member| match member {
            Member::Pair { key, .. } => Some((*key, None)),
            Member::Splice(_) => None,
        })
        .collect();
    for member in members {
        let Member::Splice(slot) = member else { continue };
        let in_details = *slot == Slot::Details;
        for (at, field) in entry.fields.iter().enumerate() {
            if !(if in_details { field.in_details } else { field.on_wire }) {
                continue;
            }
            if let Some((_, by)) = keys.iter().find(|(key, _)| *key == field.name) {
                let by = match by {
                    Some(field) => format!("is that of the field `{field}` already"),
                    None if *template == PROBLEM => "is a member of every `problem`".to_owned(),
                    None => "is in the envelope already".to_owned(),
                };
                let message = format!(
                    "the key {:?} {by}; call the field something else on the wire: `#[ws_error(rename = \"…\")]`",
                    field.name
                );
                let finding = Finding::new(Place::Entry(index, Part::Field(at)), message)
                    .also(Place::Envelope(envelope), spliced(template));
                add_new(findings, finding);
            }
            keys.push((field.name, Some(field.ident)));
        }
    }
}

/// An integer of 64 bits is a number in no message. Of an enum's own fields rustc says so, where each
/// is declared.
pub(super) fn widths(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in subject.catalog.entries.iter().enumerate() {
        let encodings: Vec<_> = entry
            .envelopes
            .iter()
            .filter_map(|(context, _)| compile(subject.catalog, entry, *context))
            .collect();
        for (at, field) in entry.fields.iter().enumerate() {
            let is_number = || encodings.iter().any(|encoding| encoding.uses(at).1);
            if field.ty.is_wide() && field.cast.is_none() && is_number() {
                let message = format!(
                    "the field `{0}` of `{1}` is an integer of 64 bits, which does not survive `JSON.parse` in JavaScript: write `self.{0} as string`, or keep it out of the envelope",
                    field.ident, entry.variant
                );
                findings.push(Finding::new(Place::Entry(index, Part::Field(at)), message));
            }
        }
    }
}

/// What an envelope asks of an entry has to be there. Where many lack one thing, it is said once.
pub(super) fn problems(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let catalog = subject.catalog;
    let mut missing: Vec<(Place, Slot, String, Vec<usize>)> = Vec::new();
    for (index, entry) in catalog.entries.iter().enumerate() {
        for (context, envelope) in entry.envelopes {
            let Some(Envelope { template, .. }) = catalog.envelopes.get(*envelope) else {
                continue;
            };
            for problem in problems_of(catalog, entry, *context) {
                let is_unread = (subject.is_unread)(index);
                if is_unread && !matches!(problem.kind, ProblemKind::Missing(Slot::Field(_))) {
                    continue;
                }
                let place = match problem.constant {
                    Some(name) => Place::Entry(index, Part::ConstantSlot(name, problem.slot)),
                    None => Place::Slot(*envelope, problem.slot),
                };
                if let ProblemKind::Missing(slot) = problem.kind {
                    // No entry has it, or no request, which is said once.
                    if is_unknown(subject, slot) {
                        continue;
                    }
                    let why = why_missing(entry, slot);
                    let is_same = |(at, _, other, _): &&mut (Place, Slot, String, Vec<usize>)| {
                        *at == place && *other == why
                    };
                    match missing.iter_mut().find(is_same) {
                        Some((.., entries)) => add_new(entries, index),
                        None => missing.push((place, slot, why, vec![index])),
                    }
                    continue;
                }
                let finding = finding((index, entry), place, (*envelope, template), problem.kind);
                add_new(findings, finding);
            }
        }
    }
    for (place, slot, why, entries) in missing {
        let variants = entries.iter().filter_map(|index| catalog.entries.get(*index));
        let variants = list_names(variants.map(|entry| entry.variant));
        let (place, who) = match entries.as_slice() {
            [only] => (Place::Entry(*only, Part::Variant), "the variant"),
            _ => (place, "each of the variants"),
        };
        let message = format!(
            "`{slot}` {MUST_BE} there, and {who} {variants} {why}\nor leave it out where it is nothing, `\"key\"?: …`, or give a default, `?? …`"
        );
        findings.push(Finding::new(place, message));
    }
}

/// What is said of a slot that an entry lacks.
const MUST_BE: &str = "must be";

/// Says of a slot that it is missing over HTTP alone: an error that is delivered without a message is a
/// body there.
pub(super) fn over_http(finding: &mut Finding) {
    if let Some((slot, rest)) = finding.message.split_once(&format!(" {MUST_BE} there, and ")) {
        finding.message = format!(
            "{slot} {MUST_BE} there over HTTP, and {rest}, or answer no request with it: `http = none`"
        );
    }
}

fn finding(
    (index, entry): (usize, &Entry),
    place: Place,
    (envelope, template): (usize, &Node),
    kind: ProblemKind,
) -> Finding {
    let variant = entry.variant;
    match kind {
        ProblemKind::NoText(slot) => {
            Finding::new(place, format!("`{slot}` is no text in the variant `{variant}`"))
        }
        ProblemKind::NoList(slot) => Finding::new(
            place,
            format!(
                "`..` splices a list, and `{slot}` is none in the variant `{variant}`; write `{slot}` without `..`, as one element"
            ),
        ),
        ProblemKind::Missing(slot) | ProblemKind::Unnamed(slot) => {
            let message = match *template == PROBLEM {
                true => format!(
                    "the members of a `problem` have names, and the fields of the variant `{variant}` have none; give them some, or write a body of its own in `http(…)`: `envelope = {{ \"code\": code, \"details\": details }}`"
                ),
                false => format!(
                    "`..{slot}` splices named fields, and those of the variant `{variant}` have no names; give them some, or write `\"key\": details`"
                ),
            };
            Finding::new(Place::Entry(index, Part::Variant), message)
                .also(Place::Envelope(envelope), spliced(template))
        }
        ProblemKind::TooMuchEncoded => {
            Finding::new(Place::Envelope(envelope), crate::shape::TOO_MUCH_ENCODED)
        }
    }
}

/// Why an entry has nothing for a slot, and what to write.
fn why_missing(entry: &Entry, slot: Slot) -> String {
    match slot {
        Slot::Code => "has no code".to_owned(),
        Slot::Message => {
            "has no message; give it `message = \"…\"`, or mark the field that holds it with `#[ws_error(message)]`".to_owned()
        }
        Slot::Details if entry.internal => {
            "is internal, and has no details unless it names them: `details(field)`".to_owned()
        }
        Slot::Details if !entry.sources.is_empty() => {
            "has a source, and no details unless it names them: `details(field)`".to_owned()
        }
        Slot::Details => "has no details: it has no fields for the wire".to_owned(),
        Slot::RetryAfter => "has no wait: its policy is not `after(…)`".to_owned(),
        Slot::Close | Slot::Reason => "does not close the connection with a code".to_owned(),
        Slot::Status => "has no HTTP status: `http(status = 404)`".to_owned(),
        Slot::Set(name) => format!("does not set `{name}`"),
        Slot::Field(name) if entry.sources.contains(&name) => {
            format!("has `{name}` as a source, which never reaches the client")
        }
        Slot::Field(name) => format!("has no field `{name}`"),
        _ => "has none".to_owned(),
    }
}

/// Whether a template has the code, and only as the characters of a string.
pub(super) fn has_code_in_strings_only(template: &Node, entry: &Entry) -> bool {
    let (mut anywhere, mut bare) = (false, false);
    each_slot_reached(template, entry, &mut |slot, stands| {
        if slot == Slot::Code && stands != Stands::Length {
            anywhere = true;
            bare |= matches!(stands, Stands::Value(cast) if cast != Some(Cast::String));
        }
    });
    anywhere && !bare
}
