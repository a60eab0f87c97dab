//! A Python module with everything that a client has to know of a catalog.

mod classes;
mod names;
mod types;

use super::client::{self, Client, Names, pascal, quoted};
use super::error::ExportError;
use super::markdown::displayed;
use super::runtime::PYTHON;
use super::tree::{Members, object};
use crate::catalog::{Catalog, Undeclared};
use crate::wire::Tree;
use classes::Classes;
use names::{attribute, docstring, lines, literal};
use types::Types;

/// What every module has, with `<<name>>` where the catalog's own stands, and `Prefix` for its name.
const MODULE: &str = include_str!("module.py");

/// The Python module of a catalog: types, decoder, policies and user messages.
///
/// One file without dependencies, for Python 3.10 and newer, that `mypy --strict`, `pyright` and `ruff`
/// accept. With `metered` for the catalog's name it has:
///
/// - a frozen dataclass for each entry that has a message, named as the variant, with the literal
///   attributes `kind` and `code`, the `message`, what the message carries of the variant's fields, and
///   the values of the context under `context`; `None` where a message lacks one. A name that is none in
///   Python gets a `_` where it isn't.
/// - `MeteredUnknown` for what nobody declared, and `MeteredError`, the union of all: a `match` that ends
///   in `assert_never` is an error of mypy where a case is missing.
/// - `parse`, `parse_all`, `decode`, `read`, and `parse_response` where the catalog has errors over HTTP;
///   none of them raises.
/// - `closed` and `MeteredClose`: the same for close frames.
/// - `RETRY`, `CLOSES`, `CODES`, `GUARDS` and `CORRELATE`: policies as data, which `ws_errors.py` carries
///   out; `explain`, what a person sees.
///
/// # Errors
/// [`ExportError::NoSchema`] where a message carries a field whose type has no JSON Schema, and
/// [`ExportError::SameField`] where two fields have one name in Python.
pub fn python(catalog: &'static Catalog) -> Result<String, ExportError> {
    let prefix = pascal(catalog.name);
    let module = MODULE.replace("Prefix", &prefix);
    let mut names = taken(&module);
    names.take(format!("{prefix}Context"), "");
    let client = Client::of(catalog, &mut names)?;
    let attributes = names.clone();
    let naming = |name: &str| attribute(name, &attributes);
    client.refuse_same_names("Python", &naming)?;
    let mut classes = Classes::new(&client, &prefix, &attributes, Types::new(&mut names));
    let written = classes.write();
    let table = |rows: Vec<(&'static str, Members)>| -> String {
        let rows = rows.into_iter().map(|(name, said)| (name.to_owned(), said.into()));
        lines(&object(rows).into(), 1, 0)
    };
    let nothing = client::NOTHING.iter();
    let nothing = nothing.fold(Members::new(), |said, (name, words)| said.with(name, *words));
    let title = format!("The errors of `{}`.", displayed(catalog.name));
    let docs = [title, catalog.docs.trim().to_owned(), format!("@generated {}", super::MARK)];
    let docs: Vec<String> = docs.into_iter().filter(|said| !said.is_empty()).collect();
    let own = [
        ("docs", docstring(&docs, "")),
        ("classes", written),
        ("retry", table(client::retries(catalog, &naming).collect())),
        ("closes", ranges(&catalog.undeclared_closes())),
        ("codes", ranges(&catalog.undeclared_codes())),
        ("guards", table(client::guards(catalog))),
        ("correlate", catalog.correlate.map_or("None".to_owned(), |name| quoted(&naming(name)))),
        ("user", table(client::messages(catalog, &naming))),
        ("fallback", literal(&client::fallback(catalog, &naming).unwrap_or(nothing).into())),
        ("class of error", classes.of_errors()),
        ("class of close", classes.of_closes()),
        ("plan", lines(&client.plan_as_json(&naming).into(), 3, 0)),
    ];
    let (always, responses) = module.split_once("\n\n\ndef parse_response").unwrap_or_default();
    let mut out = String::new();
    for piece in always.split("<<") {
        // Before the first there is nothing.
        let (name, rest) = piece.split_once(">>").unwrap_or(("", piece));
        out.extend(own.iter().filter(|(other, _)| *other == name).map(|(_, text)| text.as_str()));
        out += rest;
    }
    match client.http {
        Some(_) => Ok(format!("{out}\n\n\ndef parse_response{responses}")),
        None => Ok(out + "\n"),
    }
}

/// The file of a catalog's module: a name that Python can import, and that nothing has which this module or
/// its client imports.
pub(super) fn file(catalog: &Catalog) -> String {
    let name = attribute(catalog.name, &Names::new(&[]));
    let lines = [MODULE, PYTHON].into_iter().flat_map(str::lines);
    let mut imports = lines.filter(|line| line.starts_with("import ") || line.starts_with("from "));
    let is_taken = imports.any(|line| line.split([' ', '.', ',']).any(|word| word == name));
    format!("{name}{}.py", if is_taken || name == "ws_errors" { "_" } else { "" })
}

/// What no type can be called: whatever the code of every module has a name for.
fn taken(module: &str) -> Names {
    let code = module.split("\"\"\"").step_by(2).flat_map(str::lines);
    let code = code.filter_map(|line| line.split('#').next());
    let is_of_name =
        |character: char| character.is_ascii_alphanumeric() || "_.".contains(character);
    let words = code.flat_map(|line| line.split(|character| !is_of_name(character)));
    // Behind a point there is no name of the module.
    let words: Vec<&str> = words.filter_map(|word| word.split('.').next()).collect();
    Names::new(&words)
}

fn ranges(policies: &Undeclared<'_>) -> String {
    let (ranges, unknown) = client::ranges(policies);
    let ranges: Tree<'_> = ranges.into_iter().map(Tree::from).collect();
    lines(&Members::new().with("ranges", ranges).with("unknown", unknown).into(), 2, 0)
}
