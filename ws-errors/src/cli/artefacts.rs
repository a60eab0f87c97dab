//! `export`: writes the artefacts, or says which are not fresh.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use ws_errors_core::names::PUBLIC;

use super::arguments::Export;
use super::{Exit, Failure, Folders, Program, compare, counted, find, translations};
use crate::compose::listed;
use crate::export::{
    Artefact, Difference, Exporter, Format, INDEX, Markdown, TypeScript, Written, asyncapi,
    differences, for_audiences, is_file_name, surplus, warnings, with_exporters,
};

/// Names of formats, as `--only` takes them.
pub(super) fn named<E: Exporter>(exporters: &[E]) -> String {
    let names: Vec<&str> = exporters.iter().map(Exporter::name).collect();
    names.join(",")
}

/// What can be written, and what is unless something else is asked for.
pub(super) fn exporters(program: &Program, default: bool) -> Vec<&dyn Exporter> {
    let formats = if default { Format::DEFAULT } else { Format::ALL };
    let formats = formats.iter().map(|format| format as &dyn Exporter);
    formats.chain(program.exporters.iter().map(|exporter| &**exporter)).collect()
}

/// The front matter is not for every site.
const WITH_FRONT_MATTER: &dyn Exporter = &Markdown::new().front_matter();

/// For who imports two catalogs by name.
const PREFIXED: &dyn Exporter = &TypeScript::new().prefixed();

fn wanted<'a>(program: &'a Program, how: &Export) -> Result<Vec<&'a dyn Exporter>, Failure> {
    let all = exporters(program, false);
    let mut wanted: Vec<&dyn Exporter> = Vec::new();
    if how.only.is_empty() {
        wanted = exporters(program, true);
    }
    for name in how.only.iter().filter(|name| !translations::is_kind(name)) {
        let found: Vec<&dyn Exporter> = match name.as_str() {
            "all" => all.clone(),
            name => {
                all.iter().copied().filter(|exporter| exporter.name() == name).take(1).collect()
            }
        };
        if found.is_empty() {
            let known = all.iter().map(|exporter| exporter.name());
            let known = known.chain(translations::KINDS.iter().map(|kind| kind.name));
            return Err(Failure::Usage(find::unknown("there is no format", name, known)));
        }
        for exporter in found {
            if wanted.iter().all(|other| other.name() != exporter.name()) {
                wanted.push(exporter);
            }
        }
    }
    let markdown = Format::Markdown.name();
    for exporter in wanted.iter_mut().filter(|exporter| exporter.name() == markdown) {
        if how.front_matter || program.front_matter {
            *exporter = WITH_FRONT_MATTER;
        }
    }
    let typescript = Format::TypeScript.name();
    for exporter in wanted.iter_mut().filter(|exporter| exporter.name() == typescript) {
        if how.prefixed {
            *exporter = PREFIXED;
        }
    }
    Ok(wanted)
}

pub(super) fn export(
    program: &Program,
    how: &Export,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    if !program.findings.is_empty() {
        let findings = listed(&program.findings);
        return Err(Failure::Failed(format!("these catalogs do not go together:{findings}")));
    }
    let exporters = wanted(program, how)?;
    let (whole, program) = (program, &for_audience(program, &how.audiences)?);
    let folders = how.out.or(&program.out);
    folders.check(self::exporters(program, false).iter().map(|exporter| exporter.name()))?;
    let mut made = match &how.together {
        Some(name) => together(program, name, &exporters)?,
        None => make(program, &exporters)?,
    };
    made.extend(index(program, how, &exporters)?);
    let places = places(&folders, &exporters, made);
    if how.check {
        let fresh = match exporters.is_empty() {
            true => Exit::Success,
            false => check(&places, &exporters, out, err)?,
        };
        let translated = translations::check(whole, how, out)?;
        let compatible = compare::against(program, &how.against, out)?;
        let all = [fresh, translated, compatible];
        return Ok(all.into_iter().find(|exit| *exit != Exit::Success).unwrap_or(Exit::Success));
    }
    let translated = translations::export(whole, how, out);
    if exporters.is_empty() {
        return translated;
    }
    for (folder, artefacts) in places.iter().filter(|(_, artefacts)| !artefacts.is_empty()) {
        for (artefact, written) in write(folder, artefacts)? {
            let path = folder.join(&artefact.file);
            match written {
                Written::Created | Written::Updated => {
                    writeln!(out, "wrote     {}", path.display())?;
                }
                Written::Unchanged => writeln!(out, "unchanged {}", path.display())?,
            }
        }
    }
    for (folder, artefacts) in &places {
        let surplus = surplus(folder, artefacts, &exporters);
        for file in surplus.map_err(|error| Failure::unreadable(folder, &error))? {
            writeln!(
                err,
                "warning: {} was generated once, and nothing generates it any more; delete it",
                folder.join(file).display()
            )?;
        }
    }
    for warning in program.catalogs().iter().flat_map(|catalog| warnings(catalog)) {
        writeln!(err, "warning: {warning}")?;
    }
    translated
}

