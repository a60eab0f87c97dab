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
    /// A command with this name. `about` is its line in the usage. A name that every command line has
    /// already stays what it is there.
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

    /// Its name and its arguments.
    pub(super) fn synopsis(&self) -> String {
        format!("{} {}", self.name, self.arguments).trim_end().to_owned()
    }
}

impl fmt::Debug for Subcommand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subcommand").field(&self.name).finish()
    }
}
