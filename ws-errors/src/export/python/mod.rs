//! A Python module with everything that a client has to know of a catalog.

mod classes;
mod names;
mod plan;
mod types;

use super::client::{self, Client, Members, Names, Target, pascal, quoted};
use super::error::ExportError;
use super::markdown::displayed;
use crate::catalog::{Catalog, Success};
use classes::Classes;
use names::{TAKEN, attribute, docstring, members};
use plan::{Printer, constants, path};
use types::{check, tuple};
use ws_errors_core::reading::{Class, CloseCodePattern, Plan, Reading};

/// What reads frames: the same in every module.
const READER: &str = include_str!("reader.py");

/// What an application calls, and the types of policies.
const ENTRANCES: &str = include_str!("entrances.py");

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
/// [`ExportError::NoSchema`] where a message carries a field whose type has no JSON Schema.
pub fn python(catalog: &'static Catalog) -> Result<String, ExportError> {
    let prefix = pascal(catalog.name);
    let mut names = Names::new(&TAKEN);
    for suffix in
        ["Error", "Unknown", "Close", "UnknownClose", "Policy", "Range", "Policies", "Explanation"]
    {
        names.take(format!("{prefix}{suffix}"), "");
    }
    let client = Client::of(catalog, &mut names)?;
    let mut classes = Classes::new(&prefix, &client, &mut names);
    let mut out = head(catalog);
    let is_response = |reading: &&Reading| Some(reading.context) == client.http;
    let definitions: Vec<String> = client
        .definitions
        .iter()
        .map(|one| format!("    {}: {},\n", quoted(&one.name), check(&one.ty)))
        .collect();
    let written = classes.write(&client);
    let attribute_of =
        |reading: &Reading, target: &Target| classes.attribute_of(&client, reading, target);
    let printer = Printer { client: &client, attribute: &attribute_of };
    let finder = |readings: Vec<&Reading>| {
        let switch = Plan::switch_among(readings.iter().copied());
        let lines = readings.iter().map(|reading| {
            let made = if reading.class == Class::Success {
                "None, None".to_owned()
            } else {
                classes.made(&client, reading)
            };
            format!("        {},\n", printer.reading(reading, &switch, &made))
        });
        format!("_Finder(\n    (\n{}    ),\n    {},\n)\n", lines.collect::<String>(), path(&switch))
    };
    for class in &written {
        out += &format!("\n\n{class}");
    }
    let (policies, constants_of_entrances) = data(catalog, &prefix, &classes);
    let entrances = ENTRANCES.replace("Prefix", &prefix);
    let (types, functions) = entrances.split_once("# --- functions\n").unwrap_or((&entrances, ""));
    out += &format!("\n\n{}\n\n{policies}\n\n", types.trim());
    let responses = functions.split_once("# --- responses\n").unwrap_or((functions, ""));
    out += responses.0.trim();
    out.push('\n');
    if client.http.is_some() {
        out += &format!("\n\n{}\n", responses.1.trim());
    }
    out.push('\n');
    out += READER;
    out += &format!("\n\n{constants_of_entrances}");
    out += &format!("_TYPES: dict[str, _Json] = {{\n{}}}\n", definitions.concat());
    let success = catalog.success.iter().map(|one| match one {
        Success::Text(text) => quoted(text),
        Success::Numbers(first, last) => format!("({first}, {last})"),
    });
    out += &format!("_SUCCESS: tuple[_Json, ...] = {}\n", tuple(success));
    out += &format!("_DECLARED: frozenset[str | int] = {}\n", constants(&client.plan.declared));
    let ends = client::ends(&client.plan);
    out += &format!("_ENDS: tuple[str, ...] = {}\n", tuple(ends.iter().map(|end| quoted(end))));
    let closes = client.plan.closes.iter().filter_map(|reading| {
        let close = client.closes.iter().find(|close| std::ptr::eq(close.entry, reading.entry))?;
        let code = match reading.code {
            CloseCodePattern::Constant(code) => code.to_string(),
            CloseCodePattern::Field(_) => "None".to_owned(),
        };
        let reason =
            if reading.compared { printer.reason(&reading.reason) } else { "None".to_owned() };
        Some(format!("    ({code}, {reason}, {}),\n", close.name))
    });
    out += &format!("_CLOSES: tuple[_Json, ...] = (\n{})\n", closes.collect::<String>());
    out += &format!("_UNKNOWN_CLOSE = {prefix}UnknownClose\n");
    let (responses, messages): (Vec<&Reading>, Vec<&Reading>) =
        client.plan.readings.iter().partition(is_response);
    out += &format!("_FINDER = {}", finder(messages));
    if client.http.is_some() {
        out += &format!("_RESPONSES = {}", finder(responses));
    }
    Ok(out)
}

