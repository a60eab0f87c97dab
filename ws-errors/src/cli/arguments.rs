//! Arguments to commands.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value};

use ws_errors_core::language::is_language_tag;

use super::{Failure, Folders, find};

/// What is asked for.
#[derive(Debug)]
pub(super) enum Command {
    /// Nothing.
    None,
    Help,
    List,
    Show(Show),
    Explain(Explain),
    Export(Export),
    Diff(Diff),
    #[cfg(feature = "testing")]
    Test(Test),
}

/// What is tested.
#[cfg(feature = "testing")]
#[derive(Debug, Default)]
pub(super) struct Test {
    /// The program's only catalog, where there is none.
    pub(super) catalog: Option<String>,
    pub(super) url: String,
    pub(super) scenarios: Option<PathBuf>,
    pub(super) wait: Option<std::time::Duration>,
    pub(super) junit: Option<PathBuf>,
    pub(super) json: Option<PathBuf>,
}

/// What is shown.
#[derive(Debug, Default)]
pub(super) struct Show {
    /// All catalogs, where there is none.
    pub(super) catalog: Option<String>,
    pub(super) entry: String,
    pub(super) fields: Vec<(String, String)>,
    pub(super) context: Vec<(String, String)>,
    pub(super) envelope: Option<String>,
    pub(super) language: Option<String>,
}

/// What is explained.
#[derive(Debug, Default)]
pub(super) struct Explain {
    /// All catalogs, where there is none.
    pub(super) catalog: Option<String>,
    pub(super) entry: String,
    pub(super) language: Option<String>,
}

/// What is compared.
#[derive(Debug, Default)]
pub(super) struct Diff {
    pub(super) old: PathBuf,
    /// The program's own catalog, where there is none.
    pub(super) new: Option<PathBuf>,
    pub(super) json: bool,
}

/// What is exported.
#[derive(Debug, Default)]
pub(super) struct Export {
    pub(super) out: Folders,
    /// The names of formats; the default ones, where it is empty.
    pub(super) only: Vec<String>,
    /// For whom it is; for everybody and all audiences, where it is empty.
    pub(super) audiences: Vec<String>,
    pub(super) front_matter: bool,
    /// Whether the exports of TypeScript modules have the catalog's name before them.
    pub(super) prefixed: bool,
    /// The name of the one AsyncAPI document of all catalogs.
    pub(super) together: Option<String>,
    pub(super) check: bool,
    /// Where translations are.
    pub(super) locales: Option<PathBuf>,
    /// Languages into which translations are begun.
    pub(super) languages: Vec<String>,
    /// Whether what is not translated yet is as it should be.
    pub(super) allow_untranslated: bool,
    /// Older versions that the catalogs are compared with.
    pub(super) against: Vec<PathBuf>,
}

/// What every command line has.
pub(super) const COMMANDS: &[&str] = &[
    "list",
    "show",
    "explain",
    "export",
    "diff",
    #[cfg(feature = "testing")]
    "test",
];

impl From<lexopt::Error> for Failure {
    fn from(error: lexopt::Error) -> Self {
        Self::Usage(error.to_string())
    }
}

impl Command {
    /// The command that these arguments are; `own` are those of the application.
    pub(super) fn parse(
        arguments: Vec<OsString>,
        own: impl Iterator<Item = &'static str>,
    ) -> Result<Self, Failure> {
        let mut parser = lexopt::Parser::from_args(arguments);
        let command = match parser.next()? {
            None => return Ok(Self::None),
            Some(Long("help") | Short('h')) => return Ok(Self::Help),
            Some(Value(command)) => text(command)?,
            Some(other) => return Err(other.unexpected().into()),
        };
        match command.as_str() {
            "help" => Ok(Self::Help),
            "list" => match parser.next()? {
                None => Ok(Self::List),
                Some(Long("help") | Short('h')) => Ok(Self::Help),
                Some(other) => Err(other.unexpected().into()),
            },
            "show" => show(&mut parser),
            "explain" => explain(&mut parser),
            "export" => export(&mut parser),
            "diff" => diff(&mut parser),
            #[cfg(feature = "testing")]
            "test" => test(&mut parser),
            _ => Err(Failure::Usage(find::unknown(
                "there is no command",
                &command,
                COMMANDS.iter().copied().chain(own),
            ))),
        }
    }
}

fn show(parser: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut show = Show::default();
    let mut names = Vec::new();
    while let Some(argument) = next(parser)? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("field") => show.fields.push(pair("--field", parser.value()?)?),
            Long("context") => show.context.push(pair("--context", parser.value()?)?),
            Long("language") => show.language = Some(language(parser.value()?)?),
            Long("envelope") => show.envelope = Some(text(parser.value()?)?),
            Value(name) => names.push(text(name)?),
            other => return Err(other.unexpected().into()),
        }
    }
    let (catalog, entry) = catalog_and_error("show", names)?;
    Ok(Command::Show(Show { catalog, entry, ..show }))
}

/// `[CATALOG] ERROR`.
fn catalog_and_error(
    command: &str,
    names: Vec<String>,
) -> Result<(Option<String>, String), Failure> {
    let mut names = names.into_iter();
    match (names.next(), names.next(), names.next()) {
        (Some(entry), None, None) => Ok((None, entry)),
        (catalog, Some(entry), None) => Ok((catalog, entry)),
        (_, _, Some(more)) => Err(Failure::Usage(format!("unexpected argument {more:?}"))),
        (None, None, None) => {
            Err(Failure::Usage(format!("`{command}` takes the name or the code of an error")))
        }
    }
}

