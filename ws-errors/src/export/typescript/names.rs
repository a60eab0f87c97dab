//! Names and texts as TypeScript writes them.

use std::collections::BTreeSet;

use super::layout::{Doc, concat, text};
use crate::export::markdown::displayed;
use ws_errors_core::json::Json;

/// Gives each type a name that no other has.
#[derive(Debug)]
pub(super) struct Names(BTreeSet<String>);

/// Types that the generated code itself refers to.
const GLOBALS: [&str; 10] = [
    "Array",
    "Map",
    "ReadonlyMap",
    "ReadonlyArray",
    "Record",
    "Object",
    "String",
    "Number",
    "Boolean",
    "JSON",
];

impl Names {
    pub(super) fn new() -> Self {
        Self(GLOBALS.map(str::to_owned).into())
    }

    /// The name, or where it is taken the name with the word behind it, and at last with a number.
    pub(super) fn take(&mut self, name: String, word: &str) -> String {
        let candidates = std::iter::once(name.clone())
            .chain(std::iter::once(format!("{name}{word}")))
            .chain((2_usize..).map(|number| format!("{name}{word}{number}")));
        for candidate in candidates {
            if self.0.insert(candidate.clone()) {
                return candidate;
            }
        }
        name
    }
}

/// The words of a name, each with a capital: `user-events` is `UserEvents`.
pub(super) fn pascal(name: &str) -> String {
    let mut out = String::new();
    for word in name.split(|character: char| !character.is_ascii_alphanumeric()) {
        let mut characters = word.chars();
        out.extend(characters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(characters.as_str());
    }
    match out.chars().next() {
        None => "Unnamed".to_owned(),
        Some('0'..='9') => format!("_{out}"),
        Some(_) => out,
    }
}

/// Whether a key needs no quotes.
pub(super) fn is_identifier(name: &str) -> bool {
    let is_letter = |character: char| character.is_ascii_alphabetic() || "_$".contains(character);
    name.starts_with(is_letter) && name.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

/// A key of an object or an interface.
pub(super) fn key(name: &str) -> String {
    if is_identifier(name) { name.to_owned() } else { quoted(name) }
}

/// A member of a value: `handlers.name`, or `handlers["na me"]`.
pub(super) fn member(object: &str, name: &str) -> String {
    if is_identifier(name) {
        format!("{object}.{name}")
    } else {
        format!("{object}[{}]", quoted(name))
    }
}

/// A string in the quotes that need fewer escapes.
pub(super) fn quoted(text: &str) -> String {
    let count = |quote| text.matches(quote).count();
    let quote = if count('"') > count('\'') { '\'' } else { '"' };
    let mut out = String::from(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
            // Characters that change the direction of what is shown around them.
            | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ if character == quote => {
                out.push('\\');
                out.push(quote);
            }
            _ => out.push(character),
        }
    }
    out.push(quote);
    out
}

/// A scalar as source text.
pub(super) fn scalar(json: &Json) -> String {
    match json {
        Json::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// A constant as it is written in an expression or as a literal type.
pub(super) fn literal(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// The lines of a text in a comment: wherever JavaScript ends a line, and with what an editor
/// doesn't show written out.
pub(super) fn comment_lines(text: &str) -> impl Iterator<Item = String> {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}'])
        .map(|line| displayed(&line.trim_end().replace('\t', "    ")))
}

/// A doc comment; nothing where there is nothing to say. The lines are Markdown.
pub(super) fn comment(lines: &[String]) -> Doc {
    let lines: Vec<String> = lines
        .iter()
        .flat_map(|part| comment_lines(part))
        .map(|line| line.replace("*/", "*\\/"))
        .collect();
    match lines.as_slice() {
        [] => concat([]),
        [line] => concat([text(format!("/** {} */", line.trim())), Doc::Hard]),
        lines => {
            let mut docs = vec![text("/**"), Doc::Hard];
            for line in lines {
                docs.push(text(if line.is_empty() { " *".into() } else { format!(" * {line}") }));
                docs.push(Doc::Hard);
            }
            docs.push(text(" */"));
            docs.push(Doc::Hard);
            concat(docs)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_catalogs_name_becomes_the_name_of_a_type() {
        for (name, expected) in [
            ("metered", "Metered"),
            ("user-events", "UserEvents"),
            ("alreadyCamel_case", "AlreadyCamelCase"),
            ("3d", "_3d"),
            ("", "Unnamed"),
        ] {
            assert_eq!(pascal(name), expected);
        }
    }

    #[test]
    fn nothing_in_a_string_ends_it_or_hides_what_follows() {
        assert_eq!(quoted("a\"b"), r#"'a"b'"#);
        assert_eq!(quoted("a\"b'c"), r#""a\"b'c""#);
        assert_eq!(quoted("\\ \n \u{2028} \u{202e} \0"), r#""\\ \n \u2028 \u202e \u0000""#);
    }

    #[test]
    fn nothing_in_a_doc_comment_ends_it() {
        let doc = comment(&["ends */ here\u{2028}and */ there".to_owned()]).print();
        assert_eq!(doc.matches("*/").count(), 1, "{doc}");
    }

    #[test]
    fn a_name_that_is_taken_gets_a_word_and_then_a_number() {
        let mut names = Names::new();
        let taken: Vec<String> = (0..3).map(|_| names.take("Detail".to_owned(), "Data")).collect();
        assert_eq!(taken, ["Detail", "DetailData", "DetailData2"]);
        assert_eq!(names.take("Map".to_owned(), "Entry"), "MapEntry");
    }
}
