//! Names, texts and data as Python writes them.

use crate::export::client::{Data, Members, Names, is_identifier, quoted};
use crate::export::markdown::displayed;
use ws_errors_core::json::Json;

/// What a class of the module can't be called, because the reader means something by it.
pub(super) const TAKEN: [&str; 20] = [
    "ArithmeticError",
    "Exception",
    "RecursionError",
    "TypeError",
    "ValueError",
    "closed",
    "contextlib",
    "decode",
    "explain",
    "float",
    "int",
    "json",
    "list",
    "math",
    "object",
    "parse",
    "re",
    "read",
    "str",
    "tuple",
];

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
    let is_reserved =
        types.has(&letters) || RESERVED.split_whitespace().any(|word| word == letters);
    if is_reserved { letters + "_" } else { letters }
}

/// A docstring; nothing where there is nothing to say.
pub(super) fn docstring(paragraphs: &[String], indent: &str) -> String {
    let text = paragraphs.join("\n\n").replace(['\r', '\u{2028}', '\u{2029}'], "\n");
    let lines: Vec<String> = text.trim().lines().map(|line| displayed(line.trim_end())).collect();
    let text = lines.join(&format!("\n{indent}")).replace('\\', "\\\\").replace('"', "\\\"");
    let text = text
        .replace("\\\"", "\"")
        .replace("\"\"\"", "\\\"\\\"\\\"")
        .replace(&format!("\n{indent}\n"), "\n\n");
    match lines.len() {
        0 => String::new(),
        // A quote before the end would be part of it.
        1 if text.ends_with('"') => format!("{indent}\"\"\"{text} \"\"\"\n"),
        1 => format!("{indent}\"\"\"{text}\"\"\"\n"),
        _ => format!("{indent}\"\"\"{text}\n{indent}\"\"\"\n"),
    }
}

/// A constant.
pub(super) fn json(json: &Json) -> String {
    match json {
        Json::Null => "None".to_owned(),
        Json::Bool(is) => truth(*is).to_owned(),
        Json::String(text) => quoted(text),
        Json::Number(_) => json.to_string(),
        Json::Array(elements) => format!("[{}]", joined(elements.iter().map(self::json))),
        Json::Object(members) => {
            let members = members.iter().map(|(key, one)| (&**key, self::json(one)));
            dictionary(members)
        }
    }
}

/// Members of the data; `field` makes an attribute of the name of a member of an error.
pub(super) fn members(members: &Members, field: &dyn Fn(&str) -> String) -> String {
    dictionary(members.iter().map(|(name, value)| match (*name, value) {
        ("field", Data::Text(text)) => ("field", quoted(&field(text))),
        (name, value) => (name, data(value, field)),
    }))
}

fn data(value: &Data, field: &dyn Fn(&str) -> String) -> String {
    match value {
        Data::True => truth(true).to_owned(),
        Data::Number(number) => number.to_string(),
        Data::Text(text) => quoted(text),
        Data::Members(inner) => members(inner, field),
        Data::List(pieces) => format!("[{}]", joined(pieces.iter().map(|one| data(one, field)))),
    }
}

pub(super) const fn truth(is: bool) -> &'static str {
    if is { "True" } else { "False" }
}

pub(super) fn joined(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join(", ")
}

pub(super) fn dictionary<'k>(members: impl Iterator<Item = (&'k str, String)>) -> String {
    format!("{{{}}}", joined(members.map(|(key, value)| format!("{}: {value}", quoted(key)))))
}

/// A tuple, which has a comma behind its only element.
pub(super) fn tuple(elements: impl IntoIterator<Item = String>) -> String {
    let elements: Vec<String> = elements.into_iter().collect();
    let comma = if elements.len() == 1 { "," } else { "" };
    format!("({}{comma})", elements.join(", "))
}

/// A tuple that begins with a word, which says what it is.
pub(super) fn tagged<const N: usize>(word: &str, elements: [String; N]) -> String {
    tuple(std::iter::once(quoted(word)).chain(elements))
}
