//! What the command line says of itself.

use super::{Program, artefacts, tour, translations};

/// What is said of one command.
pub(super) struct Help {
    pub(super) command: &'static str,
    /// How its arguments are written.
    pub(super) arguments: &'static str,
    /// Its line in the usage.
    pub(super) summary: &'static str,
    /// What it does, and its options.
    pub(super) text: String,
}

/// The commands with a line each.
pub(super) fn usage(program: &Program) -> String {
    let name = &program.name;
    let none = program.tour.then_some(("<nothing>", "shows everything at a glance"));
    let all = all(program);
    let own = program.subcommands.iter().map(|own| (own.name, own.about));
    let lines = all.iter().map(|help| (help.command, help.summary));
    let lines: String = none
        .into_iter()
        .chain(lines)
        .chain(own)
        .map(|(command, summary)| format!("  {command:<13} {summary}\n"))
        .collect();
    format!(
        "Usage: {name} <COMMAND>\n\nCommands:\n{lines}\n\
         `{name} --help` has all options, and `{name} <COMMAND> --help` those of one command.\n"
    )
}

/// How one command is written; `None` for one that there is not, or that is the application's own.
pub(super) fn usage_of(program: &Program, command: &str) -> Option<String> {
    let name = &program.name;
    let help = all(program).into_iter().find(|help| help.command == command)?;
    let line = format!("{name} {command} {}", help.arguments);
    Some(format!("Usage: {}\n\n`{name} {command} --help` has its options.\n", line.trim_end()))
}

/// What one command does, and its options.
pub(super) fn help_of(program: &Program, command: &str) -> Option<String> {
    let help = all(program).into_iter().find(|help| help.command == command)?;
    Some(section(program, command, help.arguments, &help.text))
}

/// What all commands do, and their options.
pub(super) fn help(program: &Program) -> String {
    let name = &program.name;
    let tour = if program.tour {
        let text =
            format!("  Shows all errors, and writes all artefacts to {}.\n", tour::DIRECTORY);
        section(program, "", "", &text) + "\n"
    } else {
        String::new()
    };
    let all = all(program).into_iter();
    let all = all.map(|help| section(program, help.command, help.arguments, &help.text) + "\n");
    let all: String = all.collect();
    let own = program.subcommands.iter().map(|own| {
        let text = format!("  {}\n", capitalized(own.about));
        section(program, own.name, own.arguments, &text) + "\n"
    });
    let own: String = own.collect();
    format!(
        "{tour}{all}{own}{name} [COMMAND] --help
  Prints this text, or the part of one command.

Exit codes: 0 for success, 1 where a check failed or something could not be done, 2 for wrong
arguments.
"
    )
}

fn section(program: &Program, command: &str, arguments: &str, text: &str) -> String {
    let line = [program.name.as_str(), command, arguments].join(" ");
    format!("{}\n{text}", line.trim_end())
}

fn capitalized(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(characters).collect::<String>() + "."
}

/// All commands but the application's own.
fn all(program: &Program) -> Vec<Help> {
    let commands = [
        Help {
            command: "list",
            arguments: "",
            summary: "lists the catalogs and their errors, one line each",
            text: "  Lists the catalogs and their errors, one line each.\n".to_owned(),
        },
        Help {
            command: "show",
            arguments: "[CATALOG] ERROR [OPTIONS]",
            summary: "shows what is sent for one error",
            text: SHOW.to_owned(),
        },
        Help {
            command: "explain",
            arguments: "[CATALOG] ERROR [OPTIONS]",
            summary: "explains one error",
            text: EXPLAIN.to_owned(),
        },
        Help {
            command: "export",
            arguments: "[OPTIONS]",
            summary: "writes the reference docs, the clients' modules and the catalogs as JSON",
            text: export(program),
        },
        Help {
            command: "diff",
            arguments: "OLD [NEW] [--json]",
            summary: "compares with an older version, and reports what breaks clients",
            text: DIFF.to_owned(),
        },
    ];
    #[cfg(feature = "testing")]
    let test = Some(super::test::help());
    #[cfg(not(feature = "testing"))]
    let test = None;
    commands.into_iter().chain(test).collect()
}

const SHOW: &str = "  Shows what is sent for an error: the frame exactly as it is on the wire, on a line of its own, or
  its bytes and what they hold; the answer over HTTP, and the close frame; what the client may do
  next, and what a person sees. ERROR is a name, the name of the variant, a code or a close code.
  CATALOG is needed where several catalogs have the error.

  --field NAME=VALUE      sets a field of the error. One that is not given has its example; null
                          leaves it out
  --context NAME=VALUE    sets a value of the context. One that is not given is absent
  --envelope CONTEXT      shows this context only; `()` is the one without values
  --language TAG          shows what a reader of this language gets

  A value that is JSON is taken as JSON, unless the field is a string; anything else is a string.
";

const EXPLAIN: &str = "  Explains an error: when it happens, what the client should do, what a person sees, its fields and
  an example. ERROR is as for `show`; without CATALOG, the errors of all catalogs are explained.

  --language TAG          what a person sees is in this language
";

const DIFF: &str = "  Compares two versions of a catalog, each the JSON that `export` wrote: reports what breaks clients
  that are deployed already, and what to do instead; what may break them; and what does not. Without
  NEW, OLD is compared with this program's catalog of the same name, and may be a folder of such
  files. Exits with 1 where something breaks.

  --json                  prints the report for tools; of a folder, an array of reports
";

fn export(program: &Program) -> String {
    format!(
        "  Writes the docs, modules and schemas of each catalog, a file for each format.

  --out DIR               writes into this folder (default: {out})
  --out FORMAT=DIR,…      writes these formats into these folders:
                          `--out md=docs/errors,ts=web/src/errors`
  --only FORMATS          writes only these formats, separated by commas:
                          {formats}, or `all`
                          (default: {default}); {translations}: the files of translations
  --locales DIR           where translations are, in a folder for each language (default: {locales})
  --language TAG          begins a translation into this language; may be given several times
  --audience NAMES        leaves out the errors for audiences other than these, separated by commas;
                          `public` is everybody
  --front-matter          begins each page of the docs with front matter for site generators
  --prefixed              puts the catalog's name before the exports of TypeScript modules
  --together NAME         writes one AsyncAPI document of all catalogs, under this name
  --check                 writes nothing; names the files that are stale, missing or surplus, and
                          the mistakes in translations; exits with 1 where there are any
  --allow-untranslated    with --check: reports a text that is not translated yet, and goes on
  --against FILE          with --check: compares the catalogs with older versions, as `diff` does;
                          may be a folder, and may be given several times
",
        out = program.out,
        formats = artefacts::named(&artefacts::exporters(program, false)),
        default = artefacts::named(&artefacts::exporters(program, true)),
        translations = translations::named(),
        locales = translations::directory(program, None).display(),
    )
}
