//! Texts that reach the client.

use super::{Finding, Part, Place, Subject, reaches};
use crate::catalog::{Message, Slot};

/// What `Display` says of a source, or of the server's own business, is for operators. Where the
/// envelope carries a message, such an entry states its text for the client.
pub(super) fn own_text(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in subject.catalog.entries.iter().enumerate() {
        if !matches!(entry.message, Message::Display(_)) || !entry.is_for_operators() {
            continue;
        }
        let why = if entry.internal { "is internal" } else { "has a source" };
        let envelopes = subject.envelopes_of(entry);
        if envelopes
            .iter()
            .any(|(_, template)| reaches(template, entry, |slot| slot == Slot::Message))
        {
            let message = format!(
                "`message = display`: the variant `{}` {why}, so its `Display` text is not for the client; give it a text of its own: `message = \"…\"`",
                entry.variant
            );
            findings.push(Finding::new(Place::Entry(index, Part::Variant), message));
        }
    }
}
