//! A command of the application's own.

use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};

use super::Exit;

/// What a command of the application's own does with its arguments, see [`run`](super::run).
pub type Run = fn(Vec<OsString>, &mut dyn Write, &mut dyn Write) -> io::Result<Exit>;

/// A command of the application's own, beside those that every command line has.
///
/// ```
/// use ws_errors::cli::{Exit, Program, Subcommand};
///
/// let program = Program::new("errors", Vec::new()).subcommand(Subcommand::new(
///     "count",
///     "says how many arguments there are",
///     |arguments, out, _| writeln!(out, "{}", arguments.len()).map(|()| Exit::Success),
/// ));
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let exit = ws_errors::cli::run(
///     &program,
///     ["count", "one", "two"],
///     Default::default(),
///     &mut out,
///     &mut err,
/// )?;
/// assert_eq!((exit, out.as_slice()), (Exit::Success, b"2\n".as_slice()));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct Subcommand {
    pub(super) name: &'static str,
    pub(super) arguments: &'static str,
    pub(super) about: &'static str,
    pub(super) invocation: Option<&'static str>,
    pub(super) run: Run,
}

impl Subcommand {
    /// A command with this name. `about` is its line in the usage, as in "shows it in a browser". A
    /// command that every command line has can't be replaced.
    pub const fn new(name: &'static str, about: &'static str, run: Run) -> Self {
        Self { name, arguments: "", about, invocation: None, run }
    }

    /// How its arguments are written in the help: `[--port N]`.
    #[must_use]
    pub const fn arguments(self, arguments: &'static str) -> Self {
        Self { arguments, ..self }
    }

    /// The whole command line that runs it, with which the [tour](super::tour) ends.
    #[must_use]
    pub const fn invocation(self, line: &'static str) -> Self {
        Self { invocation: Some(line), ..self }
    }
}

impl fmt::Debug for Subcommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subcommand").field(&self.name).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::super::{Program, Terminal, run, tour};
    use super::*;
    use crate::fixture::METERED;

    fn program() -> Program {
        let serve = Subcommand::new("serve", "shows them in a browser", |arguments, out, _| {
            writeln!(out, "{} arguments", arguments.len()).map(|()| Exit::Success)
        });
        let serve = serve.arguments("[--port N]").invocation("errors serve");
        Program::new("errors", vec![&METERED]).subcommand(serve)
    }

    fn said(arguments: &[&str]) -> (Exit, String) {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let exit = run(&program(), arguments, Terminal::default(), &mut out, &mut err).unwrap();
        out.extend(err);
        (exit, String::from_utf8(out).unwrap())
    }

    #[test]
    fn it_gets_the_arguments_behind_its_name() {
        assert_eq!(said(&["serve", "--port", "1"]), (Exit::Success, "2 arguments\n".to_owned()));
    }

    #[test]
    fn the_usage_the_help_and_the_answer_to_a_wrong_name_know_it() {
        assert!(said(&[]).1.contains("\n  serve         shows them in a browser\n"));
        let (exit, help) = said(&["--help"]);
        assert_eq!(exit, Exit::Success);
        assert!(help.contains("errors serve [--port N]\n  Shows them in a browser.\n"), "{help}");
        let (exit, answer) = said(&["serv"]);
        assert_eq!(exit, Exit::Usage);
        assert!(answer.contains("serve"), "{answer}");
    }

    #[test]
    fn what_every_command_line_has_stays_what_it_is() {
        let list = Subcommand::new("list", "says no", |_, _, _| Ok(Exit::Failure));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let program = program().subcommand(list);
        let exit = run(&program, ["list"], Terminal::default(), &mut out, &mut err).unwrap();
        assert_eq!(exit, Exit::Success);
    }

    #[test]
    fn a_tour_ends_with_how_it_is_run() {
        let name = format!("ws-errors-tour-{}", std::process::id());
        let directory: PathBuf = std::env::temp_dir().join(name);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let toured = tour::tour_to(&directory, &program(), Terminal::default(), &mut out, &mut err);
        std::fs::remove_dir_all(&directory).unwrap();
        assert_eq!(toured.unwrap(), Exit::Success);
        let out = String::from_utf8(out).unwrap();
        assert!(out.ends_with("errors serve   shows them in a browser\n"), "{out}");
    }
}