/// The next argument. A code like -32601, which has the looks of an option, is a value.
fn next(parser: &mut lexopt::Parser) -> Result<Option<lexopt::Arg<'_>>, Failure> {
    let is_number = parser.try_raw_args().is_some_and(|arguments| {
        let next = arguments.peek().and_then(|next| next.to_str());
        let digits = next.and_then(|next| next.strip_prefix('-')).unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    match is_number {
        true => Ok(Some(Value(parser.value()?))),
        false => Ok(parser.next()?),
    }
}

fn export(parser: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut export = Export::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("out") => export.out = export.out.and(Folders::parse(parser.value()?)?),
            Long("check") => export.check = true,
            Long("against") => export.against.push(parser.value()?.into()),
            Long("only") => export.only.extend(names(parser.value()?)?),
            Long("audience") => export.audiences.extend(names(parser.value()?)?),
            Long("locales") => export.locales = Some(parser.value()?.into()),
            Long("language") => export.languages.push(language(parser.value()?)?),
            Long("allow-untranslated") => export.allow_untranslated = true,
            Long("front-matter") => export.front_matter = true,
            Long("prefixed") => export.prefixed = true,
            Long("together") => export.together = Some(text(parser.value()?)?),
            other => return Err(other.unexpected().into()),
        }
    }
    if !export.against.is_empty() && !export.check {
        let message = "`--against` compares, and writes nothing: it goes with `--check`";
        return Err(Failure::Usage(message.to_owned()));
    }
    if !export.languages.is_empty() && export.check {
        let message = "`--language` begins a translation, and `--check` writes nothing";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(Command::Export(export))
}

/// Names that are separated by commas.
fn names(argument: OsString) -> Result<Vec<String>, Failure> {
    let names = text(argument)?;
    Ok(names.split(',').map(|name| name.trim().to_owned()).collect())
}

fn language(argument: OsString) -> Result<String, Failure> {
    let tag = text(argument)?;
    if is_language_tag(&tag) {
        return Ok(tag);
    }
    Err(Failure::Usage(format!(
        "--language takes a language tag such as `de` or `de-AT`, and not {tag:?}"
    )))
}

fn explain(parser: &mut lexopt::Parser) -> Result<Command, Failure> {
    let (mut names, mut in_language) = (Vec::new(), None);
    while let Some(argument) = next(parser)? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("language") => in_language = Some(language(parser.value()?)?),
            Value(name) => names.push(text(name)?),
            other => return Err(other.unexpected().into()),
        }
    }
    let (catalog, entry) = catalog_and_error("explain", names)?;
    Ok(Command::Explain(Explain { catalog, entry, language: in_language }))
}

fn diff(parser: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut json = false;
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("json") => json = true,
            Value(file) => files.push(file.into()),
            other => return Err(other.unexpected().into()),
        }
    }
    let mut files = files.into_iter();
    match (files.next(), files.next(), files.next()) {
        (Some(old), new, None) => Ok(Command::Diff(Diff { old, new, json })),
        (_, _, Some(more)) => {
            Err(Failure::Usage(format!("unexpected argument {:?}", more.display().to_string())))
        }
        _ => Err(Failure::Usage(
            "`diff` takes a file with the JSON of an older version, or a folder of such files"
                .to_owned(),
        )),
    }
}

#[cfg(feature = "testing")]
fn test(parser: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut test = Test::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Help),
            Long("url") => test.url = text(parser.value()?)?,
            Long("scenarios") => test.scenarios = Some(parser.value()?.into()),
            Long("wait") => test.wait = Some(duration(&text(parser.value()?)?)?),
            Long("report") => {
                for report in text(parser.value()?)?.split(',') {
                    match report.split_once('=') {
                        Some(("junit", file)) => test.junit = Some(file.into()),
                        Some(("json", file)) => test.json = Some(file.into()),
                        _ => {
                            return Err(Failure::Usage(format!(
                                "--report takes `junit=FILE` and `json=FILE`, separated by a comma, and not {report:?}"
                            )));
                        }
                    }
                }
            }
            Value(name) if test.catalog.is_none() => test.catalog = Some(text(name)?),
            other => return Err(other.unexpected().into()),
        }
    }
    if test.url.is_empty() {
        let message = "`test` takes the URL of a running server: `--url ws://127.0.0.1:3000/ws`";
        return Err(Failure::Usage(message.to_owned()));
    }
    Ok(Command::Test(test))
}

/// A time with its unit: `500ms`, `30s`, `2m`.
#[cfg(feature = "testing")]
fn duration(given: &str) -> Result<std::time::Duration, Failure> {
    let units = [("ms", 1), ("s", 1_000), ("m", 60_000)];
    let parsed = units.into_iter().find_map(|(unit, milliseconds)| {
        let number: u64 = given.strip_suffix(unit)?.parse().ok()?;
        number.checked_mul(milliseconds).filter(|all| *all > 0)
    });
    parsed.map(std::time::Duration::from_millis).ok_or_else(|| {
        Failure::Usage(format!(
            "--wait takes a time such as `500ms`, `30s` or `2m`, and not {given:?}"
        ))
    })
}

fn text(argument: OsString) -> Result<String, Failure> {
    argument.into_string().map_err(|argument| {
        Failure::Usage(format!("{} is not Unicode", argument.to_string_lossy()))
    })
}

fn pair(option: &str, argument: OsString) -> Result<(String, String), Failure> {
    let argument = text(argument)?;
    match argument.split_once('=') {
        Some((name, value)) => Ok((name.to_owned(), value.to_owned())),
        None => Err(Failure::Usage(format!("{option} takes NAME=VALUE, and not {argument:?}"))),
    }
}
