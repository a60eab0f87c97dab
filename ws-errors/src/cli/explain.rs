//! `explain`: all that there is to say of one error, in the terminal.

use std::io::Write;

use super::arguments::Explain;
use super::languages::Languages;
use super::{Exit, Failure, Program, Terminal, find, list, render};
use crate::export::section;

/// The width where the output is no terminal, and the most that reads well where it is one.
const WIDTH: usize = 100;

pub(super) fn explain(
    program: &Program,
    what: &Explain,
    terminal: Terminal,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let found = find::all(program, what.catalog.as_deref(), &what.entry)?;
    let languages = match &what.language {
        Some(_) => Some(Languages::load(program)?),
        None => None,
    };
    let columns = terminal.width.map_or(WIDTH, |width| width.min(WIDTH));
    for (index, (catalog, entry)) in found.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let (mut catalog, mut entry) = (catalog, entry);
        if let (Some(language), Some(languages)) = (&what.language, &languages) {
            languages.expect(catalog, language)?;
            catalog = languages.translated(catalog, language);
            entry = catalog.entry(entry.name).unwrap_or(entry);
        }
        let title = format!("{}: {}", catalog.name, list::named(entry));
        writeln!(out, "{}\n", terminal.bold(&title))?;
        write!(out, "{}", render::render(&section(catalog, entry), columns, terminal))?;
    }
    Ok(Exit::Success)
}
