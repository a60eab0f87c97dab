//! `test`: whether a running server keeps to a catalog.

use std::fs;
use std::io::Write;
use std::path::Path;

use ws_errors_core::names::list_names;

use super::arguments::Test as Asked;
use super::help::Help;
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
            let names = list_names(catalogs.iter().map(|catalog| catalog.name));
            Err(Failure::Unknown(format!(
                "the program has several catalogs: {names}; give that of the server: `test CATALOG --url …`"
            )))
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

pub(super) fn help() -> Help {
    let text = "  Tests whether a running server keeps to a catalog: connects as clients do, provokes errors, and
  compares what comes with what the catalog says. Errors that close are provoked 50 times by a
  client that keeps sending. Exits with 1 where it finds a fault. CATALOG is needed where the
  program has several.

  --url URL               the address of the server: ws://127.0.0.1:3000/ws
  --scenarios FILE        what to try beside the built-in scenarios, as JSON: headers and tokens,
                          what to send, and which error has to come
  --wait TIME             how long each connection waits for what is due: 500ms, 30s (default), 2m
  --report FORMAT=FILE    also writes the report for tools: junit=FILE, json=FILE, or both with a
                          comma
";
    Help {
        command: "test",
        arguments: "[CATALOG] --url URL [OPTIONS]",
        summary: "tests whether a running server keeps to a catalog",
        text: text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::cli::{Exit, Program, Terminal, run};
    use crate::fixture::METERED;

    fn refused(arguments: &[&str], exit: Exit) -> String {
        let program = Program::new("errors", vec![&METERED]);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let ended = run(&program, arguments, Terminal::default(), &mut out, &mut err);
        assert_eq!((ended.expect("written"), out.as_slice()), (exit, &b""[..]));
        String::from_utf8(err).expect("UTF-8")
    }

    #[test]
    fn a_wrong_argument_is_said_with_what_to_write_instead() {
        let url = ["test", "--url", "ws://127.0.0.1:9"];
        for (more, said) in [
            (
                &["--wait", "30"][..],
                "--wait takes a time such as `500ms`, `30s` or `2m`, and not \"30\"",
            ),
            (&["--wait", "0s"], "--wait takes a time"),
            (&["--report", "xml=x"], "--report takes `junit=FILE` and `json=FILE`"),
            (&["other"], "there is no catalog \"other\""),
        ] {
            let said_so = refused(&[&url[..], more].concat(), Exit::Usage);
            assert!(said_so.contains(said), "{said_so}");
        }
        assert!(
            refused(&["test"], Exit::Usage).contains("`test` takes the URL of a running server")
        );
        let none = refused(&[&url[..], &["--scenarios", "/no/such"]].concat(), Exit::Failure);
        assert!(none.starts_with("error: /no/such: "), "{none}");
    }

    #[test]
    fn the_help_knows_it() {
        let program = Program::new("errors", vec![&METERED]);
        let mut out = Vec::new();
        let ended = run(&program, ["--help"], Terminal::default(), &mut out, &mut Vec::new());
        assert_eq!(ended.expect("written"), Exit::Success);
        let help = String::from_utf8(out).expect("UTF-8");
        assert!(help.contains("errors test [CATALOG] --url URL [OPTIONS]"), "{help}");
    }
}
