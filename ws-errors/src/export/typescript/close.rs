//! The close side: what a close frame says, by its code and its reason.

use super::checks::Checks;
use super::layout::{Doc, block, concat, list, text};
use super::names::{comment, quoted};
use super::statements::{exported, function as declared, labelled, mentions, statement_if};
use ws_errors_core::reading::{CloseCodePattern, CloseReading, Plan, Segment};

/// The function that identifies the entry of a close: the first reading of the plan that it has.
pub(super) fn function(plan: &Plan, checks: &mut Checks, union: &str, error: &str) -> Vec<Doc> {
    let mut codes: Vec<(u16, Vec<&CloseReading>)> = Vec::new();
    let mut others = Vec::new();
    for reading in &plan.closes {
        match reading.code {
            CloseCodePattern::Field(_) => others.push(reading),
            CloseCodePattern::Constant(code) => {
                match codes.iter_mut().find(|(other, _)| *other == code) {
                    Some((_, readings)) => readings.push(reading),
                    None => codes.push((code, vec![reading])),
                }
            }
        }
    }
    codes.sort_by_key(|(code, _)| *code);
    let mut lines = Vec::new();
    if !codes.is_empty() {
        let cases = codes.into_iter().map(|(code, readings)| {
            let mut lines = first(&readings, checks);
            if !readings.iter().any(|reading| !reading.compared) {
                lines.push(text("return \"$unknown\";"));
            }
            labelled(vec![text(format!("case {code}:"))], lines)
        });
        let cases = cases.collect();
        lines.push(concat([text("switch (code) "), block("{", cases, "")]));
    }
    if !others.is_empty() {
        let is_code = checks.uses("isCloseCode");
        lines.push(text(format!("if (!{is_code}(code)) return \"$unknown\";")));
        lines.extend(first(&others, checks));
    }
    if others.iter().all(|reading| reading.compared) {
        lines.push(text("return \"$unknown\";"));
    }
    let printed: Vec<String> = lines.iter().map(Doc::print).collect();
    let parameters: Vec<&str> = [("code", "code: number"), ("reason", "reason: string")]
        .into_iter()
        .filter(|(name, _)| printed.iter().any(|line| mentions(line, name)))
        .map(|(_, parameter)| parameter)
        .collect();
    let arguments: Vec<&str> =
        parameters.iter().filter_map(|parameter| parameter.split(':').next()).collect();
    let arguments = arguments.join(", ");
    let closed = concat([
        comment(&[
            "The entry that a close identifies, by its code and its reason. `last` is the error message\nthat came just before it, where there was one.".to_owned(),
        ]),
        exported(
            "closed",
            &["code: number", "reason: string", &format!("last?: {error}")],
            union,
            vec![
                text("const after = last && { after: last };"),
                text(format!("const kind = kindOfClose({arguments});")),
                text(format!("return {{ kind, code, reason, ...after }} as {union};")),
            ],
        ),
    ]);
    let kind = declared("kindOfClose", &parameters, "string", lines);
    vec![closed, kind]
}

/// The statements that return the first of these readings that a reason has.
fn first(readings: &[&CloseReading], checks: &mut Checks) -> Vec<Doc> {
    let mut lines = Vec::new();
    for reading in readings {
        let found = format!("return {};", quoted(reading.entry.name));
        if !reading.compared {
            lines.push(text(found));
            return lines;
        }
        lines.push(statement_if(is_reason(&reading.reason, checks), found));
    }
    lines
}

fn is_reason(segments: &[Segment], checks: &mut Checks) -> Doc {
    let constant: Option<Vec<&str>> = segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    if let Some(constant) = constant {
        return text(format!("reason === {}", quoted(&constant.concat())));
    }
    let elements = segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(literal) => text(quoted(literal)),
            // A reason shows its fields as text.
            _ => text(checks.uses("any")),
        })
        .collect();
    let open = format!("{}(reason, ", checks.uses("isReason"));
    concat([text(open), list("[", elements, "]"), text(")")])
}
