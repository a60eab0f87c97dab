//! What a client can tell apart.

use std::collections::{HashMap, HashSet};

use super::slots::has_code_in_strings_only;
use super::{Finding, Part, Place, Subject, reaches};
use crate::catalog::{Code, Entry, Filter, Format, Slot};
use crate::distinct::add_new;
use crate::encoding::{Operation, Present, TailElement, View, compile, values};
use crate::facts::walk::{Hash, delivery};
use crate::reading::Plan;

/// A value in a frame that is known at run time, and text of which that is so. Neither character is
/// ever in what somebody writes.
const VALUE: char = '\u{10FFFE}';
const TEXT: char = '\u{10FFFF}';

/// The fields of which the types have to be optional for a frame to exist.
type Absent = Vec<(usize, usize)>;

/// A client knows a message by its constants: its shape, its code, its text where that is constant.
/// Two entries whose frames have the same ones are one entry to it. What is optional may be absent
/// from both and may be there in both, so those two frames stand for all that an entry can be;
/// whether a field can be absent is known when its type is.
pub(super) fn messages(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let catalog = subject.catalog;
    let mut reported: HashSet<(usize, usize)> = HashSet::new();
    for context in 0..catalog.contexts.len() {
        let mut seen: HashMap<String, (usize, Absent)> = HashMap::new();
        for (index, entry) in subject.read_entries().filter(|(_, entry)| !entry.alike) {
            let envelope = entry.envelope(context).and_then(|at| catalog.envelopes.get(at));
            let Some(envelope) = envelope else { continue };
            if !crate::shape::problems(catalog, entry, context).is_empty() {
                continue;
            }
            let Some(encoding) = compile(catalog, entry, context) else { continue };
            let views = values(entry);
            for full in [true, false] {
                let mut frame = Frame { full, ..Frame::default() };
                frame.write(&encoding.operations);
                // A string with nothing constant in it may be any, like a value that is one.
                let text = frame.text.replace(&format!("\"{TEXT}\""), &VALUE.to_string());
                let text = kind_of_frame(&envelope.format) + &text;
                let absent: Absent = frame
                    .absent
                    .iter()
                    .filter_map(|argument| match views.get(usize::from(*argument))? {
                        View::Json(field) if !entry.fields[*field].ty.is_known => {
                            Some((index, *field))
                        }
                        _ => None,
                    })
                    .collect();
                match seen.get(&text) {
                    Some((first, _)) if *first == index => {}
                    Some((first, _)) if reported.contains(&(*first, index)) => {}
                    Some((first, others)) => {
                        let mut finding = alike(subject, index, *first);
                        finding.if_optional = others.iter().copied().chain(absent).collect();
                        if finding.if_optional.is_empty() {
                            reported.insert((*first, index));
                        }
                        add_new(findings, finding);
                    }
                    None => {
                        seen.insert(text, (index, absent));
                    }
                }
            }
        }
    }
}

/// Readers take the frames of one entry for those of another in more cases: what they do not look at,
/// and what a value of an unknown type may be, is the same to them. They are asked themselves.
pub(super) fn readings(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if are_told_apart_by_code(subject) {
        return;
    }
    // Nothing is read of a catalog that says what can't be.
    let is_sure = |finding: &Finding| finding.if_optional.is_empty();
    if findings.iter().any(is_sure) || subject.is_open {
        return;
    }
    let plan = Plan::of(subject.catalog);
    let index_of = |reading: usize| {
        let entry = plan.readings.get(reading)?.entry?;
        subject.read_entries().find(|(_, other)| other.name == entry.name)
    };
    for [first, second] in plan.not_told_apart() {
        let (Some((first, one)), Some((second, other))) = (index_of(first), index_of(second))
        else {
            continue;
        };
        let is_known = |entry: &Entry| entry.fields.iter().all(|field| field.ty.is_known);
        if !is_known(one) || !is_known(other) {
            continue;
        }
        add_new(findings, alike(subject, first.max(second), first.min(second)));
    }
}

/// Whether each message has a code that no other entry has.
fn are_told_apart_by_code(subject: &Subject<'_>) -> bool {
    let mut codes = HashSet::new();
    let with_message = subject.read_entries().filter(|(_, entry)| !entry.envelopes.is_empty());
    with_message.into_iter().all(|(_, entry)| {
        entry.code_text().is_some_and(|code| codes.insert(code))
            && subject
                .envelopes_of(entry)
                .iter()
                .all(|(_, template)| reaches(template, entry, |slot| slot == Slot::Code))
    })
}

/// Frames of two kinds are never taken for each other.
fn kind_of_frame(format: &Format) -> String {
    match format {
        Format::Json | Format::Text => String::new(),
        Format::Binary => "binary ".to_owned(),
        Format::MessagePack(prefix) => format!("msgpack{prefix:?} "),
        Format::Cbor(prefix) => format!("cbor{prefix:?} "),
        Format::With(codec) => format!("with({}) ", codec.name),
    }
}

