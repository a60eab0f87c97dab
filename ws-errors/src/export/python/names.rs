//! Names, texts and data as Python writes them.

use crate::export::client::{Names, is_identifier, quoted};
use crate::export::markdown::displayed;
use crate::wire::Tree;

/// Python's keywords, and what annotations inside a class mean something by.
const RESERVED: &str = "False None True and as assert async await break class continue def del elif else \
    except finally for from global if import in is lambda nonlocal not or pass raise return try while \
    with yield bool float int object str";

/// The name of an attribute: that of a member, with `_` for what no name has, and behind what means
/// something to Python, or is a type of the module.
pub(super) fn attribute(name: &str, types: &Names) -> String {
    let letters = name.replace(|character: char| !character.is_ascii_alphanumeric(), "_");
    // Two of them before a name mean something, too.
    let trimmed = letters.trim_start_matches('_');
    let is_name = trimmed.len() == letters.len() && is_identifier(&letters);
    let letters = if is_name { letters } else { format!("_{trimmed}") };
    // What an annotation refers to begins so.
    let is_type = letters.starts_with(|first: char| !first.is_ascii_lowercase());
    let is_reserved =
        is_type && types.has(&letters) || RESERVED.split_whitespace().any(|word| word == letters);
    if is_reserved { letters + "_" } else { letters }
}

/// A docstring; nothing where there is nothing to say.
pub(super) fn docstring(paragraphs: &[String], indent: &str) -> String {
    let said: Vec<&str> =
        paragraphs.iter().map(|one| one.trim()).filter(|one| !one.is_empty()).collect();
    let text = said.join("\n\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> = text.lines().map(|line| displayed(line.trim_end())).collect();
    // No line ends with white space.
    let text = lines.join(&format!("\n{indent}")).replace(&format!("\n{indent}\n"), "\n\n");
    let text = text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    match lines.len() {
        0 => String::new(),
        // A quote before the end would be part of it.
        1 if text.ends_with('"') => format!("{indent}\"\"\"{text} \"\"\"\n"),
        1 => format!("{indent}\"\"\"{text}\"\"\"\n"),
        _ => format!("{indent}\"\"\"{text}\n{indent}\"\"\"\n"),
    }
}

/// A constant on one line.
pub(super) fn literal(data: &Tree<'_>) -> String {
    lines(data, 0, 0)
}

/// A constant, down to a level with a line for each element and each member.
pub(super) fn lines(data: &Tree<'_>, levels: usize, indent: usize) -> String {
    let inner = |data| lines(data, levels.saturating_sub(1), indent + 4);
    let listed = |open: char, elements: Vec<String>, close: char| match levels {
        _ if elements.is_empty() => format!("{open}{close}"),
        0 => format!("{open}{}{close}", elements.join(", ")),
        _ => {
            let line = |one| format!("{:indent$}    {one},\n", "");
            let all: String = elements.into_iter().map(line).collect();
            format!("{open}\n{all}{:indent$}{close}", "")
        }
    };
    match data {
        Tree::Null => "None".to_owned(),
        Tree::Bool(is) => if *is { "True" } else { "False" }.to_owned(),
        Tree::String(text) => quoted(text),
        Tree::Number(number) => number.to_string(),
        Tree::Array(elements) => listed('[', elements.iter().map(inner).collect(), ']'),
        Tree::Object(members) => {
            let member = |(key, one)| format!("{}: {}", quoted(key), inner(one));
            listed('{', members.iter().map(|(key, one)| member((key, one))).collect(), '}')
        }
    }
}
