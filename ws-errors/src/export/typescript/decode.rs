//! The decoder: the functions that an application calls, those that find the reading of a message,
//! and what of the runtime they need.

use std::collections::BTreeSet;

use super::condition::{Condition, is};
use super::finders::{Finders, Try};
use super::layout::{Doc, block, concat, group, indent, lines, list, text};
use super::module::Module;
use super::names::{documented, quoted};
use super::statements::{exported, function, statement_if};
use crate::catalog::{Format, Success};
use crate::export::client::{Check, Frames, ends};
use ws_errors_core::distinct::{add_new, distinct};
use ws_errors_core::reading::{Plan, Reading};

const RUNTIME: [&str; 2] = [include_str!("runtime/values.ts"), include_str!("runtime/texts.ts")];

const DECODE: &str = "The error that an already parsed message is; `undefined` where it is none of this\ncatalog's. It never throws.";
const UNPACKED: &str = "A message in a binary frame is decoded once it is unpacked: MessagePack and CBOR by a library,\nbytes of an application's own by its decoder, behind the bytes that stand before them.";
const PARSE: &str = "The error that the text of a frame is; `undefined` where it is none of this\ncatalog's. It never throws.";
const RESPONSE: &str = "The error that answers a request over HTTP, by its status and the text of its body;\n`undefined` where it is none of this catalog's. It never throws.";
const PARSE_ALL: &str = "The errors in the text of a frame that may hold several messages: as an array, or one\nbehind the other. What is none is left out. It never throws.";

/// `decode`, `parse`, `parseAll` and `parseResponse`, and what they need.
pub(super) fn decoder(module: &mut Module<'_>, error: &str) -> Vec<Doc> {
    let plan = &module.client.plan;
    let mut finders = Finders::new(module);
    let mut out = entrances(plan, &mut finders, error);
    out.append(&mut finders.functions);
    let checked = module.definitions();
    out.extend(module.functions());
    out.extend(checked);
    if module.used.contains("isDeclared") {
        out.push(declared(plan, module));
    }
    if module.used.contains("succeeded") {
        out.push(succeeded(plan.catalog.success));
    }
    out.extend(runtime(&module.used));
    out
}

fn entrances(plan: &Plan, finders: &mut Finders<'_, '_>, error: &str) -> Vec<Doc> {
    let http = finders.module.client.http;
    let (responses, messages): (Vec<&Reading>, Vec<&Reading>) =
        plan.readings.iter().partition(|one| Some(one.context) == http);
    finders.among(&messages, false);
    let tries: Vec<Try<'_>> = Plan::tries(messages.iter().copied()).collect();
    let of = |one: &Try<'_>| Frames::of(one.0);
    let those = |frames: &[Frames]| -> Vec<Try<'_>> {
        tries.iter().filter(|one| frames.contains(&of(one))).copied().collect()
    };
    let of_values = finders.finder(&those(&[Frames::Json, Frames::Packed]));
    let frames = those(&[Frames::Json, Frames::Text]);
    let runs = frames.chunk_by(|one, other| of(one) == of(other));
    let runs: Vec<(bool, String)> = runs
        .filter_map(|run| Some((of(run.first()?) == Frames::Json, finders.finder(run)?)))
        .collect();
    let of_texts = finders.finder(&those(&[Frames::Text, Frames::Bytes]));
    let has_json = runs.iter().any(|(is_json, _)| *is_json);
    let has_packed = tries.iter().any(|one| of(one) == Frames::Packed);
    // In a text frame nothing is packed.
    let of_json = has_packed.then(|| finders.finder(&those(&[Frames::Json]))).flatten();

    let used = &mut finders.module.used;
    let has_success = used.contains("success");
    used.extend(["all", if has_json { "parsed" } else { "none" }]);
    used.extend((!tries.is_empty()).then_some("found"));
    used.extend(has_success.then_some("failure"));
    let one = format!("{error} | undefined");
    let found = |call: &str| match has_success {
        true => format!("failure({call})"),
        false => call.to_owned(),
    };
    let returned = |call: &str| return_as(&found(call), &one);

    let mut decode = Vec::new();
    if let Some(finder) = &of_texts {
        let is_text = is("typeof data", "\"string\"").doc();
        decode.push(statement_if(is_text, returned(&format!("{finder}(data)"))));
    }
    match &of_values {
        Some(finder) => decode.push(returned(&format!("{finder}(data)"))),
        None if of_texts.is_some() => decode.push(text("return undefined;")),
        None => {}
    }
    let mut parse = Vec::new();
    let data = if runs.len() > 1 && has_json { "data" } else { "parsed(text)" };
    let calls = runs.iter().map(|(is_json, finder)| match is_json {
        true => format!("{finder}({data})"),
        false => format!("{finder}(text)"),
    });
    let calls: Vec<String> = calls.collect();
    match calls.as_slice() {
        [] => {}
        [only] => parse.push(returned(only)),
        [first, others @ ..] => {
            parse.extend(has_json.then(|| text("const data = parsed(text);")));
            parse.push(text(format!("let found = {first};")));
            parse.extend(others.iter().map(|call| text(format!("found ??= {call};"))));
            parse.push(returned("found"));
        }
    }
    let ends = ends(plan).iter().map(|end| text(quoted(end))).collect();
    let each = match &of_json {
        Some(finder) => format!("(data) => {} as {one}", found(&format!("{finder}(data)"))),
        None if has_json => "decode".to_owned(),
        None => "none".to_owned(),
    };
    let parse_all = [text("text"), text("parse"), text(each), list("[", ends, "]")];
    let parse_all = list("return all(", parse_all.into(), ");");

    let unpacked = if has_packed { format!("\n\n{UNPACKED}") } else { String::new() };
    let (several, text) = (format!("readonly {error}[]"), ["text: string"]);
    let decode = exported("decode", &["data: unknown"], &one, guarded(decode, "data"));
    let mut docs = vec![
        documented(&format!("{DECODE}{unpacked}"), decode),
        documented(PARSE, exported("parse", &text, &one, guarded(parse, "text"))),
        documented(PARSE_ALL, exported("parseAll", &text, &several, vec![parse_all])),
    ];
    finders.among(&responses, true);
    if let Some(finder) =
        finders.finder(&Plan::tries(responses.iter().copied()).collect::<Vec<_>>())
    {
        docs.push(response(plan, finders, &finder, &one));
    }
    docs
}

