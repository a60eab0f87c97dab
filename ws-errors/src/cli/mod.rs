//! The command line that an application gets for its own catalogs.
//!
//! [`cli!`](crate::cli!) is the whole of its exporter binary.

mod arguments;
mod artefacts;
mod compare;
mod explain;
mod find;
mod folders;
mod given;
mod help;
mod languages;
mod layout;
mod list;
mod render;
mod show;
mod subcommand;
mod terminal;
#[cfg(feature = "testing")]
mod test;
mod tour;
mod translations;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use arguments::{COMMANDS, Command};
pub use folders::Folders;
use help::{help, help_of, usage, usage_of};
pub use subcommand::{Run, Subcommand};
pub use terminal::Terminal;
pub use tour::tour;

use crate::WsError;
use crate::catalog::Catalog;
use crate::export::{Exporter, displayed};

/// The whole of an exporter binary: a `main` with the commands `list`, `show`, `explain`, `export`
/// and `diff` for these enums, and `test` with the feature `testing`.
///
/// Behind a semicolon stand options: `out = "…"` is where `export` writes without `--out`
/// (`ws-errors`), relative to the directory in which the binary is run, and `out(ts = "…")` where it
/// writes the artefacts of a format; with `tour` the binary shows all that it has when it is given no
/// command; `locales = "…"` is where translations are; `audience = "…"`, `front_matter`,
/// `exporter = …` and `subcommand = …` are those of [`Program`](crate::cli::Program).
///
/// ```no_run
/// # use ws_errors::catalog::{Catalog, Entry};
/// # #[derive(Debug)]
/// # enum ChatError {}
/// # impl std::fmt::Display for ChatError {
/// #     fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { match *self {} }
/// # }
/// # impl std::error::Error for ChatError {}
/// # impl ws_errors::WsError for ChatError {
/// #     fn catalog() -> &'static Catalog { todo!() }
/// #     fn entry(&self) -> &'static Entry { match *self {} }
/// # }
/// ws_errors::cli!(ChatError; out = "docs/errors", out(ts = "web/src/errors"), tour);
/// ```
#[macro_export]
macro_rules! cli {
    ($($error:ty),+ $(,)? $(; $(
        $option:ident $(( $($format:ident = $folder:expr),+ $(,)? ))? $(= $value:expr)?
    ),* $(,)?)?) => {
        fn main() -> ::std::process::ExitCode {
            let program = $crate::cli::Program::new(
                ::std::option_env!("CARGO_BIN_NAME").unwrap_or("ws-errors"),
                ::std::vec![$(<$error as $crate::WsError>::catalog()),+],
            );
            let program = program.findings(
                [$($crate::cli::findings::<$error>()),+].concat(),
            );
            $($(let program = program.$option(
                $($value)? $([$((::std::stringify!($format), $folder)),+])?
            );)*)?
            $crate::cli::main(&program)
        }
    };
}

/// What is wrong with the catalogs that an enum nests, each with the name of its catalog.
#[doc(hidden)]
pub fn findings<E: WsError>() -> Vec<String> {
    let name = E::catalog().name;
    E::findings().into_iter().map(|finding| format!("{name}: {finding}")).collect()
}

/// An application's command line: its catalogs, and how it behaves.
#[derive(Debug, Clone)]
pub struct Program {
    name: String,
    catalogs: Vec<&'static Catalog>,
    out: Folders,
    tour: bool,
    audiences: Vec<String>,
    front_matter: bool,
    exporters: Vec<Arc<dyn Exporter>>,
    findings: Vec<String>,
    locales: Option<PathBuf>,
    subcommands: Vec<Subcommand>,
}

impl Program {
    /// A command line under this name for these catalogs.
    pub fn new(name: impl Into<String>, catalogs: Vec<&'static Catalog>) -> Self {
        Self {
            name: name.into(),
            catalogs,
            out: Folders::default(),
            tour: false,
            audiences: Vec::new(),
            front_matter: false,
            exporters: Vec::new(),
            findings: Vec::new(),
            locales: None,
            subcommands: Vec::new(),
        }
    }

    /// Where `export` writes without `--out`: a folder for all artefacts, or one for those of a format.
    /// It may be given several times. What is given no folder goes to `ws-errors`.
    ///
    /// ```
    /// # use ws_errors::cli::Program;
    /// let program = Program::new("errors", vec![])
    ///     .out("docs/errors")
    ///     .out([("ts", "web/src/errors"), ("py", "bots/errors")]);
    /// # let _ = program;
    /// ```
    #[must_use]
    pub fn out(mut self, folders: impl Into<Folders>) -> Self {
        self.out = self.out.and(folders.into());
        self
    }

    /// Shows all that there is when no command is given, by [`tour`].
    #[must_use]
    pub fn tour(mut self) -> Self {
        self.tour = true;
        self
    }

    /// Where translations are, a folder for each language: `export` keeps them complete, and `export
    /// --check` says what is wrong with them.
    #[must_use]
    pub fn locales(mut self, directory: impl Into<PathBuf>) -> Self {
        self.locales = Some(directory.into());
        self
    }

    /// Starts the reference docs with front matter, also where `--front-matter` is not given: see
    /// [`Markdown::front_matter`](crate::export::Markdown::front_matter).
    #[must_use]
    pub fn front_matter(mut self) -> Self {
        self.front_matter = true;
        self
    }

