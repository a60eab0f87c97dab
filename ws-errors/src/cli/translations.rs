//! Translations in `export`: what is to be translated, beside what is; and with `--check`, what is
//! wrong with them.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::arguments::Export;
use super::{Exit, Failure, Program, counted};
use crate::catalog::Catalog;
use crate::export::{Artefact, Written, displayed};
#[cfg(feature = "fluent")]
use crate::language::fluent;
use crate::language::{Finding, Problem, complete, file, folder};

/// Where translations are when nothing is said.
const DIRECTORY: &str = "locales";

/// One kind of file with texts in a language.
pub(super) struct Kind {
    /// Its name on the command line.
    pub(super) name: &'static str,
    pub(super) extension: &'static str,
    /// The texts of the enum; `None` where there are none of this kind.
    source: fn(&'static Catalog) -> Option<String>,
    /// A file with what it lacks, and all that it has.
    completed: fn(&'static Catalog, &str) -> Result<String, String>,
    findings: fn(&'static Catalog, &str, &str) -> Result<Vec<Finding>, String>,
}

/// All of them.
pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: "translations",
        extension: file::EXTENSION,
        source: complete::source,
        completed: complete::completed,
        findings: complete::findings,
    },
    #[cfg(feature = "fluent")]
    Kind {
        name: "fluent",
        extension: fluent::EXTENSION,
        source: fluent::file::source,
        completed: fluent::file::completed,
        findings: fluent::file::findings,
    },
];

/// The kinds that are asked for: all where nothing is said, and the program has translations.
fn wanted(program: &Program, how: &Export) -> Vec<&'static Kind> {
    let is_wanted = |kind: &&Kind| match how.only.is_empty() {
        true => program.locales.is_some() || how.locales.is_some(),
        false => how.only.iter().any(|name| name == kind.name),
    };
    KINDS.iter().filter(is_wanted).collect()
}

/// Where the translations of a program are.
pub(super) fn directory(program: &Program, given: Option<&Path>) -> PathBuf {
    given.or(program.locales.as_deref()).unwrap_or(Path::new(DIRECTORY)).to_owned()
}

/// The names of the kinds.
pub(super) fn named() -> String {
    KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>().join(", ")
}

/// Whether a name of `--only` is one of a kind.
pub(super) fn is_kind(name: &str) -> bool {
    KINDS.iter().any(|kind| kind.name == name)
}

/// Writes what is to be translated, and keeps what is.
pub(super) fn export(
    program: &Program,
    how: &Export,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let directory = directory(program, how.locales.as_deref());
    let mut failed = Vec::new();
    for (kind, catalog) in pairs(program, how) {
        let Some(source) = (kind.source)(catalog) else { continue };
        let mut files = files(&directory, catalog, kind)?;
        for language in &how.languages {
            let is_it = |other: &str| other.eq_ignore_ascii_case(language);
            if !is_it(catalog.source_language()) && !files.iter().any(|(other, _)| is_it(other)) {
                files.push((language.clone(), path(&directory, language, catalog, kind)));
            }
        }
        if files.is_empty() {
            continue;
        }
        let language = catalog.source_language();
        write(&path(&directory, language, catalog, kind), source, out)?;
        for (_, file) in files {
            match read(&file).and_then(|text| (kind.completed)(catalog, &text)) {
                Ok(text) => write(&file, text, out)?,
                Err(why) => failed.push(format!("{}: {why}", file.display())),
            }
        }
    }
    if failed.is_empty() { Ok(Exit::Success) } else { Err(Failure::all(&failed)) }
}

/// Says what is wrong with translations, file by file, for those who translate.
pub(super) fn check(program: &Program, how: &Export, out: &mut dyn Write) -> Result<Exit, Failure> {
    let directory = directory(program, how.locales.as_deref());
    let mut exit = Exit::Success;
    let (mut count, mut untranslated) = (0, 0);
    for (kind, catalog) in pairs(program, how) {
        let Some(source) = (kind.source)(catalog) else { continue };
        let files = files(&directory, catalog, kind)?;
        if files.is_empty() {
            continue;
        }
        let at = path(&directory, catalog.source_language(), catalog, kind);
        if !read(&at).is_ok_and(|text| text.replace("\r\n", "\n") == source) {
            writeln!(out, "stale   {}", at.display())?;
            exit = Exit::Failure;
        }
        for (language, file) in files {
            count += 1;
            let found = read(&file).and_then(|text| (kind.findings)(catalog, &language, &text));
            let found = match found {
                Ok(found) if found.is_empty() => continue,
                found => found,
            };
            writeln!(out, "{}", file.display())?;
            match found {
                Ok(found) => {
                    for finding in found {
                        let is_missing = finding.problem == Problem::Untranslated;
                        untranslated += usize::from(is_missing);
                        if !is_missing || !how.allow_untranslated {
                            exit = Exit::Failure;
                        }
                        report(&finding, out)?;
                    }
                }
                Err(why) => {
                    writeln!(out, "  broken: {why}")?;
                    exit = Exit::Failure;
                }
            }
        }
    }
    if count > 0 {
        write!(out, "{} in {}", counted(count, "translation"), directory.display())?;
        match untranslated {
            0 => writeln!(out)?,
            1 => writeln!(out, "; 1 text is not translated")?,
            texts => writeln!(out, "; {texts} texts are not translated")?,
        }
    }
    Ok(exit)
}

/// A finding, and below it the text that it is about.
fn report(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let Finding { entry, part, problem, source, .. } = finding;
    let part = part.as_ref().map_or(String::new(), |part| format!(", {part}"));
    let line = format!("{entry}{part}: {problem}");
    writeln!(out, "  {}", displayed(&line))?;
    if let Some(source) = source {
        writeln!(out, "    source: {}", displayed(source))?;
    }
    Ok(())
}

fn pairs<'a>(
    program: &'a Program,
    how: &Export,
) -> impl Iterator<Item = (&'static Kind, &'static Catalog)> + use<'a> {
    let kinds = wanted(program, how);
    kinds
        .into_iter()
        .flat_map(|kind| program.catalogs().iter().map(move |catalog| (kind, *catalog)))
}

fn path(directory: &Path, language: &str, catalog: &Catalog, kind: &Kind) -> PathBuf {
    directory.join(language).join(folder::file_name(catalog, kind.extension))
}

fn files(
    directory: &Path,
    catalog: &'static Catalog,
    kind: &Kind,
) -> Result<Vec<(String, PathBuf)>, Failure> {
    match folder::files(directory, catalog, kind.extension) {
        Ok(files) => Ok(files),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Failure::Failed(format!("{}: {error}", directory.display()))),
    }
}

/// What a file holds; nothing where there is none.
fn read(file: &Path) -> Result<String, String> {
    match std::fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error.to_string()),
    }
}

fn write(path: &Path, text: String, out: &mut dyn Write) -> Result<(), Failure> {
    let failed =
        |error: io::Error| Failure::Failed(format!("{} can't be written: {error}", path.display()));
    let (folder, name) = (path.parent().unwrap_or(path), path.file_name().unwrap_or_default());
    std::fs::create_dir_all(folder).map_err(failed)?;
    let artefact = Artefact { file: name.to_string_lossy().into_owned(), text };
    let word = match artefact.write(folder).map_err(failed)? {
        Written::Created | Written::Updated => "wrote    ",
        Written::Unchanged => "unchanged",
    };
    writeln!(out, "{word} {}", path.display())?;
    Ok(())
}
