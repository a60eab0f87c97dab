//! The close side: what a close frame says, by its code and its reason.

use std::collections::BTreeMap;

use super::condition::is;
use super::layout::{Doc, block, concat, list, text};
use super::module::Module;
use super::names::{documented, quoted};
use super::statements::{exported, function as declared, labelled, mentions, statement_if};
use ws_errors_core::reading::{CloseCodePattern, CloseReading, Plan, Segment};

const CLOSED: &str = "The entry that a close identifies, by its code and its reason. `last` is the error message\nthat came just before it, where there was one.";

/// The function that identifies the entry of a close: the first reading of the plan that it has.
pub(super) fn function(plan: &Plan, module: &mut Module<'_>, union: &str, error: &str) -> Vec<Doc> {
    let mut codes: BTreeMap<u16, Vec<&CloseReading>> = BTreeMap::new();
    let mut others = Vec::new();
    for reading in &plan.closes {
        match reading.code {
            CloseCodePattern::Field(_) => others.push(reading),
            CloseCodePattern::Constant(code) => codes.entry(code).or_default().push(reading),
        }
    }
    let mut lines = Vec::new();
    if !codes.is_empty() {
        let cases = codes.into_iter().map(|(code, readings)| {
            let mut lines = first(&readings, module);
            if !readings.iter().any(|reading| !reading.compared) {
                lines.push(text("return \"$unknown\";"));
            }
            labelled(vec![text(format!("case {code}:"))], lines)
        });
        let cases = cases.collect();
        lines.push(concat([text("switch (code) "), block("{", cases, "")]));
    }
    if !others.is_empty() {
        let is_code = module.uses("isCloseCode");
        lines.push(text(format!("if (!{is_code}(code)) return \"$unknown\";")));
        lines.extend(first(&others, module));
    }
    if others.iter().all(|reading| reading.compared) {
        lines.push(text("return \"$unknown\";"));
    }
    let printed: Vec<String> = lines.iter().map(Doc::print).collect();
    let is_used = |name: &str| printed.iter().any(|line| mentions(line, name));
    let mut arguments = vec!["code", "reason"];
    arguments.retain(|name| is_used(name));
    let arguments = arguments.join(", ");
    let parameters = [("code", "code: number"), ("reason", "reason: string")];
    let parameters = parameters.into_iter().filter(|(name, _)| is_used(name));
    let parameters: Vec<&str> = parameters.map(|(_, parameter)| parameter).collect();
    let body = vec![
        text("const after = last && { after: last };"),
        text(format!("const kind = kindOfClose({arguments});")),
        text(format!("return {{ kind, code, reason, ...after }} as {union};")),
    ];
    let last = format!("last?: {error}");
    let all = ["code: number", "reason: string", &last];
    let closed = documented(CLOSED, exported("closed", &all, union, body));
    let kind = declared("kindOfClose", &parameters, "string", lines);
    vec![closed, kind]
}

/// The statements that return the first of these readings that a reason has.
fn first(readings: &[&CloseReading], module: &mut Module<'_>) -> Vec<Doc> {
    let mut lines = Vec::new();
    for reading in readings {
        let found = format!("return {};", quoted(reading.entry.name));
        if !reading.compared {
            lines.push(text(found));
            return lines;
        }
        lines.push(statement_if(is_reason(&reading.reason, module), found));
    }
    lines
}

fn is_reason(segments: &[Segment], module: &mut Module<'_>) -> Doc {
    match segments {
        [] => return is("reason", quoted("")).doc(),
        [Segment::Literal(constant)] => return is("reason", quoted(constant)).doc(),
        _ => {}
    }
    let elements = segments.iter().map(|segment| match segment {
        Segment::Literal(literal) => text(quoted(literal)),
        // A reason shows its fields as text.
        _ => text(module.uses("any")),
    });
    let elements = elements.collect();
    let open = format!("{}(reason, ", module.uses("isReason"));
    concat([text(open), list("[", elements, "]"), text(")")])
}
