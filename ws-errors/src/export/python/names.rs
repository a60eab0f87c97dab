//! Names, texts and data as Python writes them.

use crate::export::client::{Data, Members, Names, quoted};
use crate::export::markdown::displayed;
use ws_errors_core::json::Json;

/// What a class of the module can't be called: the reader, or an annotation, means something by it.
pub(super) const TAKEN: [&str; 24] = [
    "ArithmeticError",
    "contextlib",
    "math",
    "Exception",
    "False",
    "None",
    "RecursionError",
    "True",
    "TypeError",
    "ValueError",
    "bool",
    "decode",
    "dict",
    "explain",
    "float",
    "int",
    "json",
    "list",
    "object",
    "parse",
    "re",
    "read",
    "closed",
    "str",
];

/// Python's keywords, and what annotations inside a class mean something by.
const RESERVED: [&str; 39] = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield", "bool",
    "dict", "float", "int", "list", "object", "str",
];

/// The name of an attribute: that of a member, with `_` for what no name has, and behind what Python, or
/// a type of the module, is called.
pub(super) fn attribute(name: &str, types: &Names) -> String {
    let is_letter = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let letters: String = name.chars().map(|c| if is_letter(c) { c } else { '_' }).collect();
    // Two of them mean something to Python, and to a class one that is its own.
    let trimmed = letters.trim_start_matches('_');
    let mut out = if trimmed.len() < letters.len() { format!("_{trimmed}") } else { letters };
    if out.is_empty() || out.starts_with(|c: char| c.is_ascii_digit()) {
        out.insert(0, '_');
    }
    let is_reserved = RESERVED.contains(&&*out) || ["False", "None", "True"].contains(&&*out);
    if is_reserved || types.has(&out) { out + "_" } else { out }
}

/// Whether a name is the one of an attribute as it is.
pub(super) fn is_attribute(name: &str, types: &Names) -> bool {
    attribute(name, types) == name
}

/// A docstring, or nothing.
pub(super) fn docstring(lines: &[String], indent: &str) -> String {
    let lines = lines.iter().flat_map(|part| part.split(['\n', '\r', '\u{2028}', '\u{2029}']));
    let lines: Vec<String> = lines
        .map(|line| {
            displayed(line.trim_end()).replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
        })
        .collect();
    match lines.as_slice() {
        [] => String::new(),
        [only] => {
            // A quote before the end would be part of it.
            let space = if only.ends_with('"') { " " } else { "" };
            format!("{indent}\"\"\"{only}{space}\"\"\"\n")
        }
        [first, rest @ ..] => {
            let mut out = format!("{indent}\"\"\"{first}\n");
            for line in rest {
                out += format!("{indent}{line}").trim_end();
                out.push('\n');
            }
            format!("{out}{indent}\"\"\"\n")
        }
    }
}

/// A constant.
pub(super) fn json(json: &Json) -> String {
    match json {
        Json::Null => "None".to_owned(),
        Json::Bool(true) => "True".to_owned(),
        Json::Bool(false) => "False".to_owned(),
        Json::String(text) => quoted(text),
        Json::Number(_) => json.to_string(),
        Json::Array(elements) => {
            format!("[{}]", elements.iter().map(self::json).collect::<Vec<_>>().join(", "))
        }
        Json::Object(members) => {
            let members =
                members.iter().map(|(key, one)| format!("{}: {}", quoted(key), self::json(one)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Members of the data; `field` makes an attribute of the name of a member of an error.
pub(super) fn members(members: &Members, field: &dyn Fn(&str) -> String) -> String {
    let members = members.iter().map(|(name, value)| match (*name, value) {
        ("field", Data::Text(text)) => format!("\"field\": {}", quoted(&field(text))),
        (name, value) => format!("{}: {}", quoted(name), data(value, field)),
    });
    format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
}

fn data(value: &Data, field: &dyn Fn(&str) -> String) -> String {
    match value {
        Data::True => "True".to_owned(),
        Data::Number(number) => number.to_string(),
        Data::Text(text) => quoted(text),
        Data::Members(inner) => members(inner, field),
        Data::List(pieces) => {
            format!(
                "[{}]",
                pieces.iter().map(|one| data(one, field)).collect::<Vec<_>>().join(", ")
            )
        }
    }
}
