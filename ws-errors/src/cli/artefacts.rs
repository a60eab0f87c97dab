//! `export`: writes the artefacts, or says which are not fresh.

use std::io::Write;
use std::path::Path;

use super::arguments::Export;
use super::{Exit, Failure, Program, compare};
use crate::export::{Artefact, Difference, Format, Written, artefacts, differences, surplus};

/// The formats, as `--only` takes them.
pub(super) fn named(formats: &[Format]) -> String {
    let formats: Vec<&str> = formats.iter().map(|format| format.name()).collect();
    formats.join(",")
}

pub(super) fn export(
    program: &Program,
    how: &Export,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let formats = if how.only.is_empty() { Format::DEFAULT } else { how.only.as_slice() };
    let directory = how.out.as_deref().unwrap_or_else(|| program.directory());
    let artefacts = make(program, formats)?;
    if how.check {
        let fresh = check(directory, &artefacts, formats, out, err)?;
        let compatible = compare::against(program, &how.against, out)?;
        return Ok(if fresh == Exit::Success { compatible } else { fresh });
    }
    for (artefact, written) in write(directory, &artefacts)? {
        let path = directory.join(&artefact.file);
        match written {
            Written::Created | Written::Updated => writeln!(out, "wrote     {}", path.display())?,
            Written::Unchanged => writeln!(out, "unchanged {}", path.display())?,
        }
    }
    for file in
        surplus(directory, &artefacts, formats).map_err(|error| unreadable(directory, &error))?
    {
        writeln!(
            err,
            "warning: {} was generated once, and no catalog makes it any more; delete it",
            directory.join(file).display()
        )?;
    }
    Ok(Exit::Success)
}

/// Makes the artefacts; says all that is wrong where they can't be made.
pub(super) fn make(program: &Program, formats: &[Format]) -> Result<Vec<Artefact>, Failure> {
    artefacts(program.catalogs(), formats).map_err(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Failure::Failed(errors.join("\nerror: "))
    })
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
    directory: &Path,
    artefacts: &[Artefact],
    formats: &[Format],
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let differences = differences(directory, artefacts, formats)
        .map_err(|error| unreadable(directory, &error))?;
    for difference in &differences {
        let (word, file) = match difference {
            Difference::Stale(file) => ("stale  ", file),
            Difference::Missing(file) => ("missing", file),
            Difference::Surplus(file) => ("surplus", file),
        };
        writeln!(out, "{word} {}", directory.join(file).display())?;
    }
    if differences.is_empty() {
        writeln!(out, "{} files in {} are fresh", artefacts.len(), directory.display())?;
        return Ok(Exit::Success);
    }
    writeln!(
        err,
        "error: run `export` without `--check`, delete what is surplus, and commit that"
    )?;
    Ok(Exit::Failure)
}

fn unreadable(directory: &Path, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("{} can't be read: {error}", directory.display()))
}
