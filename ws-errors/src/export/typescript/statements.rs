//! Statements, broken as prettier does.

use super::condition::Condition;
use super::layout::{Doc, block, concat, group, indent, join, list, text};
use super::names::key;

/// `if (condition) then`.
pub(super) fn statement_if(condition: Doc, then: impl Into<Doc>) -> Doc {
    group(concat([head_if(condition), text(")"), indent(concat([Doc::Line, then.into()]))]))
}

/// `if (condition) { lines }`.
pub(super) fn block_if(condition: &Condition, lines: Vec<Doc>) -> Doc {
    concat([head_if(condition.doc()), text(") "), block("{", lines, "")])
}

fn head_if(condition: Doc) -> Doc {
    concat([text("if ("), group(concat([indent(concat([Doc::Soft, condition])), Doc::Soft]))])
}

/// `return a ?? b;`
pub(super) fn return_first(docs: Vec<Doc>) -> Doc {
    match distinct(docs).as_slice() {
        [] => text("return undefined;"),
        [only] => concat([text("return "), only.clone(), text(";")]),
        several => return_value(first(several.to_vec())),
    }
}

/// `return value;`, of a value that may be broken.
pub(super) fn return_value(value: Doc) -> Doc {
    group(concat([
        text("return "),
        Doc::IfBroken("("),
        indent(concat([Doc::Soft, value])),
        Doc::Soft,
        Doc::IfBroken(")"),
        text(";"),
    ]))
}

/// `name = a ?? b;`
pub(super) fn assign_first(name: &str, docs: Vec<Doc>) -> Doc {
    let docs = distinct(docs);
    if docs.len() == 1 {
        return concat([text(format!("{name} = ")), concat(docs), text(";")]);
    }
    group(concat([text(format!("{name} =")), indent(concat([Doc::Line, first(docs), text(";")]))]))
}

/// `a ?? b`
fn first(docs: Vec<Doc>) -> Doc {
    group(join(docs, &concat([text(" ??"), Doc::Line])))
}

/// Calls of functions without effects, of which each is made once.
fn distinct(docs: Vec<Doc>) -> Vec<Doc> {
    let mut printed = Vec::new();
    docs.into_iter()
        .filter(|doc| {
            let text = doc.print();
            let is_new = !printed.contains(&text);
            printed.push(text);
            is_new
        })
        .collect()
}

/// The statements without constants that nothing behind them mentions; `used` is what does so
/// elsewhere.
pub(super) fn without_unused(lines: Vec<Doc>, used: &[String]) -> Vec<Doc> {
    let mut kept: Vec<(Doc, String)> = Vec::new();
    for line in lines.into_iter().rev() {
        let printed = line.print();
        let name = printed.strip_prefix("const v").and_then(|rest| {
            let end = rest.find(|character: char| !character.is_ascii_digit())?;
            Some(format!("v{}", rest.get(..end)?))
        });
        let is_used = name.is_none_or(|name| {
            used.iter().any(|code| mentions(code, &name))
                || kept.iter().any(|(_, code)| mentions(code, &name))
        });
        if is_used {
            kept.push((line, printed));
        }
    }
    kept.into_iter().rev().map(|(line, _)| line).collect()
}

/// `const name = value;`
pub(super) fn constant(name: &str, value: Doc) -> Doc {
    group(concat([
        text(format!("const {name} =")),
        group(indent(Doc::Line)),
        indent(concat([value, text(";")])),
    ]))
}

/// A function of the module.
pub(super) fn function(name: &str, parameters: &[&str], gives: &str, lines: Vec<Doc>) -> Doc {
    declared(&format!("function {name}"), parameters, gives, lines)
}

/// A function that the module exports.
pub(super) fn exported(name: &str, parameters: &[&str], gives: &str, lines: Vec<Doc>) -> Doc {
    declared(&format!("export function {name}"), parameters, gives, lines)
}

fn declared(head: &str, parameters: &[&str], gives: &str, lines: Vec<Doc>) -> Doc {
    let parameters = parameters.iter().map(|parameter| text(*parameter)).collect();
    concat([
        list(format!("{head}("), parameters, ")"),
        text(format!(": {gives} ")),
        block("{", lines, ""),
    ])
}

/// `case 1:`, several of them, or `default:`, with the statements behind it.
pub(super) fn labelled(labels: Vec<Doc>, lines: Vec<Doc>) -> Doc {
    let lines = lines.into_iter().flat_map(|line| [Doc::Hard, line]);
    concat([join(labels, &Doc::Hard), indent(concat(lines))])
}

/// A member of a literal.
pub(super) fn member(name: &str, value: &str) -> Doc {
    if name == value { text(name) } else { text(format!("{}: {value}", key(name))) }
}

/// Whether code mentions a name, outside of strings, and not as the key of a literal.
pub(super) fn mentions(code: &str, name: &str) -> bool {
    let is_of_name = |character: char| character.is_alphanumeric() || "_$".contains(character);
    let mut quote = None;
    let mut characters = code.chars();
    let mut word = String::new();
    while let Some(character) = characters.next() {
        match quote {
            Some(end) if character == end => quote = None,
            Some(_) if character == '\\' => drop(characters.next()),
            Some(_) => {}
            None if is_of_name(character) => {
                word.push(character);
                continue;
            }
            None if "\"'".contains(character) => quote = Some(character),
            None => {}
        }
        if word == name && character != ':' {
            return true;
        }
        word.clear();
    }
    word == name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_a_string_or_in_another_name_is_not_mentioned() {
        assert!(mentions("if (value) return;", "value") && mentions("[\"a\"].has(value", "value"));
        assert!(!mentions("x === \"value\"", "value") && !mentions("values[0]", "value"));
        assert!(!mentions(r#"x === "\"value""#, "value") && !mentions("{ value: v1 }", "value"));
    }
}
