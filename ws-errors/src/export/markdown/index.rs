//! The page in front of the pages of several catalogs.

use super::heading::Headings;
use super::{Markdown, Page, front_matter, meaning, prose, text};
use crate::catalog::{Catalog, Delivery, Entry};
use crate::export::{ExportError, MARK};

/// The name of the file that [`index`] is for, without its extension.
pub const INDEX: &str = "index";

/// The title of the page.
const TITLE: &str = "Errors";

/// The page in front of the reference docs of several catalogs: which there are, and where each code
/// is explained, whichever catalog it belongs to.
///
/// Its links lead to the pages of [`markdown`](super::markdown) beside it, each in the file with the
/// name of its catalog: `chat.md`.
///
/// # Errors
/// Returns [`ExportError::FileName`] where a catalog has the name of this page, and
/// [`ExportError::SameAnchor`] where links can't tell two entries apart.
pub fn index(catalogs: &[&'static Catalog]) -> Result<String, Vec<ExportError>> {
    Markdown::new().index(catalogs)
}

impl Markdown {
    /// The page in front of the pages of several catalogs, see [`index`].
    ///
    /// # Errors
    /// Returns the errors of [`index`].
    pub fn index(self, catalogs: &[&'static Catalog]) -> Result<String, Vec<ExportError>> {
        let mut errors = Vec::new();
        let mut table = text::head(&["Catalog", "Errors", "What it is about"]);
        let mut rows = Vec::new();
        for catalog in catalogs {
            if catalog.name.eq_ignore_ascii_case(INDEX) {
                errors.push(ExportError::FileName { catalog: catalog.name });
                continue;
            }
            match Headings::of(catalog) {
                Ok(headings) => {
                    table.push_str(&of_catalog(catalog, &headings));
                    rows.extend(of_entries(catalog, &headings));
                }
                Err(error) => errors.push(error),
            }
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        // Names by their letters, then numbers by their value: as people look for them.
        rows.sort_by(|one, other| (&one.key, &one.row).cmp(&(&other.key, &other.row)));

        let mut page = Page::default();
        if self.front_matter {
            page.block(&front_matter(TITLE, Some("All errors, and where each is explained.")));
        } else {
            page.block(&format!("# {TITLE}"));
        }
        page.block(&format!("> {MARK}"));
        page.block(&table);
        if !rows.is_empty() {
            page.block("## Find a code");
            let mut found = text::head(&["Code", "Catalog", "Meaning"]);
            rows.iter().for_each(|row| found.push_str(&row.row));
            page.block(&found);
        }
        Ok(page.text)
    }
}

fn of_catalog(catalog: &'static Catalog, headings: &Headings) -> String {
    let count = headings.of_entries(catalog).count().to_string();
    text::row(&[&link(catalog), &count, &prose::summary(catalog.docs)])
}

fn link(catalog: &'static Catalog) -> String {
    format!("[{}]({}.md)", text::text(catalog.name), address(catalog.name))
}

/// A file's name in a link: what is not ASCII is written out, byte by byte.
fn address(name: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(byte.into()),
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A line of the table, and where it stands among the others.
struct Row {
    key: (Option<i64>, String),
    row: String,
}

/// A line for each code of the entries, and one for each close code that is not the code itself: what
/// a person has in hand may be either.
fn of_entries(catalog: &'static Catalog, headings: &Headings) -> Vec<Row> {
    let mut rows = Vec::new();
    for (entry, heading) in headings.of_entries(catalog) {
        let link = format!("({}.md#{})", address(catalog.name), address(&heading.anchor));
        let line = |shown: &str| {
            text::row(&[&format!("[{shown}]{link}"), &text::text(catalog.name), &meaning(entry)])
        };
        rows.push(Row { key: sorted(&heading.title, entry), row: line(&heading.title) });
        if let Some(close) = entry.delivery.close_code()
            && entry.code_text().as_deref() != Some(close.to_string().as_str())
        {
            let how = match entry.delivery {
                Delivery::Observed { .. } => "seen by the client",
                _ => "close code",
            };
            let key = (Some(i64::from(close)), entry.name.to_owned());
            rows.push(Row { key, row: line(&format!("`{close}` ({how})")) });
        }
    }
    rows
}

fn sorted(title: &str, entry: &Entry) -> (Option<i64>, String) {
    let number = entry.code_text().and_then(|code| code.parse().ok());
    (number, title.trim_matches('`').to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Code;
    use crate::export::testing::{BLANK, catalog};
    use crate::fixture::METERED;

    fn named(name: &'static str, entries: Vec<Entry>) -> &'static Catalog {
        Box::leak(Box::new(Catalog { name, ..*catalog(entries) }))
    }

    #[test]
    fn a_code_is_found_whichever_catalog_has_it() {
        let chat = named("chat", vec![Entry { name: "late", code: Code::Number(40), ..BLANK }]);
        let page = index(&[&METERED, chat]).unwrap();
        assert!(page.starts_with("# Errors\n\n> Generated by ws-errors"), "{page}");
        assert!(page.contains("| [metered](metered.md) | 4 |"), "{page}");
        for row in [
            "| [`backend_error`](metered.md#backend_error) | metered |",
            "| [`4001` (close code)](metered.md#invalid_token) | metered |",
            "| [`1006` (seen by the client)](metered.md#connection_lost) | metered |",
            "| [`40` `late`](chat.md#40-late) | chat |",
        ] {
            assert!(page.contains(row), "{row} in {page}");
        }
    }

    #[test]
    fn numbers_stand_by_their_value_whatever_they_stand_for() {
        let numbers = [4001, -32601, 40].map(|number| Entry {
            name: format!("n{number}").leak(),
            code: Code::Number(number),
            ..BLANK
        });
        let page = index(&[named("chat", numbers.to_vec())]).unwrap();
        let at = |what: &str| page.find(what).unwrap();
        assert!(at("[`-32601`") < at("[`40`") && at("[`40`") < at("[`4001`"), "{page}");
    }

    #[test]
    fn a_catalog_that_would_take_its_place_is_refused() {
        let errors = index(&[named("Index", vec![BLANK])]).unwrap_err();
        assert_eq!(errors, [ExportError::FileName { catalog: "Index" }]);
    }

    #[test]
    fn front_matter_has_the_title_instead_of_a_heading() {
        let page = Markdown::new().front_matter().index(&[&METERED]).unwrap();
        assert!(page.starts_with("---\ntitle: \"Errors\"\ndescription: "), "{page}");
        assert!(!page.contains("# Errors"), "{page}");
    }
}