/// The program with its catalogs as these audiences may see them, or those that it says itself.
fn for_audience(program: &Program, given: &[String]) -> Result<Program, Failure> {
    let audiences = if given.is_empty() { &program.audiences } else { given };
    if audiences.is_empty() {
        return Ok(program.clone());
    }
    let all = program.catalogs.iter().flat_map(|catalog| catalog.entries);
    let known: BTreeSet<&str> = all.filter_map(|entry| entry.audience).chain([PUBLIC]).collect();
    if let Some(other) = audiences.iter().find(|name| !known.contains(name.as_str())) {
        return Err(Failure::Unknown(find::unknown("there is no audience", other, known)));
    }
    let audiences: Vec<&str> = audiences.iter().map(String::as_str).collect();
    let seen = program.catalogs.iter().map(|catalog| for_audiences(catalog, &audiences));
    Ok(Program { catalogs: seen.collect(), ..program.clone() })
}

/// An artefact behind the index of its exporter.
type Made = (usize, Artefact);

/// The artefacts by the folder that they are written into. A folder without any may have some of
/// before.
fn places<'a>(
    folders: &'a Folders,
    exporters: &[&dyn Exporter],
    made: Vec<Made>,
) -> Vec<(&'a Path, Vec<Artefact>)> {
    let mut places: Vec<(&Path, Vec<Artefact>)> =
        folders.each().into_iter().map(|folder| (folder, Vec::new())).collect();
    for (at, artefact) in made {
        let Some(exporter) = exporters.get(at) else { continue };
        let folder = folders.of(*exporter);
        if let Some((_, artefacts)) = places.iter_mut().find(|(other, _)| *other == folder) {
            artefacts.push(artefact);
        }
    }
    places
}

/// Makes the artefacts; says all that is wrong where they can't be made.
pub(super) fn make<E: Exporter>(program: &Program, exporters: &[E]) -> Result<Vec<Made>, Failure> {
    with_exporters(program.catalogs(), exporters).map_err(|errors| Failure::all(&errors))
}

/// The same with one AsyncAPI document of all catalogs under this name.
fn together(
    program: &Program,
    name: &str,
    exporters: &[&dyn Exporter],
) -> Result<Vec<Made>, Failure> {
    let is_asyncapi = |exporter: &&dyn Exporter| exporter.name() == Format::AsyncApi.name();
    let Some(at) = exporters.iter().position(is_asyncapi) else {
        let message =
            "`--together` is for AsyncAPI: it goes with `--only asyncapi`, or `--only all`";
        return Err(Failure::Usage(message.to_owned()));
    };
    if !is_file_name(name) {
        return Err(Failure::Usage(format!(
            "--together takes the name of a file without its extension, and not {name:?}"
        )));
    }
    let mut made = make(program, exporters)?;
    made.retain(|(by, _)| *by != at);
    let text = asyncapi(name, program.catalogs()).map_err(|errors| Failure::all(&errors))?;
    made.push((at, Artefact { file: format!("{name}.{}", Format::AsyncApi.extension()), text }));
    Ok(made)
}

/// The page in front of the docs, where there are several to choose from.
fn index(
    program: &Program,
    how: &Export,
    exporters: &[&dyn Exporter],
) -> Result<Option<Made>, Failure> {
    let markdown = Format::Markdown.name();
    let at = exporters.iter().position(|exporter| exporter.name() == markdown);
    let Some(at) = at.filter(|_| program.catalogs().len() > 1) else { return Ok(None) };
    let page = match how.front_matter || program.front_matter {
        true => Markdown::new().front_matter(),
        false => Markdown::new(),
    };
    let text = page.index(program.catalogs()).map_err(|errors| Failure::all(&errors))?;
    Ok(Some((at, Artefact { file: format!("{INDEX}.{}", Format::Markdown.extension()), text })))
}

/// Writes the artefacts into a directory, which is made where it is not there.
pub(super) fn write<'a>(
    directory: &Path,
    artefacts: &'a [Artefact],
) -> Result<Vec<(&'a Artefact, Written)>, Failure> {
    std::fs::create_dir_all(directory).map_err(|error| {
        Failure::Failed(format!("the directory {} can't be made: {error}", directory.display()))
    })?;
    artefacts
        .iter()
        .map(|artefact| match artefact.write(directory) {
            Ok(written) => Ok((artefact, written)),
            Err(error) => Err(Failure::Failed(format!(
                "{} can't be written: {error}",
                directory.join(&artefact.file).display()
            ))),
        })
        .collect()
}

fn check(
    places: &[(&Path, Vec<Artefact>)],
    exporters: &[&dyn Exporter],
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut exit = Exit::Success;
    for (folder, artefacts) in places {
        let differences = differences(folder, artefacts, exporters)
            .map_err(|error| Failure::unreadable(folder, &error))?;
        for difference in &differences {
            let (word, file) = match difference {
                Difference::Stale(file) => ("stale  ", file),
                Difference::Missing(file) => ("missing", file),
                Difference::Surplus(file) => ("surplus", file),
            };
            writeln!(out, "{word} {}", folder.join(file).display())?;
        }
        if !differences.is_empty() {
            exit = Exit::Failure;
        } else if !artefacts.is_empty() {
            let are = if artefacts.len() == 1 { "is" } else { "are" };
            let files = counted(artefacts.len(), "file");
            writeln!(out, "{files} in {} {are} fresh", folder.display())?;
        }
    }
    if exit == Exit::Failure {
        writeln!(
            err,
            "error: files are not fresh; run `export` without `--check`, delete what is surplus, and commit"
        )?;
    }
    Ok(exit)
}
