//! The decoder: the functions that an application calls, those that find the reading of a message,
//! and what of the runtime they need.

use std::collections::BTreeSet;

use super::body::Module;
use super::checks::string_list;
use super::finders::{Finders, Try, tries};
use super::layout::{Doc, block, concat, lines, list, text};
use super::names::{documented, quoted};
use super::statements::{exported, function, statement_if};
use crate::catalog::{Format, Success};
use crate::export::client::{Definition, Frames, ends};
use ws_errors_core::json::Json;
use ws_errors_core::reading::{Plan, Reading};

const RUNTIME: [&str; 2] = [include_str!("runtime/values.ts"), include_str!("runtime/texts.ts")];

const DECODE: &str = "The error that an already parsed message is; `undefined` where it is none of this\ncatalog's. It never throws.";
const UNPACKED: &str = "A message in a binary frame is decoded once it is unpacked: MessagePack and CBOR by a library,\nbytes of an application's own by its decoder, behind the bytes that stand before them.";
const PARSE: &str = "The error that the text of a frame is; `undefined` where it is none of this\ncatalog's. It never throws.";
const RESPONSE: &str = "The error that answers a request over HTTP, by its status and the text of its body;\n`undefined` where it is none of this catalog's. It never throws.";
const PARSE_ALL: &str = "The errors in the text of a frame that may hold several messages: as an array, or one\nbehind the other. What is none is left out. It never throws.";

/// `decode`, `parse`, `parseAll` and `parseResponse`, and what they need. `http` is the index of the
/// context of answers over HTTP, where there are any.
pub(super) fn decoder(
    plan: &Plan,
    http: Option<usize>,
    module: &mut Module<'_>,
    error: &str,
    definitions: &[Definition],
) -> Vec<Doc> {
    let mut finders = Finders::new(module);
    let mut out = entrances(plan, http, &mut finders, error);
    out.extend(std::mem::take(&mut finders.functions));
    let checks = &mut module.checks;
    let checked = checks.definitions(definitions);
    out.extend(checks.functions());
    out.extend(checked);
    if checks.used.contains("isDeclared") {
        out.extend(declared(&plan.declared));
    }
    if checks.used.contains("succeeded") {
        out.push(succeeded(plan.catalog.success));
    }
    out.extend(runtime(&checks.used));
    out
}

