//! What a function returns: the error with what was captured of it.

use super::body::{Captured, assignment};
use super::layout::{Doc, block, concat, inline, text};
use super::names::quoted;
use super::statements::member;
use crate::catalog::{Code, Entry};
use crate::export::client::Target;

/// The statements that return what was found.
pub(super) fn result(entry: Option<&Entry>, captured: Vec<Captured>) -> Vec<Doc> {
    // A code that comes with the occurrence is left out where it isn't there.
    let mut members: Vec<Doc> = match entry.map(|entry| entry.code) {
        Some(Code::Number(_) | Code::Text(_)) => vec![text("kind"), text("code")],
        Some(Code::Field(_)) => vec![text("kind")],
        Some(Code::None) => vec![text("kind"), text("code: undefined")],
        None => vec![text("kind: \"$unknown\""), text("code: \"$unknown\"")],
    };
    let (mut context, mut later_context, mut later) = (Vec::new(), Vec::new(), Vec::new());
    for Captured { target, value, there, .. } in captured {
        let (object, name, now, later) = match target {
            Target::Context(name) => ("context", name.to_owned(), &mut context, &mut later_context),
            Target::Error(name) if name == "code" && entry.is_none() => {
                ("found", "rawCode".to_owned(), &mut members, &mut later)
            }
            Target::Error(name) => ("found", name, &mut members, &mut later),
        };
        match there.is_always() {
            true => now.push(member(&name, &value)),
            false => {
                let place = format!("{object}[{}]", quoted(&name));
                later.push(assignment(&place, &value, &there));
            }
        }
    }
    if entry.is_none() {
        members.push(text("data: value"));
    }
    let (mut lines, context) = (Vec::new(), inline(context));
    if later_context.is_empty() {
        members.push(concat([text("context: "), context]));
    } else {
        lines.push(concat([text("const context: Record<string, unknown> = "), context, text(";")]));
        lines.extend(later_context);
        members.push(text("context"));
    }
    let found = concat([block("{", members, ","), text(";")]);
    if later.is_empty() {
        lines.push(concat([text("return "), found]));
        return lines;
    }
    lines.push(concat([text("const found: $Found = "), found]));
    lines.extend(later);
    lines.push(text("return found;"));
    lines
}
