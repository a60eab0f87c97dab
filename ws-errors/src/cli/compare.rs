//! `diff`, and `export --check --against`: what a change does to clients that are deployed already.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::arguments::Diff;
use super::{Exit, Failure, Program, find};
use crate::compat::{Report, diff as compare};
use crate::export::{Format, json};

pub(super) fn diff(program: &Program, how: &Diff, out: &mut dyn Write) -> Result<Exit, Failure> {
    let reports = match &how.new {
        Some(new) => vec![report(&how.old, &read(&how.old)?, &read(new)?)?],
        None => reports(program, std::slice::from_ref(&how.old))?,
    };
    match reports.as_slice() {
        [report] if how.json && !how.old.is_dir() => write!(out, "{}", report.json())?,
        reports if how.json => {
            let reports: Vec<String> = reports.iter().map(Report::json).collect();
            let reports: Vec<&str> = reports.iter().map(|report| report.trim_end()).collect();
            writeln!(out, "[{}]", reports.join(",\n"))?;
        }
        reports => print(reports, out)?,
    }
    Ok(exit(&reports))
}

/// Compares the program's catalogs with older versions of them.
pub(super) fn against(
    program: &Program,
    files: &[PathBuf],
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let reports = reports(program, files)?;
    print(&reports, out)?;
    Ok(exit(&reports))
}

fn reports(program: &Program, files: &[PathBuf]) -> Result<Vec<Report>, Failure> {
    let files = given(files)?;
    let report = |file: &PathBuf| {
        let old = read(file)?;
        report(file, &old, &own(program, file, &old)?)
    };
    files.iter().map(report).collect()
}

fn print(reports: &[Report], out: &mut dyn Write) -> Result<(), Failure> {
    for report in reports {
        write!(out, "{report}")?;
    }
    Ok(())
}

/// The files that are given, and those of the folders that are: what is the JSON of a catalog there,
/// by the names of the files.
fn given(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let failed = |error| Failure::unreadable(path, &error);
        let mut found = Vec::new();
        for item in std::fs::read_dir(path).map_err(failed)? {
            let file = item.map_err(failed)?.path();
            if is_of_a_catalog(&file) {
                found.push(file);
            }
        }
        if found.is_empty() {
            // A check of nothing would pass for ever.
            return Err(Failure::Failed(format!(
                "{} has no catalog: it should hold what `export --only json` wrote",
                path.display()
            )));
        }
        found.sort();
        files.append(&mut found);
    }
    Ok(files)
}

/// Whether a file has the name of the JSON of a catalog: `chat.json`, and not `chat.schema.json`.
fn is_of_a_catalog(file: &Path) -> bool {
    let others = [Format::JsonSchema, Format::AsyncApi, Format::OpenApi];
    let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    file.extension().is_some_and(|extension| extension == Format::Json.extension())
        && !others.iter().any(|other| name.ends_with(&format!(".{}", other.extension())))
}

fn exit(reports: &[Report]) -> Exit {
    if reports.iter().any(Report::is_breaking) { Exit::Failure } else { Exit::Success }
}

fn report(file: &Path, old: &str, new: &str) -> Result<Report, Failure> {
    compare(old, new)
        .map_err(|error| Failure::Failed(format!("{} can't be compared: {error}", file.display())))
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| Failure::unreadable(file, &error))
}

/// The JSON of the program's catalog with the name of an older one.
fn own(program: &Program, file: &Path, old: &str) -> Result<String, Failure> {
    let value: serde_json::Value = serde_json::from_str(old).map_err(|error| {
        Failure::Failed(format!(
            "{} is not JSON: {error}; give it what `export --only json` wrote",
            file.display()
        ))
    })?;
    let name = value.get("name").and_then(serde_json::Value::as_str).ok_or_else(|| {
        Failure::Failed(format!(
            "{} is no catalog: `name` is missing; give it what `export --only json` wrote",
            file.display()
        ))
    })?;
    let catalog = find::catalog(program, name)?;
    json(catalog).map_err(|error| Failure::Failed(error.to_string()))
}
