//! Where the reference of a catalog speaks of an entry: what a link has behind its `#`.
//!
//! The reference docs have headings by these names. The slot `doc_url` leads to them, and so does the
//! `type` of a problem (RFC 9457).

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::catalog::{Catalog, Entry};

/// The anchors of a catalog's entries, those that are hidden left out.
#[derive(Debug)]
pub struct Anchors {
    /// How many entries have a code, by the anchor that the code alone would be.
    shared: HashMap<String, usize>,
}

impl Anchors {
    /// Those of a catalog.
    pub fn of(catalog: &Catalog) -> Self {
        let mut shared: HashMap<String, usize> = HashMap::new();
        for entry in catalog.entries.iter().filter(|entry| !entry.hidden) {
            *shared.entry(anchor(&key(entry))).or_default() += 1;
        }
        Self { shared }
    }

    /// Whether the heading of an entry is its code alone, or its name where it has none. Entries that
    /// would share an anchor, because they share a code, have the name behind it.
    pub fn is_key_alone(&self, entry: &Entry) -> bool {
        let own = anchor(&key(entry));
        // Whether another entry is shown beside it depends on the audience, and links don't.
        let is_alone = !entry.shared && self.shared.get(&own) == Some(&1) && !own.is_empty();
        entry.code_text().is_none() || is_alone
    }

    /// The anchor of an entry.
    pub fn entry(&self, entry: &Entry) -> String {
        let key = key(entry);
        match self.is_key_alone(entry) {
            true => anchor(&key),
            false => anchor(&format!("{key} {}", entry.name)),
        }
    }
}

/// The entries of a catalog with the addresses at which its reference speaks of them, where it has
/// one. An entry that has one already keeps it: it is that of the catalog that declares it.
pub fn with_doc_urls(catalog: &Catalog) -> &'static [Entry] {
    let Some(reference) = catalog.doc_url else { return catalog.entries };
    let anchors = Anchors::of(catalog);
    let address = |entry: &Entry| match entry.hidden {
        // There is no section of it.
        true => reference.to_owned(),
        false => format!("{reference}#{}", anchors.entry(entry)),
    };
    let entries = catalog.entries.iter().map(|entry| Entry {
        doc_url: Some(entry.doc_url.unwrap_or_else(|| address(entry).leak())),
        ..*entry
    });
    entries.collect::<Vec<_>>().leak()
}

/// What an entry is found by: its code, or its name where it has none.
pub fn key(entry: &Entry) -> String {
    entry.code_text().unwrap_or_else(|| entry.name.to_owned())
}

/// The anchor that GitHub, mdBook and Docusaurus give a heading: lower case, without punctuation,
/// with hyphens for spaces.
pub fn anchor(title: &str) -> String {
    displayed(title)
        .trim()
        .to_lowercase()
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c if c.is_alphanumeric() => Some(c),
            _ => None,
        })
        .collect()
}

/// A text as it would be read: what can't be seen, or would turn the direction of what follows, is
/// written out.
pub fn displayed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_invisible(c) => {
                // Writing to a string can't fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Whether a character can't be seen, or turns the direction of what follows.
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
