//! Waits that messages carry: the client sees them, in the unit that the enum states.

use super::{Finding, Part, Place, Subject, reaches};
use crate::catalog::{Entry, Message, Node, RetryKind, Slot, TimeUnit};

/// A wait that is taken from a field is one that the client sees, in the unit of the catalog.
pub(super) fn waits(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in subject.read_entries() {
        let RetryKind::After(wait) = entry.retry.kind else { continue };
        // One that is not there has been reported.
        let of_name = |name: &str| entry.fields.iter().find(|field| field.ident == name);
        let Some(field) = wait.field.and_then(of_name) else { continue };
        let name = field.ident;
        let units = [field.ident, field.name].into_iter().filter_map(unit_in_name);
        if let Some(unit) = units.into_iter().find(|unit| *unit != wait.unit) {
            let (takes, says) = (wait.unit.word(), unit.word());
            let message = format!(
                "`after(self.{name})` takes {takes}, and the name of the field says {says}; where messages carry {says}, state so on the enum: `waits = {says}`"
            );
            findings.push(Finding::new(Place::Entry(index, Part::Wait), message));
        }
        // A close that is all that the client gets carries no field; a message without an envelope
        // has been reported.
        let has_message = subject.catalog.contexts.iter().enumerate().any(|(at, _)| {
            subject.catalog.delivery(entry, at).is_some_and(|delivery| delivery.has_message())
        });
        if !has_message {
            let message = format!(
                "`after`: the variant `{}` {}, so the client never sees `{name}`; write a wait that is always the same, `after(30s)`, or send a message: `soft`, `soft_then_close(4001, \"reason\")`",
                entry.variant,
                entry.delivery.without_message()
            );
            findings.push(Finding::new(Place::Entry(index, Part::Wait), message));
            continue;
        }
        let envelopes = subject.envelopes_of(entry);
        if envelopes.iter().all(|(_, template)| carries(template, entry, name)) {
            continue;
        }
        let message = format!(
            "`after`: the client never sees `{name}`, so it can't wait for it; put `retry_after`, `details` or `self.{name}` into the envelope"
        );
        findings.push(Finding::new(Place::Entry(index, Part::Wait), message));
    }
}

/// The unit that the name of a field ends with: `seconds`, `wait_secs`, `retryAfterMs`.
fn unit_in_name(name: &str) -> Option<TimeUnit> {
    const WORDS: [(&str, TimeUnit); 7] = [
        ("milliseconds", TimeUnit::Milliseconds),
        ("millis", TimeUnit::Milliseconds),
        ("ms", TimeUnit::Milliseconds),
        ("seconds", TimeUnit::Seconds),
        ("second", TimeUnit::Seconds),
        ("secs", TimeUnit::Seconds),
        ("sec", TimeUnit::Seconds),
    ];
    let boundary = |before: &str, word: &str| {
        let is_capital = word.starts_with(|first: char| first.is_ascii_uppercase());
        before.is_empty() || before.ends_with(['_', '-']) || is_capital
    };
    let ends_with = |unit: &str| {
        let start = name.len().checked_sub(unit.len());
        start
            .and_then(|start| name.split_at_checked(start))
            .is_some_and(|(before, word)| word.eq_ignore_ascii_case(unit) && boundary(before, word))
    };
    WORDS.into_iter().find(|(word, _)| ends_with(word)).map(|(_, unit)| unit)
}

/// Whether a field is a value of its own in each message.
fn carries(template: &Node, entry: &Entry, name: &str) -> bool {
    let field = entry.fields.iter().find(|field| field.ident == name);
    reaches(template, entry, |slot| match slot {
        Slot::RetryAfter => true,
        Slot::Field(other) => other == name,
        Slot::Details => field.is_some_and(|field| field.in_details),
        Slot::Fields => field.is_some_and(|field| field.on_wire),
        Slot::Message => matches!(entry.message, Message::Field(other) if other == name),
        _ => false,
    })
}
