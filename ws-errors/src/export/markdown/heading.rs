//! The headings of a page, and where their links lead.

use std::collections::HashMap;

use ws_errors_core::anchor::{Anchors, anchor, key};

use super::text;
use crate::catalog::{Catalog, Entry};
use crate::export::ExportError;
use crate::export::visible::visible_entries;

/// The heading of each entry.
///
/// It is the code alone, so that `#rate_limited` leads to it wherever the page is shown; the name
/// where there is no code. Entries that would share an anchor (several may share a code) have the
/// name behind the code.
pub(super) struct Headings {
    entries: Vec<Heading>,
    taken: HashMap<String, &'static str>,
}

pub(super) struct Heading {
    /// The heading, as Markdown.
    pub(super) title: String,
    /// What a link to it has behind its `#`.
    pub(super) anchor: String,
}

impl Headings {
    pub(super) fn of(catalog: &'static Catalog) -> Result<Self, ExportError> {
        let anchors = Anchors::of(catalog);
        let mut headings = Self { entries: Vec::new(), taken: HashMap::new() };
        for entry in visible_entries(catalog) {
            let key = key(entry);
            let title = match anchors.is_key_alone(entry) {
                true => text::code(&key),
                false => format!("{} {}", text::code(&key), text::code(entry.name)),
            };
            let heading = Heading { title, anchor: anchors.entry(entry) };
            if let Some(first) = headings.taken.insert(heading.anchor.clone(), entry.name) {
                return Err(ExportError::SameAnchor {
                    catalog: catalog.name,
                    anchor: heading.anchor,
                    entries: [first, entry.name],
                });
            }
            headings.entries.push(heading);
        }
        Ok(headings)
    }

    /// Entries with their headings, in order.
    pub(super) fn of_entries(
        &self,
        catalog: &'static Catalog,
    ) -> impl Iterator<Item = (&'static Entry, &Heading)> {
        visible_entries(catalog).zip(&self.entries)
    }

    /// A heading of the page's own, which gives way where an entry has its anchor.
    pub(super) fn page(&mut self, title: &str) -> String {
        let mut title = title.to_owned();
        while self.taken.contains_key(&anchor(&title)) {
            title.push_str(" errors");
        }
        self.taken.insert(anchor(&title), "");
        text::text(&title)
    }
}

impl Heading {
    /// Whether a reader finds this name in it: `RATE_LIMITED` is as good as `rate_limited`.
    pub(super) fn says(&self, name: &str) -> bool {
        let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
        plain(&self.anchor).ends_with(&plain(name))
    }

    /// A link to it.
    pub(super) fn link(&self) -> String {
        format!("[{}](#{})", self.title, self.anchor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Code;
    use crate::export::testing::{BLANK, catalog};

    fn titles(entries: Vec<Entry>) -> Vec<String> {
        let catalog = catalog(entries);
        let headings = Headings::of(catalog).unwrap();
        headings.entries.iter().map(Heading::link).collect()
    }

    #[test]
    fn a_heading_is_the_code_alone_or_the_name() {
        assert_eq!(
            titles(vec![
                Entry { name: "a", code: Code::Text("RATE_LIMITED"), ..BLANK },
                Entry { name: "b", code: Code::Number(-32601), ..BLANK },
                Entry { name: "lost", ..BLANK },
            ]),
            ["[`RATE_LIMITED`](#rate_limited)", "[`-32601`](#-32601)", "[`lost`](#lost)"]
        );
    }

    #[test]
    fn entries_that_share_a_code_have_their_names_behind_it() {
        assert_eq!(
            titles(vec![
                Entry { name: "room", code: Code::Number(4001), ..BLANK },
                Entry { name: "user", code: Code::Number(4001), ..BLANK },
            ]),
            ["[`4001` `room`](#4001-room)", "[`4001` `user`](#4001-user)"]
        );
    }

    #[test]
    fn entries_that_no_link_could_tell_apart_are_an_error() {
        let error = Headings::of(catalog(vec![
            Entry { name: "lost", ..BLANK },
            Entry { name: "Lost", ..BLANK },
        ]));
        assert_eq!(
            error.err().unwrap().to_string(),
            "catalog `test`: `lost` and `Lost` both have the anchor `#lost` in the docs; give one of them another name"
        );
    }

    #[test]
    fn a_section_gives_way_to_a_code() {
        let catalog = catalog(vec![Entry { name: "channels", ..BLANK }]);
        let mut headings = Headings::of(catalog).unwrap();
        assert_eq!(headings.page("Channels"), "Channels errors");
        assert_eq!(headings.page("Server"), "Server");
    }
}