fn alike(subject: &Subject<'_>, index: usize, first: usize) -> Finding {
    let entries = subject.catalog.entries;
    let (this, that) = (&entries[index], &entries[first]);
    let remedy = match (this.code, that.code) {
        (Code::None, Code::None) => "give one of the two a `code`, or another text",
        (Code::Field(_), Code::Field(_)) => {
            "both take any code from a field, so make one variant of them, or give one of the two a `code` of its own"
        }
        (code, other) if code == other => "give one of the two another `code`",
        _ => "put `code` into the envelope",
    };
    let place = |index: usize, entry: &Entry| match entry.code {
        Code::None => Place::Entry(index, Part::Variant),
        _ => Place::Entry(index, Part::Code),
    };
    pair([place(index, this), place(first, that)], [this, that], "message", remedy)
}

fn pair(places: [Place; 2], [this, first]: [&Entry; 2], what: &str, remedy: &str) -> Finding {
    let message = format!(
        "a client can't tell the {what} of `{}` from that of `{}`; {remedy}, or say why they may look the same: `alike = \"…\"`",
        this.variant, first.variant
    );
    Finding::new(places[0], message)
        .also(places[1], format!("the {what} of `{}` is first used here", first.variant))
}

/// The constants of a frame, with all that is optional in it or with nothing of it.
#[derive(Default)]
struct Frame {
    full: bool,
    text: String,
    /// The arguments that are nothing in it.
    absent: Vec<u16>,
}

impl Frame {
    fn write(&mut self, operations: &[Operation]) {
        for operation in operations {
            match operation {
                Operation::Literal(text) => self.text.push_str(text),
                Operation::Json(_) => self.text.push(VALUE),
                Operation::Characters { .. } => push_text(&mut self.text),
                // How many elements it has is nobody's to know, so it stands for any.
                Operation::Splice(_) => {
                    self.comma();
                    self.text.push_str("..");
                    self.text.push(VALUE);
                }
                Operation::Filtered(filtered) if filtered.filter == Filter::Len => {
                    push_text(&mut self.text);
                }
                Operation::Filtered(filtered) => self.write(&filtered.operations),
                Operation::When(when) if self.full => self.write(&when.then),
                Operation::When(when) => {
                    self.absent.extend(&when.any);
                    self.write(&when.otherwise);
                }
                Operation::Comma => self.comma(),
                Operation::Tail(elements) => self.tail(elements),
                Operation::Encoded(inner) => {
                    self.text.push('`');
                    self.write(inner);
                    self.text.push('`');
                }
            }
        }
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[', '`']) {
            self.text.push(',');
        }
    }

    fn tail(&mut self, elements: &[TailElement]) {
        let full = self.full;
        let is_there = |element: &TailElement| match element.present {
            Present::Always => true,
            Present::Never => false,
            Present::Any(_) => full,
        };
        for element in elements {
            if let (Present::Any(any), false) = (&element.present, full) {
                self.absent.extend(any);
            }
        }
        let end = elements.iter().rposition(is_there).map_or(0, |last| last + 1);
        for element in elements.iter().take(end) {
            self.comma();
            self.write(if is_there(element) { &element.then } else { &element.otherwise });
        }
    }
}

/// Text behind text is text.
fn push_text(out: &mut String) {
    if !out.ends_with(TEXT) {
        out.push(TEXT);
    }
}

/// A client knows a close by its code and its reason, in each context.
pub(super) fn closes(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let catalog = subject.catalog;
    let mut reported = HashSet::new();
    for context in 0..catalog.contexts.len() {
        let mut seen: HashMap<Hash, usize> = HashMap::new();
        for (index, entry) in subject.read_entries().filter(|(_, entry)| !entry.alike) {
            let Some(delivered) = catalog.delivery(entry, context) else { continue };
            let Some(close) = delivery(&delivered).lone_close else { continue };
            match seen.get(&close) {
                Some(first) if !reported.insert((index, *first)) => {}
                Some(first) => findings.push(pair(
                    [Place::Entry(index, Part::Delivery), Place::Entry(*first, Part::Delivery)],
                    [entry, &catalog.entries[*first]],
                    "close",
                    "give one of the two another code or reason",
                )),
                None => {
                    seen.insert(close, index);
                }
            }
        }
    }
}

/// In a string the number 4003 and the text "4003" are the same, so that a client can't tell what an
/// unknown code is. Where an envelope has codes in strings only, all are numbers or all are texts.
pub(super) fn kinds_of_codes(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut first: HashMap<(usize, bool), usize> = HashMap::new();
    let mut reported: HashSet<usize> = HashSet::new();
    let catalog = subject.catalog;
    for (index, entry) in catalog.entries.iter().enumerate() {
        let (is_number, other_kind) = match entry.code {
            Code::Number(_) => (true, "a text"),
            Code::Text(_) => (false, "a number"),
            Code::None | Code::Field(_) => continue,
        };
        for (envelope, template) in subject.envelopes_of(entry) {
            if !has_code_in_strings_only(template, entry) {
                continue;
            }
            first.entry((envelope, is_number)).or_insert(index);
            let Some(&other) = first.get(&(envelope, !is_number)) else { continue };
            if reported.insert(envelope) {
                let message = format!(
                    "`code`: in a string a number and a text look the same, and the code of `{}` is {other_kind}; make both numbers or both texts, or write `code` outside of a string",
                    catalog.entries[other].variant
                );
                findings.push(
                    Finding::new(Place::Entry(index, Part::Code), message).also(
                        Place::Entry(other, Part::Code),
                        format!("`code` is {other_kind} here"),
                    ),
                );
            }
        }
    }
}
