//! A catalog with many entries.

use catalog::MeteredError;
use ws_errors::WsError as _;
use ws_errors::catalog::{Catalog, Code, Entry};

/// metered's catalog with so many entries: each has one of the text and fields that there are, and a
/// code and a name of its own.
pub fn catalog(entries: usize) -> &'static Catalog {
    let base = MeteredError::catalog();
    let with_message = base.entries.iter().filter(|entry| !entry.envelopes.is_empty());
    let made: Vec<Entry> = with_message
        .cycle()
        .take(entries)
        .enumerate()
        .map(|(index, entry)| {
            let name: &'static str = format!("{}_{index}", entry.name).leak();
            let variant = format!("{}{index}", entry.variant).leak();
            Entry { name, variant, code: Code::Text(name), ..*entry }
        })
        .collect();
    Box::leak(Box::new(Catalog { entries: made.leak(), ..*base }))
}