/// The file of a catalog's module: a name that Python can import.
pub(super) fn file(catalog: &Catalog) -> String {
    let name = attribute(
        catalog.name,
        &Names::new(&["json", "re", "typing", "dataclasses", "collections", "ws_errors"]),
    );
    format!("{name}.py")
}

fn head(catalog: &Catalog) -> String {
    let title = format!("The errors of `{}`.", displayed(catalog.name));
    let mark = format!("@{}{}", super::MARK[..1].to_lowercase(), &super::MARK[1..]);
    let overview = catalog.docs.trim();
    let mut lines = vec![title, String::new()];
    if !overview.is_empty() {
        lines.extend([overview.to_owned(), String::new()]);
    }
    lines.push(mark);
    let docs = docstring(&lines, "");
    format!(
        "{docs}\nfrom __future__ import annotations\n\nimport contextlib\nimport dataclasses as _dataclasses\nimport json\nimport math\nimport re\nimport typing as _t\nfrom collections import abc as _abc\n"
    )
}

/// The policies, and the texts for people.
fn data(catalog: &'static Catalog, prefix: &str, classes: &Classes<'_>) -> (String, String) {
    let no_field = |name: &str| name.to_owned();
    let table = |rows: Vec<(&'static str, Members)>| -> String {
        let rows = rows.into_iter().map(|(name, said)| {
            let field = |field: &str| classes.attribute_of_entry(name, field);
            format!("    {}: {},\n", quoted(name), members(&said, &field))
        });
        rows.collect()
    };
    let ranges = |policies| {
        let (ranges, unknown) = client::ranges(&policies);
        let ranges = ranges.iter().map(|range| format!("        {},\n", members(range, &no_field)));
        let ranges: String = ranges.collect();
        format!(
            "{{\n    \"ranges\": [\n{ranges}    ],\n    \"unknown\": {},\n}}",
            members(&unknown, &no_field)
        )
    };
    let guards: String = client::guards(catalog)
        .iter()
        .map(|(name, said)| format!("    {}: {},\n", quoted(name), members(said, &no_field)))
        .collect();
    let retries = table(client::retries(catalog).collect());
    let correlate = catalog
        .correlate
        .map_or("None".to_owned(), |name| quoted(&attribute(name, &Names::new(&[]))));
    let policies = format!(
        "RETRY: _abc.Mapping[str, {prefix}Policy] = {{\n{retries}}}\n\
         \"\"\"What to do about each error and each close, by its kind.\"\"\"\n\n\
         CLOSES: {prefix}Policies = {}\n\
         \"\"\"What to do about close codes that nobody declared.\"\"\"\n\n\
         CODES: {prefix}Policies = {}\n\
         \"\"\"What to do about codes of messages that nobody declared.\"\"\"\n\n\
         GUARDS: _abc.Mapping[str, _abc.Mapping[str, int | str]] = {{\n{guards}}}\n\
         \"\"\"What a client guards itself with. Times are in milliseconds.\"\"\"\n\n\
         CORRELATE: str | None = {correlate}\n\
         \"\"\"The attribute of an error's context that tells which request it settles.\"\"\"\n",
        ranges(catalog.undeclared_closes()),
        ranges(catalog.undeclared_codes()),
    );
    let nothing = "{\"title\": \"Something went wrong\", \"message\": \"Please try again later.\"}"
        .to_owned();
    let fallback = client::fallback(catalog).map_or(nothing, |said| members(&said, &no_field));
    let user = table(client::messages(catalog));
    let texts = format!("_USER: dict[str, _Json] = {{\n{user}}}\n_FALLBACK: _Json = {fallback}\n");
    (policies, texts)
}
