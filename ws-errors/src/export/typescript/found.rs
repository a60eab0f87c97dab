//! What a function returns: the error with what was captured of it.

use super::body::Captured;
use super::layout::{Doc, block, concat, inline, text};
use super::names::quoted;
use super::statements::{condition, member, statement_if};
use crate::catalog::{Code, Entry};
use crate::export::client::Target;

/// The statements that return what was found.
pub(super) fn result(entry: Option<&Entry>, captured: Vec<Captured>) -> Vec<Doc> {
    let mut members: Vec<Doc> = Vec::new();
    let (mut context, mut later_context) = (Vec::new(), Vec::new());
    let (mut error, mut later_error) = (Vec::new(), Vec::new());
    // A code that comes with the occurrence is left out where it isn't there.
    let mut code = match entry.map(|entry| entry.code) {
        Some(Code::Number(_) | Code::Text(_)) => Some("code".to_owned()),
        Some(Code::Field(_)) => None,
        Some(Code::None) => Some("undefined".to_owned()),
        None => Some(quoted("$unknown")),
    };
    for Captured { target, value, there, .. } in captured {
        let target = match target {
            Target::Error(name) if name == "code" && entry.is_none() => {
                Target::Error("rawCode".to_owned())
            }
            target => target,
        };
        match (target, there) {
            (Target::Error(name), None) if name == "code" => code = Some(value),
            (Target::Error(name), None) => error.push((name, value)),
            (Target::Error(name), Some(there)) => later_error.push((name, value, there)),
            (Target::Context(name), None) => context.push((name, value)),
            (Target::Context(name), Some(there)) => later_context.push((name, value, there)),
        }
    }
    members.push(match entry {
        Some(_) => text("kind"),
        None => text("kind: \"$unknown\""),
    });
    members.extend(code.map(|code| member("code", &code)));
    members.extend(error.iter().map(|(name, value)| member(name, value)));
    if entry.is_none() {
        members.push(text("data: value"));
    }
    let mut lines = Vec::new();
    let context = inline(context.iter().map(|(name, value)| member(name, value)).collect());
    if later_context.is_empty() {
        members.push(concat([text("context: "), context]));
    } else {
        lines.push(concat([text("const context: Record<string, unknown> = "), context, text(";")]));
        for (name, value, there) in later_context {
            let assign = format!("context[{}] = {value};", quoted(name));
            lines.push(statement_if(condition(&there), assign));
        }
        members.push(text("context"));
    }
    let found = block("{", members, ",");
    if later_error.is_empty() {
        lines.push(concat([text("return "), found, text(";")]));
        return lines;
    }
    lines.push(concat([text("const found: $Found = "), found, text(";")]));
    for (name, value, there) in later_error {
        let assign = format!("found[{}] = {value};", quoted(&name));
        lines.push(statement_if(condition(&there), assign));
    }
    lines.push(text("return found;"));
    lines
}
