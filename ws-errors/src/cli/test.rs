//! `test`: whether a running server keeps to a catalog.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::arguments::Test as Asked;
use super::{Exit, Failure, Program, find};
use crate::catalog::Catalog;
use crate::testing::{Scenarios, Test};

pub(super) fn test(program: &Program, what: &Asked, out: &mut dyn Write) -> Result<Exit, Failure> {
    let catalog = catalog(program, what.catalog.as_deref())?;
    let scenarios = match &what.scenarios {
        Some(file) => read(file, catalog)?,
        None => Scenarios::default(),
    };
    let test = Test::new(catalog, what.url.as_str()).scenarios(scenarios);
    let test = test.wait(what.wait.unwrap_or(Test::WAIT));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let report = runtime.block_on(test.run());
    let report = report.map_err(|error| Failure::Failed(error.to_string()))?;
    write!(out, "{report}")?;
    write(what.junit.as_deref(), || report.junit())?;
    write(what.json.as_deref(), || report.json())?;
    Ok(if report.passed() { Exit::Success } else { Exit::Failure })
}

/// The catalog that is asked for, or the only one.
fn catalog(program: &Program, name: Option<&str>) -> Result<&'static Catalog, Failure> {
    match (name, program.catalogs()) {
        (Some(name), _) => find::catalog(program, name),
        (None, [catalog]) => Ok(catalog),
        (None, catalogs) => {
            let names: Vec<String> =
                catalogs.iter().map(|catalog| format!("`{}`", catalog.name)).collect();
            let names = names.join(", ");
            Err(Failure::Unknown(format!("say which catalog the server has: {names}")))
        }
    }
}

fn read(file: &Path, catalog: &'static Catalog) -> Result<Scenarios, Failure> {
    let failed = |what: String| Failure::Failed(format!("{}: {what}", file.display()));
    let text = fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
    Scenarios::parse(&text, catalog).map_err(|error| failed(error.to_string()))
}

fn write(file: Option<&Path>, report: impl FnOnce() -> String) -> Result<(), Failure> {
    let Some(file) = file else { return Ok(()) };
    let failed = |error| Failure::Failed(format!("can't write {}: {error}", file.display()));
    fs::write(file, report()).map_err(failed)
}

pub(super) fn help(name: &str) -> String {
    format!(
        "\
{name} test [CATALOG] --url URL [OPTIONS]
  Whether a running server keeps to a catalog: connects as clients do, tries what goes wrong, and
  compares what comes with what the catalog says. Entries that close are provoked 50 times by a
  client that keeps sending. Ends with 1 where something is not as it should be.

  --url URL               where the server is: ws://127.0.0.1:3000/ws
  --scenarios FILE        what to try beside what is built in, as JSON: headers and tokens, what to
                          send, which error has to come
  --wait TIME             how long each connection waits for what is due: 500ms, 30s (default), 2m
  --report FORMAT=FILE    writes the report for tools, too: junit=FILE, json=FILE, or both with a comma

"
    )
}