fn entrances(
    plan: &Plan,
    http: Option<usize>,
    finders: &mut Finders<'_, '_>,
    error: &str,
) -> Vec<Doc> {
    let of_http = |one: &Reading| Some(one.context) == http;
    let (responses, tries): (Vec<Try<'_>>, Vec<Try<'_>>) =
        tries(plan).into_iter().partition(|one| of_http(one.reading));
    finders.among(plan.readings.iter().filter(|one| !of_http(one)), false);
    let of = |one: &Try<'_>| Frames::of(one.reading);
    let those = |are: &dyn Fn(&Try<'_>) -> bool| -> Vec<Try<'_>> {
        tries.iter().filter(|one| are(one)).copied().collect()
    };
    // A text in a binary frame is no text frame, and what is packed is none either.
    let frames = those(&|one| match of(one) {
        Frames::Json => true,
        Frames::Text => one.reading.format != Format::Binary,
        Frames::Packed => false,
    });
    let of_values = finders.finder(&those(&|one| of(one) != Frames::Text));
    let runs = frames.chunk_by(|one, other| of(one) == of(other));
    let runs: Vec<(Frames, String)> =
        runs.filter_map(|run| Some((of(run.first()?), finders.finder(run)?))).collect();
    let of_texts = finders.finder(&those(&|one| of(one) == Frames::Text));
    let has_json = runs.iter().any(|(frames, _)| *frames == Frames::Json);
    let has_packed = tries.iter().any(|one| of(one) == Frames::Packed);
    // In a text frame nothing is packed.
    let of_json = match has_packed {
        true => finders.finder(&those(&|one| of(one) == Frames::Json)),
        false => None,
    };

    let checks = &mut finders.module.checks;
    let has_success = checks.used.contains("success");
    for (function, is_called) in [
        ("found", !tries.is_empty()),
        ("failure", has_success),
        ("parsed", has_json),
        ("none", !has_json),
        ("all", true),
    ] {
        if is_called {
            checks.uses(function);
        }
    }
    let one = format!("{error} | undefined");
    let found = |call: String| match has_success {
        true => format!("failure({call}) as {one}"),
        false => format!("{call} as {one}"),
    };
    let returned = |call: String| text(format!("return {};", found(call)));

    let mut decode = Vec::new();
    if let Some(finder) = &of_texts {
        let found = returned(format!("{finder}(data)")).print();
        decode.push(statement_if(text("typeof data === \"string\""), found));
    }
    match &of_values {
        Some(finder) => decode.push(returned(format!("{finder}(data)"))),
        None if of_texts.is_some() => decode.push(text("return undefined;")),
        None => {}
    }
    let mut parse = Vec::new();
    match runs.as_slice() {
        [] => {}
        [(Frames::Text, finder)] => parse.push(returned(format!("{finder}(text)"))),
        [(_, finder)] => parse.push(returned(format!("{finder}(parsed(text))"))),
        runs => {
            if has_json {
                parse.push(text("const data = parsed(text);"));
            }
            for (index, (frames, finder)) in runs.iter().enumerate() {
                let argument = if *frames == Frames::Text { "text" } else { "data" };
                let assigned = if index == 0 { "let found =" } else { "found ??=" };
                parse.push(text(format!("{assigned} {finder}({argument});")));
            }
            parse.push(returned("found".to_owned()));
        }
    }
    let ends = ends(plan).iter().map(|end| quoted(end)).collect::<Vec<_>>();
    let each = match &of_json {
        Some(finder) => format!("(data) => {}", found(format!("{finder}(data)"))),
        None if has_json => "decode".to_owned(),
        None => "none".to_owned(),
    };
    let parse_all = list(
        "return all(",
        vec![text("text"), text("parse"), text(each), string_list(&ends)],
        ");",
    );

    let decode_docs =
        if has_packed { format!("{DECODE}\n\n{UNPACKED}") } else { DECODE.to_owned() };
    let several = format!("readonly {error}[]");
    let mut docs = vec![
        documented(
            &decode_docs,
            exported("decode", &["data: unknown"], &one, guarded(decode, "data")),
        ),
        documented(PARSE, exported("parse", &["text: string"], &one, guarded(parse, "text"))),
        documented(PARSE_ALL, exported("parseAll", &["text: string"], &several, vec![parse_all])),
    ];
    finders.among(plan.readings.iter().filter(|one| of_http(one)), true);
    if let Some(finder) = finders.finder(&responses) {
        docs.push(response(plan, finders, &finder, &one));
    }
    docs
}

/// The function that reads the answer to a request over HTTP.
fn response(plan: &Plan, finders: &mut Finders<'_, '_>, finder: &str, gives: &str) -> Doc {
    finders.module.checks.uses("found");
    finders.module.checks.uses("parsed");
    let call = format!("{finder}({{ status, body: parsed(body) }})");
    // A text that happens to be JSON may be a text all the same.
    let has_text = plan.catalog.entries.iter().filter_map(|entry| entry.http).any(|form| {
        let envelope = form.envelope.and_then(|index| plan.catalog.envelopes.get(index));
        envelope.is_none_or(|envelope| envelope.format == Format::Text)
    });
    let lines = match has_text {
        false => vec![text(format!("return {call} as {gives};"))],
        true => vec![
            text(format!("let found = {call};")),
            text(format!("found ??= {finder}({{ status, body }});")),
            text(format!("return found as {gives};")),
        ],
    };
    let parameters = ["status: number", "body: string"];
    documented(RESPONSE, exported("parseResponse", &parameters, gives, guarded(lines, "body")))
}

/// The statements of a function that never throws; where there are none, nothing is an error.
fn guarded(lines: Vec<Doc>, variable: &str) -> Vec<Doc> {
    if lines.is_empty() {
        return vec![text(format!("return none({variable});"))];
    }
    vec![concat([
        text("try "),
        block("{", lines, ""),
        text(" catch "),
        block("{", vec![text("return undefined;")], ""),
    ])]
}

/// Whether a code is one that the catalog declares.
fn declared(codes: &[Json]) -> Vec<Doc> {
    let mut texts: Vec<String> = Vec::new();
    for code in codes {
        let code = match code {
            Json::String(text) => quoted(text),
            other => other.to_string(),
        };
        if !texts.contains(&code) {
            texts.push(code);
        }
    }
    vec![
        concat([text("const codes: readonly unknown[] = "), string_list(&texts), text(";")]),
        function(
            "isDeclared",
            &["code: unknown"],
            "boolean",
            vec![text("return codes.includes(code);")],
        ),
    ]
}

/// Whether a code says that all is well.
fn succeeded(success: &[Success]) -> Doc {
    // Texts first, so that what comes behind them is a number.
    let is_text = |success: &&Success| matches!(success, Success::Text(_));
    let texts = success.iter().filter(is_text);
    let numbers = success.iter().filter(|success| !is_text(success));
    let not_a_number = "if (typeof code !== \"number\") return false;".to_owned();
    let line = |success: &Success| match success {
        Success::Text(code) => format!("if (code === {}) return true;", quoted(code)),
        Success::Numbers(first, last) if first == last => {
            format!("if (code === {first}) return true;")
        }
        Success::Numbers(first, last) => {
            format!("if (code >= {first} && code <= {last}) return true;")
        }
    };
    let lines = texts.map(line).chain([not_a_number]).chain(numbers.map(line));
    let lines: Vec<Doc> = lines.map(text).chain([text("return false;")]).collect();
    function("succeeded", &["code: unknown"], "boolean", lines)
}

/// The sections of the runtime that are used, in the order in which they stand there.
pub(super) fn runtime(used: &BTreeSet<&'static str>) -> Vec<Doc> {
    let mut sections: Vec<(&str, Vec<&str>, &str)> = Vec::new();
    for file in RUNTIME {
        for section in file.split("// --- ").skip(1) {
            let (title, body) = section.split_once('\n').unwrap_or((section, ""));
            let (name, needs) = title.split_once(':').unwrap_or((title, ""));
            sections.push((name, needs.split_whitespace().collect(), body.trim_end()));
        }
    }
    let mut wanted: Vec<&str> = used.iter().copied().collect();
    let mut index = 0;
    while let Some(&name) = wanted.get(index) {
        for (_, needs, _) in sections.iter().filter(|(other, ..)| *other == name) {
            for need in needs {
                if !wanted.contains(need) {
                    wanted.push(need);
                }
            }
        }
        index += 1;
    }
    sections
        .iter()
        .filter(|(name, ..)| wanted.contains(name))
        .map(|(_, _, body)| lines(body))
        .collect()
}
