//! The reference docs, as Markdown.

mod diagram;
mod entry;
mod envelope;
mod heading;
mod index;
mod legend;
mod message;
mod patch;
mod policy;
mod prose;
mod shared;
mod text;

use heading::Headings;
pub use index::{INDEX, index};
pub(crate) use prose::plain_summary;
use shared::Shared;
pub(crate) use text::displayed;
#[cfg(feature = "cli")]
pub(crate) use text::hex_dump;

use ws_errors_core::distinct::distinct;

use super::ExportError;
use super::visible::{refuse_untyped, visible_entries};
use super::words;
use crate::catalog::{Catalog, Delivery, Entry};

/// The heading of entries that stand in no section.
const NO_SECTION: &str = "Errors";

/// The catalog's reference docs: the shape of messages, a table of all errors, and then a section
/// for each with when it happens, what to do, what a person sees, its fields and an example frame as
/// the encoder gives it.
///
/// A Mermaid diagram shows what a client does after each close.
///
/// The page is plain CommonMark with tables: GitHub, mdBook and Docusaurus show it, it compiles as
/// MDX 3, and passes markdownlint but for the length of lines, which tables can't keep, and the
/// anchors. Headings are the codes, so that `#rate_limited` leads to `RATE_LIMITED`, and the names where
/// they say more; an anchor with the code alone stands before those, so that `#4001` leads there, too. Doc comments, advice and what is said of fields are CommonMark, of which
/// tags and braces are escaped; every other text is shown as it is. Hidden entries are left out.
///
/// # Errors
/// Returns [`ExportError::NoSchema`] where a value on the wire has no JSON Schema, and
/// [`ExportError::SameAnchor`] where links can't tell two entries apart.
pub fn markdown(catalog: &'static Catalog) -> Result<String, ExportError> {
    Markdown::new().page(catalog)
}

/// The reference docs with options.
///
/// ```
/// use ws_errors::export::Markdown;
///
/// let docs = Markdown::new().front_matter();
/// # let _ = docs;
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[must_use]
pub struct Markdown {
    front_matter: bool,
}

impl Markdown {
    /// The page as [`markdown`] makes it.
    pub const fn new() -> Self {
        Self { front_matter: false }
    }

    /// Starts the page with the front matter of site generators, as YAML: `title` and `description`.
    /// The title stands there instead of in a heading, which they would show twice.
    pub const fn front_matter(mut self) -> Self {
        self.front_matter = true;
        self
    }

    /// The page.
    ///
    /// # Errors
    /// Returns the errors of [`markdown`].
    pub fn page(self, catalog: &'static Catalog) -> Result<String, ExportError> {
        refuse_untyped(catalog)?;
        let mut headings = Headings::of(catalog)?;
        let shared = Shared::of(catalog);
        let mut page = Page::default();
        let title = format!("{} errors", catalog.name);
        if self.front_matter {
            page.block(&front_matter(&title, prose::plain_summary(catalog.docs).as_deref()));
        } else {
            page.block(&format!("# {}", headings.page(&title)));
        }
        page.block(&format!("> {}", super::artefact::MARK));
        page.block(&prose::blocks(catalog.docs));

        if visible_entries(catalog).any(|entry| !entry.envelopes.is_empty()) {
            page.block(&format!("## {}", headings.page("Shape of a message")));
            message::shapes((catalog, &shared), &mut page);
        }
        if catalog.has_http() {
            page.block(&format!("## {}", headings.page("Over HTTP")));
            message::bodies(catalog, &mut page);
        }
        page.block(&format!("## {}", headings.page("All errors")));
        page.block(&all(catalog, &headings));
        if let Some(diagram) = diagram::of(catalog) {
            page.block(&format!("## {}", headings.page("After a close")));
            page.block(&diagram);
        }
        for section in sections(catalog) {
            let title = headings.page(section.unwrap_or(NO_SECTION));
            page.block(&format!("## {title}"));
            for (entry, heading) in headings.of_entries(catalog) {
                if entry.section == section {
                    page.block(&heading.block());
                    entry::describe((catalog, &shared), entry, &mut page);
                }
            }
        }
        page.block(&format!("## {}", headings.page("Anything else")));
        policy::undeclared(catalog, &mut page);
        if let Some(guards) = policy::guards(catalog) {
            page.block(&format!("## {}", headings.page("What a client guards itself with")));
            page.block(&guards);
        }
        if !catalog.retired.is_empty() {
            page.block(&format!("## {}", headings.page("Retired codes")));
            page.block(&policy::retired(catalog));
        }
        Ok(page.text)
    }
}

/// YAML, in which every JSON string is a string.
fn front_matter(title: &str, summary: Option<&str>) -> String {
    let string = |text: &str| crate::wire::Tree::String(text::displayed(text).into()).compact();
    let description = summary.map(|summary| format!("description: {}\n", string(summary)));
    let description = description.unwrap_or_default();
    format!("---\ntitle: {}\n{description}---\n", string(title))
}

/// What the page says of one entry, without its heading.
#[cfg(feature = "cli")]
pub(crate) fn section(catalog: &'static Catalog, entry: &'static Entry) -> String {
    let mut page = Page::default();
    entry::describe((catalog, &Shared::of(catalog)), entry, &mut page);
    page.text
}

/// Blocks with an empty line between them.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn block(&mut self, block: &str) {
        let block = block.trim_end();
        if block.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(block);
        self.text.push('\n');
    }
}

/// The sections in the order in which they come first.
fn sections(catalog: &'static Catalog) -> Vec<Option<&'static str>> {
    distinct(visible_entries(catalog).map(|entry| entry.section))
}

/// The table of all errors of a page.
fn all(catalog: &'static Catalog, headings: &Headings) -> String {
    // The widest first: on a narrow screen the others are out of sight.
    let mut columns = vec!["Code", "Meaning", "Delivery", "Retry"];
    if catalog.has_http() {
        columns.push("HTTP");
    }
    let mut table = text::head(&columns);
    for (entry, heading) in headings.of_entries(catalog) {
        let retry = words::retry(catalog.retry(entry), text::code);
        let meaning = meaning(entry);
        let (code, delivery) = (heading.link(), delivery(&entry.delivery));
        let status = entry.http.map(|form| form.status.to_string()).unwrap_or_default();
        let cells = [&*code, &meaning, &delivery, &retry, &status];
        table.push_str(&text::row(&cells[..columns.len()]));
    }
    table
}

fn meaning(entry: &Entry) -> String {
    let summary = prose::summary(entry.docs);
    match entry.deprecated {
        Some(_) if summary.is_empty() => "Deprecated.".to_owned(),
        Some(_) => format!("Deprecated. {summary}"),
        None => summary,
    }
}

/// How it reaches the client, with the close code or the status where there is one.
fn delivery(delivery: &Delivery) -> String {
    let with = |words: &str, code: Option<u16>| match code {
        Some(code) => format!("{words} {code}"),
        None => words.to_owned(),
    };
    let close = delivery.close_code();
    match delivery {
        Delivery::Soft => "message".to_owned(),
        Delivery::Close(_) => with("close", close),
        Delivery::SoftThenClose(_) => with("message, then close", close),
        Delivery::Observed { code: Some(code), .. } => format!("seen as close {code}"),
        Delivery::Observed { code: None, .. } => "seen by the client".to_owned(),
        Delivery::Rejected { status: None, .. } => "refused".to_owned(),
        Delivery::Rejected { status: Some(status), .. } => match close {
            Some(close) => format!("refused with {status}, or close {close}"),
            None => format!("refused with {status}"),
        },
    }
}

#[cfg(test)]
mod tests;
