//! What the command line says of itself.

use super::arguments::COMMANDS;
use super::{Program, artefacts, tour, translations};

pub(super) fn usage(program: &Program) -> String {
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

pub(super) fn help(program: &Program) -> String {
    let Program { name, tour, .. } = program;
    let out = &program.out;
    let none = if *tour {
        format!("{name}\n  Shows all errors, and writes all artefacts to {}.\n\n", tour::DIRECTORY)
    } else {
        String::new()
    };
    let own = program.subcommands.iter();
    let own = own.map(|own| format!("{name} {}\n  {}\n\n", own.synopsis(), own.about));
    let own: String = own.collect();
    #[cfg(feature = "testing")]
    let test = super::test::help(name);
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
  --out FORMAT=DIR,…      where to with these formats: `--out md=docs/errors,ts=web/src/errors`
  --only FORMATS          these, separated by commas: {formats},
                          or `all` (default: {default});
                          {translations}: what is to be translated, beside what is
  --locales DIR           where translations are, a folder for each language (default: {locales})
  --language TAG          begins the translation into a language; may be given several times
  --audience NAMES        leaves out the errors that are for others than these, separated by commas;
                          `public` is everybody
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