/// `return value as Type;`
fn return_as(value: &str, ty: &str) -> Doc {
    let ty = indent(concat([Doc::Line, text(ty)]));
    group(concat([text(format!("return {value} as")), ty, text(";")]))
}

/// The function that reads the answer to a request over HTTP.
fn response(plan: &Plan, finders: &mut Finders<'_, '_>, finder: &str, gives: &str) -> Doc {
    finders.module.used.extend(["found", "parsed"]);
    let call = format!("{finder}({{ status, body: parsed(body) }})");
    // A text that happens to be JSON may be a text all the same.
    let has_text = plan.catalog.entries.iter().filter_map(|entry| entry.http).any(|form| {
        let envelope = form.envelope.and_then(|index| plan.catalog.envelopes.get(index));
        envelope.is_none_or(|envelope| envelope.format == Format::Text)
    });
    let lines = match has_text {
        false => vec![return_as(&call, gives)],
        true => vec![
            text(format!("let found = {call};")),
            text(format!("found ??= {finder}({{ status, body }});")),
            return_as("found", gives),
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
fn declared(plan: &Plan, module: &mut Module<'_>) -> Doc {
    let codes = distinct(plan.declared.iter().cloned().map(Check::Is));
    let lines = module.lines(&Check::Any(codes));
    function("isDeclared", &["value: unknown"], "boolean", lines)
}

/// Whether a code says that all is well.
fn succeeded(success: &[Success]) -> Doc {
    let is_success = success.iter().map(|success| match success {
        Success::Text(code) => is("code", quoted(code)),
        Success::Numbers(first, last) if first == last => is("code", first.to_string()),
        Success::Numbers(first, last) => {
            let bound = |operator, bound: &i64| {
                Condition::Compare("code".to_owned(), operator, bound.to_string())
            };
            let is_number = is("typeof code", "\"number\"");
            Condition::all([is_number, bound(">=", first), bound("<=", last)])
        }
    });
    let line = |is: Condition| statement_if(is.doc(), "return true;");
    let lines = is_success.map(line).chain([text("return false;")]).collect();
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
            needs.iter().for_each(|need| add_new(&mut wanted, *need));
        }
        index += 1;
    }
    sections
        .iter()
        .filter(|(name, ..)| wanted.contains(name))
        .map(|(_, _, body)| lines(body))
        .collect()
}