    /// Leaves the errors for other audiences than this one out of what `export` writes, where
    /// `--audience` doesn't say another; `public` is everybody. It may be given several times. See
    /// [`for_audiences`](crate::export::for_audiences).
    #[must_use]
    pub fn audience(mut self, name: impl Into<String>) -> Self {
        self.audiences.push(name.into());
        self
    }

    /// What is wrong with catalogs that nest others: nothing is exported then.
    #[doc(hidden)]
    #[must_use]
    pub fn findings(mut self, findings: Vec<String>) -> Self {
        self.findings = findings;
        self
    }

    /// Exports to a target of the application's own, too.
    #[must_use]
    pub fn exporter(mut self, exporter: impl Exporter + 'static) -> Self {
        self.exporters.push(Arc::new(exporter));
        self
    }

    /// Adds a command of the application's own.
    #[must_use]
    pub fn subcommand(mut self, subcommand: Subcommand) -> Self {
        self.subcommands.push(subcommand);
        self
    }

    /// The catalogs.
    pub fn catalogs(&self) -> &[&'static Catalog] {
        &self.catalogs
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// As it should: 0.
    Success,
    /// Something was not as it should be: 1.
    Failure,
    /// The arguments were wrong: 2.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::Failure => 1,
            Exit::Usage => 2,
        })
    }
}

/// Why a command ended early.
#[derive(Debug)]
enum Failure {
    /// The arguments are wrong: said with the usage.
    Usage(String),
    /// A name or a value is not one that there is: said with what there is.
    Unknown(String),
    /// Something else is.
    Failed(String),
    /// It can't be written.
    Output(io::Error),
}

impl Failure {
    /// All of these errors, each on a line of its own.
    fn all(errors: &[impl ToString]) -> Self {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Self::Failed(errors.join("\nerror: "))
    }

    fn unreadable(path: &Path, error: &io::Error) -> Self {
        Self::Failed(format!("{} can't be read: {error}", path.display()))
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Runs the command line of this process.
pub fn main(program: &Program) -> ExitCode {
    let terminal = Terminal::detect();
    let arguments = std::env::args_os().skip(1);
    let mut out = terminal::Pipe::new(io::stdout().lock());
    let mut err = terminal::Pipe::new(io::stderr().lock());
    let exit = run(program, arguments, terminal, &mut out, &mut err);
    match exit.and_then(|exit| out.flush().map(|()| exit)) {
        Ok(exit) => exit.into(),
        Err(error) => {
            // Nothing can be done where this can't be said either.
            let _ = writeln!(err, "error: the output can't be written: {error}");
            Exit::Failure.into()
        }
    }
}

/// Runs a command line with these arguments (without the name of the program), without touching
/// this process: what it prints goes to `out` and `err`.
///
/// # Errors
/// Returns the error where `out` or `err` can't be written to.
pub fn run<I>(
    program: &Program,
    arguments: I,
    terminal: Terminal,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit>
where
    I: IntoIterator,
    I::Item: Into<OsString>,
{
    let mut arguments: Vec<OsString> = arguments.into_iter().map(Into::into).collect();
    let own = program
        .subcommands
        .iter()
        .find(|own| arguments.first().is_some_and(|first| first == own.name));
    if let Some(own) = own.filter(|own| !COMMANDS.contains(&own.name)) {
        arguments.remove(0);
        return (own.run)(arguments, out, err);
    }
    let own = program.subcommands.iter().map(|own| own.name);
    // The command that is run, or asked about: `export`, `help export`.
    let mut names = arguments.iter().map(|argument| argument.to_string_lossy().into_owned());
    let asked = names.find(|name| name != "help").unwrap_or_default();
    let done = Command::parse(arguments, own).and_then(|command| match command {
        Command::None if program.tour => tour(program, terminal, out, err).map_err(Failure::from),
        Command::None => {
            write!(err, "{}", usage(program))?;
            Ok(Exit::Usage)
        }
        Command::Help => {
            let help = help_of(program, &asked).unwrap_or_else(|| help(program));
            write!(out, "{help}")?;
            Ok(Exit::Success)
        }
        Command::List => list::list(program, terminal, out),
        Command::Show(what) => show::show(program, &what, out),
        Command::Explain(what) => explain::explain(program, &what, terminal, out),
        Command::Export(how) => artefacts::export(program, &how, out, err),
        Command::Diff(how) => compare::diff(program, &how, out),
        #[cfg(feature = "testing")]
        Command::Test(what) => test::test(program, &what, out),
    });
    match done {
        Ok(exit) => Ok(exit),
        Err(Failure::Usage(message)) => {
            let usage = usage_of(program, &asked).unwrap_or_else(|| usage(program));
            write!(err, "error: {}\n\n{usage}", in_lines(&message))?;
            Ok(Exit::Usage)
        }
        Err(Failure::Unknown(message)) => {
            writeln!(err, "error: {}", in_lines(&message))?;
            Ok(Exit::Usage)
        }
        Err(Failure::Failed(message)) => {
            writeln!(err, "error: {}", in_lines(&message))?;
            Ok(Exit::Failure)
        }
        Err(Failure::Output(error)) => Err(error),
    }
}

/// `1 file`, `2 files`.
fn counted(count: usize, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{plural}")
}

/// What arguments and files say is shown, and never does anything to a terminal; lines are our own.
fn in_lines(message: &str) -> String {
    message.lines().map(displayed).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests;
