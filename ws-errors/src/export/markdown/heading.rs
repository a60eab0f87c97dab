//! The headings of a page, and where their links lead.

use std::collections::HashMap;

use ws_errors_core::anchor::{Anchors, anchor, key};

use super::text;
use crate::catalog::{Catalog, Entry};
use crate::export::ExportError;
use crate::export::visible::visible_entries;

/// The heading of each entry.
///
/// It is the code, and the name behind it where the code doesn't say it. So that the code alone leads
/// to it, too (`#4001`), an anchor with that name stands before the heading; where several entries
/// share a code, there is none.
pub(super) struct Headings {
    entries: Vec<Heading>,
    taken: HashMap<String, &'static str>,
}

pub(super) struct Heading {
    /// The heading, as Markdown.
    pub(super) title: String,
    /// What a link to it has behind its `#`.
    pub(super) anchor: String,
    /// The code as an anchor of its own, where the heading has more in it.
    pub(super) code: Option<String>,
}

impl Headings {
    pub(super) fn of(catalog: &'static Catalog) -> Result<Self, ExportError> {
        let anchors = Anchors::of(catalog);
        let mut headings = Self { entries: Vec::new(), taken: HashMap::new() };
        for entry in visible_entries(catalog) {
            let (key, link) = (key(entry), anchors.entry(entry));
            let heading = match says(&key, entry.name) {
                true if anchors.is_key_alone(entry) => {
                    Heading { title: text::code(&key), anchor: link, code: None }
                }
                _ => {
                    let anchor = anchor(&format!("{key} {}", entry.name));
                    let title = format!("{} {}", text::code(&key), text::code(entry.name));
                    let code = Some(link).filter(|link| *link != anchor);
                    Heading { title, anchor, code }
                }
            };
            for anchor in [&heading.anchor].into_iter().chain(&heading.code) {
                if let Some(first) = headings.taken.insert(anchor.clone(), entry.name) {
                    return Err(ExportError::SameAnchor {
                        catalog: catalog.name,
                        anchor: anchor.clone(),
                        entries: [first, entry.name],
                    });
                }
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
    /// The heading, and the code's anchor before it. A tag without text is the one that Markdown, HTML
    /// and MDX have in common.
    pub(super) fn block(&self) -> String {
        let code = self.code.iter().map(|anchor| format!("<a id=\"{anchor}\"></a>\n\n"));
        format!("{}### {}", code.collect::<String>(), self.title)
    }

    /// A link to it.
    pub(super) fn link(&self) -> String {
        format!("[{}](#{})", self.title, self.anchor)
    }
}

/// Whether a reader finds the name in a code: `RATE_LIMITED` is as good as `rate_limited`.
fn says(code: &str, name: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().replace(['_', '-', ' '], "");
    plain(code) == plain(name)
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
    fn a_heading_is_the_code_and_the_name_where_the_code_does_not_say_it() {
        assert_eq!(
            titles(vec![
                Entry { name: "rate_limited", code: Code::Text("RATE_LIMITED"), ..BLANK },
                Entry { name: "no_method", code: Code::Number(-32601), ..BLANK },
                Entry { name: "lost", ..BLANK },
            ]),
            [
                "[`RATE_LIMITED`](#rate_limited)",
                "[`-32601` `no_method`](#-32601-no_method)",
                "[`lost`](#lost)"
            ]
        );
    }

    #[test]
    fn the_code_alone_leads_to_a_heading_with_more_in_it() {
        let one = Entry { name: "room", code: Code::Number(4001), ..BLANK };
        let block =
            |entries: Vec<Entry>| Headings::of(catalog(entries)).unwrap().entries[0].block();
        assert_eq!(block(vec![one]), "<a id=\"4001\"></a>\n\n### `4001` `room`");
        let alone = Entry { name: "gone", code: Code::Text("GONE"), ..BLANK };
        assert_eq!(block(vec![alone]), "### `GONE`");
        // It would lead to one of them.
        assert_eq!(block(vec![one, Entry { name: "user", ..one }]), "### `4001` `room`");
        // So does one beside which the other is not shown.
        assert_eq!(block(vec![Entry { shared: true, ..one }]), "### `4001` `room`");
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
