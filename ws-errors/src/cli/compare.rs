//! `diff`, and `export --check --against`: what a change does to clients that are deployed already.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::arguments::Diff;
use super::{Exit, Failure, Program, find};
use crate::compat::{Report, diff as compare};
use crate::export::json;

pub(super) fn diff(program: &Program, how: &Diff, out: &mut dyn Write) -> Result<Exit, Failure> {
    let old = read(&how.old)?;
    let new = match &how.new {
        Some(new) => read(new)?,
        None => own(program, &how.old, &old)?,
    };
    let report = report(&how.old, &old, &new)?;
    if how.json {
        write!(out, "{}", report.json())?;
    } else {
        write!(out, "{report}")?;
    }
    Ok(exit(&report))
}

/// Compares the program's catalogs with older versions of them.
pub(super) fn against(
    program: &Program,
    files: &[PathBuf],
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut all = Exit::Success;
    for file in files {
        let old = read(file)?;
        let report = report(file, &old, &own(program, file, &old)?)?;
        write!(out, "{report}")?;
        if exit(&report) == Exit::Failure {
            all = Exit::Failure;
        }
    }
    Ok(all)
}

fn exit(report: &Report) -> Exit {
    if report.is_breaking() { Exit::Failure } else { Exit::Success }
}

fn report(file: &Path, old: &str, new: &str) -> Result<Report, Failure> {
    compare(old, new)
        .map_err(|error| Failure::Failed(format!("{} can't be compared: {error}", file.display())))
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::Failed(format!("{} can't be read: {error}", file.display())))
}

/// The JSON of the program's catalog with the name of an older one.
fn own(program: &Program, file: &Path, old: &str) -> Result<String, Failure> {
    let value: serde_json::Value = serde_json::from_str(old)
        .map_err(|error| Failure::Failed(format!("{} is no JSON: {error}", file.display())))?;
    let name = value.get("name").and_then(serde_json::Value::as_str).ok_or_else(|| {
        Failure::Failed(format!(
            "{} is no catalog: `name` is missing; give it what `export --only json` wrote",
            file.display()
        ))
    })?;
    let catalog = find::catalog(program, name)?;
    json(catalog).map_err(|error| Failure::Failed(error.to_string()))
}
