//! Everything at a glance.

use std::io::{self, Write};
use std::path::Path;

use super::layout::Columns;
use super::terminal::cut;
use super::{Exit, Failure, Program, Terminal, artefacts, list};
use crate::catalog::Frame;
use crate::catalog::{Catalog, Entry};
use crate::export::{Format, displayed, example_in};

/// Where the tour writes the artefacts.
pub(super) const DIRECTORY: &str = "target/ws-errors";

/// The width where the output is no terminal.
const WIDTH: usize = 100;

/// Writes all artefacts to `target/ws-errors`, and shows for each catalog its errors, each with its
/// delivery, what the client may do, and an example frame, in as many columns as there are.
///
/// # Errors
/// Returns the error where `out` or `err` can't be written to.
pub fn tour(
    program: &Program,
    terminal: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    tour_to(Path::new(DIRECTORY), program, terminal, out, err)
}

pub(super) fn tour_to(
    directory: &Path,
    program: &Program,
    terminal: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    for catalog in program.catalogs() {
        show(catalog, terminal, out)?;
    }
    let written = artefacts::make(program, Format::ALL)
        .and_then(|made| artefacts::write(directory, &made).map(|written| written.len()));
    match written {
        Ok(files) => {
            writeln!(out, "{files} artefacts are in {}", directory.display())?;
            Ok(Exit::Success)
        }
        Err(Failure::Output(error)) => Err(error),
        Err(Failure::Usage(message) | Failure::Unknown(message) | Failure::Failed(message)) => {
            writeln!(err, "error: {message}")?;
            Ok(Exit::Failure)
        }
    }
}

fn show(catalog: &'static Catalog, terminal: Terminal, out: &mut dyn Write) -> io::Result<()> {
    let width = terminal.width.unwrap_or(WIDTH);
    writeln!(out, "{}\n", terminal.bold(&cut(&list::title(catalog), width)))?;
    let rows: Vec<[String; 3]> = catalog.entries.iter().map(|entry| row(catalog, entry)).collect();
    let head = ["code", "delivery", "retry"].map(str::to_owned);
    let all = [std::slice::from_ref(&head), &rows].concat();
    let columns = Columns::of(&all, Some(width));
    for line in columns.lines(&head, str::to_owned) {
        writeln!(out, "{}", terminal.dim(&line))?;
    }
    for (entry, row) in catalog.entries.iter().zip(&rows) {
        for line in columns.lines(row, |text| terminal.bold(text)) {
            writeln!(out, "{line}")?;
        }
        if let Some(frame) = frame(catalog, entry) {
            let frame = cut(&frame, width.saturating_sub(2));
            writeln!(out, "  {}", terminal.dim(&frame))?;
        }
    }
    writeln!(out)
}

fn row(catalog: &'static Catalog, entry: &'static Entry) -> [String; 3] {
    [list::named(entry), list::delivered(&entry.delivery), list::retried(catalog, entry)]
}

/// An example frame in one line, in the first context that has one.
fn frame(catalog: &'static Catalog, entry: &'static Entry) -> Option<String> {
    let (context, _) = *entry.envelopes.first()?;
    match example_in(catalog, entry, context).encode(catalog, entry, context).frame? {
        Frame::Text(text) => Some(displayed(&text)),
        Frame::Binary(bytes) => Some(format!("{} bytes, binary", bytes.len())),
    }
}
