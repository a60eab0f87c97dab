//! What the page says about the catalogs before anything is raised.

use catalog::occurrences;
use serde::Serialize;
use ws_errors::catalog::{Catalog, Delivery, Entry};
use ws_errors::export::words::{backticks, instruction};

use super::source;

/// A catalog.
#[derive(Debug, Serialize)]
pub(super) struct Described {
    name: &'static str,
    docs: &'static str,
    /// The enum's own lines, up to its first variant.
    head: &'static str,
    entries: Vec<DescribedEntry>,
}

/// An entry.
#[derive(Debug, Serialize)]
struct DescribedEntry {
    name: &'static str,
    section: Option<&'static str>,
    docs: &'static str,
    code: Option<String>,
    delivery: &'static str,
    close_code: Option<u16>,
    /// The status of a handshake that is refused.
    status: Option<u16>,
    /// What the client should do next.
    retry: String,
    advice: Option<&'static str>,
    /// The variant's lines.
    lines: &'static str,
}

/// All catalogs.
pub(super) fn catalogs() -> Vec<Described> {
    occurrences::catalogs().into_iter().map(described).collect()
}

fn described(catalog: &'static Catalog) -> Described {
    let source = source::of(catalog.name);
    let entry = |entry: &'static Entry| DescribedEntry {
        name: entry.name,
        section: entry.section,
        docs: entry.docs,
        code: entry.code_text(),
        delivery: entry.delivery.word(),
        close_code: entry.delivery.close_code(),
        status: match entry.delivery {
            Delivery::Rejected { status, .. } => status,
            _ => None,
        },
        retry: instruction(catalog.retry(entry), &entry.delivery, backticks),
        advice: entry.advice,
        lines: source::variant(source, entry.variant).unwrap_or_default(),
    };
    Described {
        name: catalog.name,
        docs: catalog.docs,
        head: source::head(source).unwrap_or_default(),
        entries: catalog.entries.iter().map(entry).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_has_the_lines_of_its_variant() {
        for catalog in catalogs() {
            assert!(catalog.head.starts_with("/// "), "{}", catalog.head);
            assert!(catalog.head.ends_with("Error {"), "{}", catalog.head);
            for entry in catalog.entries {
                let lines: Vec<&str> = entry.lines.lines().collect();
                let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
                    panic!("{} has no lines", entry.name);
                };
                assert!(first.starts_with("/// "), "{first}");
                assert!(last.ends_with(','), "{last}");
                let attributes =
                    lines.iter().filter(|line| line.trim_start().starts_with("#[error(")).count();
                assert_eq!(attributes, 1, "{}", entry.lines);
            }
        }
    }
}
