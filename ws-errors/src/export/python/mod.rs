//! A Python module with everything that a client has to know of a catalog.

mod classes;
mod names;
mod plan;
mod types;

#[cfg(test)]
mod tests;

use super::client::{self, Client, Members, Names, pascal, quoted};
use super::error::ExportError;
use super::markdown::displayed;
use crate::catalog::{Catalog, Success};
use classes::Classes;
use names::{TAKEN, attribute, docstring, joined, json, members, tuple};
use types::{Types, check};
use ws_errors_core::reading::{CloseCodePattern, Reading};

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
    for suffix in ["Error", "Unknown", "Close", "UnknownClose", "Explanation"] {
        names.take(format!("{prefix}{suffix}"), "");
    }
    let client = Client::of(catalog, &mut names)?;
    let taken = names.clone();
    let classes = Classes::new(&client, &prefix, &taken);
    let mut types = Types { names: &mut names, classes: Vec::new(), objects: Vec::new() };
    let mut out = head(catalog);
    let entrances = ENTRANCES.replace("Prefix", &prefix);
    let (explanation, functions) = entrances.split_once("\n\n\n").unwrap_or_default();
    let (functions, response) =
        functions.split_once("\n\n\ndef parse_response").unwrap_or_default();
    out += &format!("\n\n{explanation}\n");
    for class in classes.write(&mut types) {
        out += &format!("\n\n{class}");
    }
    out += &format!("\n\n{}\n\n{functions}\n", policies(catalog, &classes));
    if client.http.is_some() {
        out += &format!("\n\ndef parse_response{response}");
    }
    out += &format!("\n{READER}\n\n{}", tables(&client));
    let is_response = |reading: &&Reading| Some(reading.context) == client.http;
    let readings = client.plan.readings.iter();
    let (responses, messages): (Vec<&Reading>, Vec<&Reading>) = readings.partition(is_response);
    out += &format!(
        "_UNKNOWN_CLOSE = {prefix}UnknownClose\n_FINDER = {}",
        plan::finder(&classes, &messages)
    );
    out += &format!("_RESPONSES = {}", plan::finder(&classes, &responses));
    Ok(out)
}

/// The file of a catalog's module: a name that Python can import.
pub(super) fn file(catalog: &Catalog) -> String {
    let others =
        ["contextlib", "dataclasses", "json", "math", "re", "typing", "collections", "ws_errors"];
    format!("{}.py", attribute(catalog.name, &Names::new(&others)))
}

fn head(catalog: &Catalog) -> String {
    let title = format!("The errors of `{}`.", displayed(catalog.name));
    let docs = [title, catalog.docs.trim().to_owned(), format!("@generated {}", super::MARK)];
    let docs: Vec<String> = docs.into_iter().filter(|said| !said.is_empty()).collect();
    let modules =
        ["contextlib", "dataclasses as _dataclasses", "json", "math", "re", "typing as _t"];
    let imports = modules.map(|module| format!("import {module}\n")).concat();
    let docs = docstring(&docs, "");
    format!(
        "{docs}\nfrom __future__ import annotations\n\n{imports}from collections import abc as _abc\n"
    )
}

/// What the reader knows beside the readings.
fn tables(client: &Client) -> String {
    let plan = &client.plan;
    let types = client.definitions.iter();
    let types = types.map(|one| format!("    {}: {},\n", quoted(&one.name), check(&one.ty)));
    let success = plan.catalog.success.iter().map(|one| match one {
        Success::Text(text) => quoted(text),
        Success::Numbers(first, last) => format!("({first}, {last})"),
    });
    let mut declared: Vec<String> = plan.declared.iter().map(json).collect();
    declared.sort();
    declared.dedup();
    let ends = client::ends(plan);
    let closes = plan.closes.iter().filter_map(|reading| {
        let close = client.closes.iter().find(|close| std::ptr::eq(close.entry, reading.entry))?;
        let code = match reading.code {
            CloseCodePattern::Constant(code) => code.to_string(),
            CloseCodePattern::Field(_) => "None".to_owned(),
        };
        let reason =
            if reading.compared { plan::reason(&reading.reason) } else { "None".to_owned() };
        Some(format!("    ({code}, {reason}, {}),\n", close.name))
    });
    format!(
        "_TYPES: dict[str, _Json] = {{\n{}}}\n_SUCCESS: tuple[_Json, ...] = {}\n\
         _DECLARED: frozenset[str | int] = frozenset([{}])\n_ENDS: tuple[str, ...] = {}\n\
         _CLOSES: tuple[_Json, ...] = (\n{})\n",
        types.collect::<String>(),
        tuple(success),
        joined(declared.into_iter()),
        tuple(ends.iter().map(|end| quoted(end))),
        closes.collect::<String>(),
    )
}

/// The policies, and the texts for people.
fn policies(catalog: &'static Catalog, classes: &Classes<'_>) -> String {
    let field = |name: &str| attribute(name, classes.names);
    let table = |rows: Vec<(&'static str, Members)>| -> String {
        let row = |(name, said)| format!("    {}: {},\n", quoted(name), members(&said, &field));
        rows.into_iter().map(row).collect()
    };
    let ranges = |policies| {
        let (ranges, unknown) = client::ranges(&policies);
        let ranges = ranges.iter().map(|range| format!("        {},\n", members(range, &field)));
        let ranges: String = ranges.collect();
        format!(
            "{{\n    \"ranges\": [\n{ranges}    ],\n    \"unknown\": {},\n}}",
            members(&unknown, &field)
        )
    };
    let nothing = "{\"title\": \"Something went wrong\", \"message\": \"Please try again later.\"}";
    POLICIES
        .replace("{retries}", &table(client::retries(catalog).collect()))
        .replace("{closes}", &ranges(catalog.undeclared_closes()))
        .replace("{codes}", &ranges(catalog.undeclared_codes()))
        .replace("{guards}", &table(client::guards(catalog)))
        .replace(
            "{correlate}",
            &catalog.correlate.map_or("None".to_owned(), |name| quoted(&field(name))),
        )
        .replace(
            "{fallback}",
            &client::fallback(catalog).map_or(nothing.to_owned(), |said| members(&said, &field)),
        )
        .replace("{user}", &table(client::messages(catalog)))
}

const POLICIES: &str = r#"RETRY: dict[str, dict[str, _t.Any]] = {
{retries}}
"""What to do about each error and each close, by its kind. Times are in milliseconds."""

CLOSES: dict[str, _t.Any] = {closes}
"""What to do about close codes that nobody declared: the first range that holds a code counts."""

CODES: dict[str, _t.Any] = {codes}
"""What to do about codes of messages that nobody declared."""

GUARDS: dict[str, dict[str, _t.Any]] = {
{guards}}
"""What a client guards itself with. Times are in milliseconds."""

CORRELATE: str | None = {correlate}
"""The attribute of an error's context that tells which request it settles."""

_FALLBACK: _Json = {fallback}
_USER: dict[str, _Json] = {
{user}}
"#;
