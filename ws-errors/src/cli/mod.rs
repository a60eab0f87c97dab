//! The command line that an application gets for its own catalogs.
//!
//! [`cli!`](crate::cli!) is the whole of its exporter binary.

mod arguments;
mod artefacts;
mod compare;
mod explain;
mod find;
mod given;
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
pub use subcommand::{Run, Subcommand};
pub use terminal::Terminal;
pub use tour::tour;

use crate::catalog::Catalog;
use crate::export::{Exporter, displayed};

/// The whole of an exporter binary: a `main` with the commands `list`, `show`, `explain`, `export`
/// and `diff` for these enums, and `test` with the feature `testing`.
///
/// Behind a semicolon stand options: `out = "…"` is where `export` writes without `--out`
/// (`ws-errors`), relative to the directory in which the binary is run; with `tour` the binary
/// shows all that it has when it is given no command; `locales = "…"` is where translations are;
/// `front_matter`, `exporter = …` and `subcommand = …` are those of
/// [`Program`](crate::cli::Program).
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
/// ws_errors::cli!(ChatError; out = "docs/errors", tour);
/// ```
#[macro_export]
macro_rules! cli {
    ($($error:ty),+ $(,)? $(; $($option:ident $(= $value:expr)?),* $(,)?)?) => {
        fn main() -> ::std::process::ExitCode {
            let program = $crate::cli::Program::new(
                ::std::option_env!("CARGO_BIN_NAME").unwrap_or("ws-errors"),
                ::std::vec![$(<$error as $crate::WsError>::catalog()),+],
            );
            let program = program.findings(
                [$(<$error as $crate::WsError>::findings()),+].concat(),
            );
            $($(let program = program.$option($($value)?);)*)?
            $crate::cli::main(&program)
        }
    };
}

/// An application's command line: its catalogs, and how it behaves.
#[derive(Debug, Clone)]
pub struct Program {
    name: String,
    catalogs: Vec<&'static Catalog>,
    out: PathBuf,
    tour: bool,
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
            out: PathBuf::from("ws-errors"),
            tour: false,
            front_matter: false,
            exporters: Vec::new(),
            findings: Vec::new(),
            locales: None,
            subcommands: Vec::new(),
        }
    }

    /// Where `export` writes without `--out`; `ws-errors` unless this says otherwise.
    #[must_use]
    pub fn out(mut self, directory: impl Into<PathBuf>) -> Self {
        self.out = directory.into();
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

    fn directory(&self) -> &Path {
        &self.out
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
/// this process: what it says goes to `out` and `err`.
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
    let done = Command::parse(arguments, own).and_then(|command| match command {
        Command::None if program.tour => tour(program, terminal, out, err).map_err(Failure::from),
        Command::None => {
            write!(err, "{}", usage(program))?;
            Ok(Exit::Usage)
        }
        Command::Help => {
            write!(out, "{}", help(program))?;
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
            writeln!(err, "error: {}\n\n{}", in_lines(&message), usage(program).trim_end())?;
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

/// What arguments and files say is shown, and never does anything to a terminal; lines are our own.
fn in_lines(message: &str) -> String {
    message.lines().map(displayed).collect::<Vec<_>>().join("\n")
}

fn usage(program: &Program) -> String {
    let name = &program.name;
    let none = if program.tour { "  <nothing>     everything at a glance\n" } else { "" };
    let own = program.subcommands.iter().map(|own| format!("  {:<13} {}\n", own.name, own.about));
    let own: String = own.collect();
    let test = match COMMANDS.contains(&"test") {
        true => "  test          whether a running server keeps to a catalog\n",
        false => "",
    };
    format!(
        "Usage: {name} <COMMAND>\n\
         \n\
         Commands:\n\
         {none}  list          the catalogs and their errors, one line each\n\
         \x20 show          what is sent for one error\n\
         \x20 explain       all that there is to say of one error\n\
         \x20 export        writes the reference docs, the clients' modules and the catalogs as JSON\n\
         \x20 diff          what changed since an older version, and whether that breaks clients\n\
         {test}{own}\n\
         `{name} --help` says more.\n"
    )
}

fn help(program: &Program) -> String {
    let Program { name, tour, .. } = program;
    let out = program.out.display();
    let none = if *tour {
        format!("{name}\n  Shows all errors, and writes all artefacts to {}.\n\n", tour::DIRECTORY)
    } else {
        String::new()
    };
    let own = program.subcommands.iter();
    let own = own.map(|own| format!("{name} {}\n  {}\n\n", own.synopsis(), own.about));
    let own: String = own.collect();
    #[cfg(feature = "testing")]
    let test = test::help(name);
    #[cfg(not(feature = "testing"))]
    let test = "";
    format!(
        "{none}\
{name} list
  The catalogs and their errors, one line each.

{name} show CATALOG ERROR [OPTIONS]
  What is sent for an error: the frame exactly as it is on the wire, alone on its line, and the
  close frame; what the client may do then, and what a person sees. ERROR is a name, the name of
  the variant, a code or a close code.

  --field NAME=VALUE      gives a field of the error. One that is not given has its example;
                          null leaves it out.
  --context NAME=VALUE    gives what the context brings. What is not given is absent.
  --envelope CONTEXT      only in this context; `()` is the one without values.
  --language TAG          as a reader of this language gets it

  A value that is JSON is taken as JSON, unless the field is a string; anything else is a string.

{name} explain [CATALOG] ERROR [--language TAG]
  All that there is to say of an error: when it happens, what the client should do, what a person
  sees, its fields and an example. ERROR is as for `show`; without a CATALOG all are searched.

  --language TAG          what a person sees is in this language

{name} export [OPTIONS]
  Writes an artefact for each catalog and format.

  --out DIR               where to (default: {out})
  --only FORMATS          these, separated by commas: {formats},
                          or `all` (default: {default});
                          {translations}: what is to be translated, beside what is
  --locales DIR           where translations are, a folder for each language (default: {locales})
  --language TAG          begins the translation into a language; may be given several times
  --front-matter          starts the docs with the front matter of site generators
  --prefixed              puts the catalog's name before the exports of TypeScript modules
  --together NAME         one AsyncAPI document of all catalogs, instead of one for each
  --check                 writes nothing; names the files that are stale, missing or surplus, and
                          what is wrong with translations; ends with 1 where there is anything
  --allow-untranslated    with --check: a text that is not translated yet is reported, and no error
  --against FILE          with --check: compares the catalog with an older version of its JSON, as
                          `diff` does; may be given several times, and be a folder of such files

{name} diff OLD [NEW] [--json]
  What changed between two versions of a catalog, given as the JSON that `export` wrote: what breaks
  clients that are deployed already, and what to do instead; what may; and what does not. Without
  NEW, OLD is compared with the catalog of this program that has its name. Ends with 1 where
  something breaks.

  --json                  the report for tools

{test}{own}{name} --help
  This text.

Exit codes: 0 as it should be, 1 something is wrong, 2 wrong arguments.
",
        formats = artefacts::named(&artefacts::exporters(program, false)),
        default = artefacts::named(&artefacts::exporters(program, true)),
        translations = translations::named(),
        locales = translations::directory(program, None).display(),
    )
}

#[cfg(test)]
mod tests;
