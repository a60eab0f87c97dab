//! `list`: what there is, one line each.

use std::io::Write;

use super::layout::Columns;
use super::terminal::cut;
use super::{Exit, Failure, Program, Terminal};
use crate::catalog::{Catalog, Delivery, Entry};
use crate::export::{backticks, displayed, plain_summary, retry_in_words};

pub(super) fn list(
    program: &Program,
    terminal: Terminal,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    for catalog in program.catalogs() {
        let title = title(catalog);
        writeln!(out, "{}", terminal.bold(&fitted(&title, terminal)))?;
        let rows: Vec<[String; 4]> =
            catalog.entries.iter().map(|entry| row(catalog, entry)).collect();
        let columns = Columns::of(&rows, None);
        for row in &rows {
            for line in columns.lines(row, str::to_owned) {
                writeln!(out, "  {}", fitted(&line, narrower(terminal)))?;
            }
        }
    }
    Ok(Exit::Success)
}

/// A catalog's name, and what it is.
pub(super) fn title(catalog: &'static Catalog) -> String {
    let name = displayed(catalog.name);
    match plain_summary(catalog.docs) {
        Some(summary) => format!("{name}: {summary}"),
        None => name,
    }
}

fn narrower(terminal: Terminal) -> Terminal {
    Terminal { width: terminal.width.map(|width| width.saturating_sub(2)), ..terminal }
}

fn fitted(line: &str, terminal: Terminal) -> String {
    terminal.width.map_or_else(|| line.to_owned(), |width| cut(line, width))
}

fn row(catalog: &'static Catalog, entry: &'static Entry) -> [String; 4] {
    let hidden = if entry.hidden { "(hidden) " } else { "" };
    let meaning = format!("{hidden}{}", plain_summary(entry.docs).unwrap_or_default());
    [named(entry), delivered(&entry.delivery), retried(catalog, entry), meaning]
}

/// The name, with the code where that is another.
pub(super) fn named(entry: &'static Entry) -> String {
    match entry.code_text() {
        Some(code) if code != entry.name => {
            format!("{} {}", displayed(&code), displayed(entry.name))
        }
        _ => displayed(entry.name),
    }
}

/// The delivery with its close code and HTTP status: "close 4001", "rejected 404, close 4404".
pub(super) fn delivered(delivery: &Delivery) -> String {
    let code = delivery.close_code().map_or(String::new(), |code| format!(" {code}"));
    match delivery {
        Delivery::Rejected { status, close } => {
            let status = status.map_or(String::new(), |status| format!(" {status}"));
            let close = if close.is_some() { format!(", close{code}") } else { String::new() };
            format!("rejected{status}{close}")
        }
        _ => format!("{}{code}", delivery.word()),
    }
}

/// The policy that holds, in words.
pub(super) fn retried(catalog: &'static Catalog, entry: &'static Entry) -> String {
    displayed(&retry_in_words(catalog.retry(entry), backticks))
}
