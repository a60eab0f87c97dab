//! Names and texts as TypeScript writes them.

use super::layout::{Doc, concat, text};
use crate::export::client::is_identifier;
pub(super) use crate::export::client::quoted;
use crate::export::markdown::displayed;
use ws_errors_core::json::Json;

/// Types that the generated code itself refers to.
pub(super) const GLOBALS: [&str; 10] = [
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

/// A key of an object or an interface: without quotes where prettier leaves them out, which is
/// where ECMAScript 5 does, whose identifiers hold no character beyond U+FFFF.
pub(super) fn key(name: &str) -> String {
    let mut rest = name.chars().skip(1);
    let is_bare = name.starts_with(|first| is_start(first) || "_$".contains(first))
        && rest.all(|character| is_part(character) || character == '$');
    if is_bare { name.to_owned() } else { quoted(name) }
}

fn is_start(character: char) -> bool {
    character <= '\u{ffff}' && unicode_ident::is_xid_start(character)
}

fn is_part(character: char) -> bool {
    character <= '\u{ffff}' && unicode_ident::is_xid_continue(character)
}

/// A member of a value: `handlers.name`, or `handlers["na me"]`.
pub(super) fn member(object: &str, name: &str) -> String {
    if is_identifier(name) {
        format!("{object}.{name}")
    } else {
        format!("{object}[{}]", quoted(name))
    }
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

/// A declaration with its doc comment.
pub(super) fn documented(docs: &str, declaration: Doc) -> Doc {
    concat([comment(&[docs.to_owned()]), declaration])
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
    fn a_key_has_quotes_where_prettier_keeps_them() {
        for bare in ["plain", "_own", "$", "größe", "名", "a1", "a\u{301}"] {
            assert_eq!(key(bare), bare);
        }
        for other in ["", "0", "a-b", "\u{301}a", "Ⓐ", "𝒳", "a𝒳"] {
            assert_eq!(key(other), format!("\"{other}\""));
        }
    }

    #[test]
    fn nothing_in_a_doc_comment_ends_it() {
        let doc = comment(&["ends */ here\u{2028}and */ there".to_owned()]).print();
        assert_eq!(doc.matches("*/").count(), 1, "{doc}");
    }
}
