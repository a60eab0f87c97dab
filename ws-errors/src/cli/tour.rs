//! Everything at a glance.

use std::io::{self, Write};
use std::path::Path;

use super::languages::Languages;
use super::layout::Columns;
use super::terminal::cut;
use super::{Exit, Failure, Program, Terminal, artefacts, list, show};
use crate::catalog::Frame;
use crate::catalog::{Catalog, Entry};
use crate::export::{Format, displayed, example_in};

/// Where the tour writes the artefacts.
pub(super) const DIRECTORY: &str = "target/ws-errors";

/// The width where the output is no terminal.
const WIDTH: usize = 100;

/// Writes all artefacts to `target/ws-errors`, and shows for each catalog its errors, each with its
/// delivery, what the client may do, an example frame, and what it is in the languages into which it
/// is translated, in as many columns as there are.
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
    let languages = match Languages::load(program) {
        Ok(languages) => languages,
        Err(failure) => return failed(failure, err),
    };
    for catalog in program.catalogs() {
        show(catalog, &languages, terminal, out)?;
    }
    let written = artefacts::make(program, Format::ALL).and_then(|made| {
        let made: Vec<_> = made.into_iter().map(|(_, artefact)| artefact).collect();
        artefacts::write(directory, &made).map(|written| written.len())
    });
    match written {
        Ok(files) => {
            writeln!(out, "{files} artefacts are in {}", directory.display())?;
            for own in &program.subcommands {
                if let Some(line) = own.invocation {
                    writeln!(out, "{line}   {}", own.about)?;
                }
            }
            Ok(Exit::Success)
        }
        Err(failure) => failed(failure, err),
    }
}

fn failed(failure: Failure, err: &mut dyn Write) -> io::Result<Exit> {
    match failure {
        Failure::Output(error) => Err(error),
        Failure::Usage(message) | Failure::Unknown(message) | Failure::Failed(message) => {
            writeln!(err, "error: {message}")?;
            Ok(Exit::Failure)
        }
    }
}

fn show(
    catalog: &'static Catalog,
    languages: &Languages,
    terminal: Terminal,
    out: &mut dyn Write,
) -> io::Result<()> {
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
        let frame = frame(catalog, entry);
        for line in frame.into_iter().chain(in_languages(catalog, entry, languages)) {
            let line = cut(&line, width.saturating_sub(2));
            writeln!(out, "  {}", terminal.dim(&line))?;
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
    let frame = example_in(catalog, entry, context).encode(catalog, entry, context).frame?;
    Some(in_a_line(&frame))
}

fn in_a_line(frame: &Frame) -> String {
    match frame {
        Frame::Text(text) => displayed(text),
        Frame::Binary(bytes) => format!("{} bytes, binary", bytes.len()),
    }
}

/// What a person sees, and what is sent, in each language into which it is translated.
fn in_languages(
    catalog: &'static Catalog,
    entry: &'static Entry,
    languages: &Languages,
) -> Vec<String> {
    let context = entry.envelopes.first().map_or(0, |(context, _)| *context);
    let values = example_in(catalog, entry, context);
    let translated = languages.of(catalog).into_iter().flat_map(|language| {
        let frame = languages.frame(catalog, entry, context, &values, &language);
        let user = languages.user(catalog, entry, &values, &language);
        let user = user.filter(|_| entry.user.is_some()).map(|text| show::in_a_line(&text));
        let lines = [frame.as_ref().map(in_a_line), user];
        lines.into_iter().flatten().map(move |line| format!("{language}  {line}"))
    });
    translated.collect()
}
