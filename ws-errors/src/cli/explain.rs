//! `explain`: all that there is to say of one error, in the terminal.

use std::io::Write;

use super::arguments::Explain;
use super::languages::Languages;
use super::{Exit, Failure, Program, Terminal, find, list, render};
use crate::catalog::{Catalog, Entry};
use crate::export::section;

/// The width where the output is no terminal, and the most that reads well where it is one.
const WIDTH: usize = 100;

pub(super) fn explain(
    program: &Program,
    what: &Explain,
    terminal: Terminal,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let found: Vec<(&'static Catalog, &'static Entry)> = match &what.catalog {
        Some(name) => {
            let catalog = find::catalog(program, name)?;
            let entries = find::entries(catalog, &what.entry);
            if entries.is_empty() {
                // It says what there is.
                find::entry(catalog, &what.entry)?;
            }
            entries.into_iter().map(|entry| (catalog, entry)).collect()
        }
        None => program
            .catalogs()
            .iter()
            .flat_map(|catalog| {
                find::entries(catalog, &what.entry).into_iter().map(|entry| (*catalog, entry))
            })
            .collect(),
    };
    if found.is_empty() {
        let names = program.catalogs().iter().flat_map(|catalog| catalog.entries);
        let names = names.map(|entry| entry.name);
        return Err(Failure::Unknown(find::unknown("error", &what.entry, names)));
    }
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
