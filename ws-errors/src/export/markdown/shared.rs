//! Codes that several errors have, and what distinguishes those errors.

use ws_errors_core::distinct::{add_new, distinct};
use ws_errors_core::reading::Plan;

use super::text;
use crate::catalog::{Catalog, Entry};
use crate::export::visible::visible_entries;
use crate::export::words::list;

/// What a page says of codes that several errors have.
pub(super) struct Shared {
    catalog: &'static Catalog,
    plan: Plan,
}

impl Shared {
    pub(super) fn of(catalog: &'static Catalog) -> Self {
        Self { catalog, plan: Plan::of(catalog) }
    }

    /// The others that are sent with the code of an entry.
    fn others(&self, entry: &'static Entry) -> Vec<&'static Entry> {
        let code = entry.code_text().filter(|_| !entry.envelopes.is_empty());
        visible_entries(self.catalog)
            .filter(|other| other.name != entry.name && !other.envelopes.is_empty())
            .filter(|other| code.is_some() && other.code == entry.code)
            .collect()
    }

    /// What an entry has in common with others, and what it has not.
    pub(super) fn described(&self, entry: &'static Entry) -> String {
        let others = self.others(entry);
        let names = others.iter().map(|other| text::code(other.name)).collect();
        let (Some(code), Some(names)) = (entry.code_text(), list(names, "and")) else {
            return String::new();
        };
        let mut places: Vec<String> = Vec::new();
        for other in others {
            for place in self.plan.differences(entry, other) {
                add_new(&mut places, text::code(&place));
            }
        }
        let apart = match list(places, "and") {
            Some(places) => format!("What distinguishes them is {places}."),
            None => "What distinguishes them is the message as a whole.".to_owned(),
        };
        format!("**Its code** {} is also that of {names}. {apart}", text::code(&code))
    }

    /// What the slot `code` means to these entries.
    pub(super) fn code(&self, entries: impl Iterator<Item = &'static Entry>) -> String {
        let shared = entries.filter(|entry| !self.others(entry).is_empty());
        let code = |entry: &Entry| entry.code_text().map(|code| text::code(&code));
        match list(distinct(shared.map(|entry| code(entry).unwrap_or_default())), "and") {
            None => {
                "Which error it is. Branch on this, and expect codes that are newer than this page."
                    .to_owned()
            }
            Some(codes) => format!(
                "Which error it is, but for {codes}: several errors have that, and with each stands what distinguishes it. Branch on both, and expect codes that are newer than this page."
            ),
        }
    }

    /// What the slot `message` means to these entries.
    pub(super) fn message(
        &self,
        mut entries: impl Iterator<Item = &'static Entry>,
    ) -> &'static str {
        match entries.any(|entry| self.plan.is_known_by_message(entry)) {
            true => {
                "A text for the developer. Where nothing else distinguishes two errors, this does; else its wording may change, and nothing should branch on it."
            }
            false => "A text for the developer. Its wording may change; do not branch on it.",
        }
    }
}
