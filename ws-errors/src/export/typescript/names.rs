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

/// A declaration with its doc comment, which is Markdown; nothing where there is nothing to say.
pub(super) fn documented(docs: &str, declaration: Doc) -> Doc {
    let lines: Vec<String> = comment_lines(docs).map(|line| line.replace("*/", "*\\/")).collect();
    let comment = match lines.as_slice() {
        _ if docs.is_empty() => return declaration,
        [line] => text(format!("/** {} */", line.trim())),
        lines => {
            let line = |line| concat([Doc::Hard, text(format!(" * {line}").trim_end())]);
            let lines = concat(lines.iter().map(line));
            concat([text("/**"), lines, Doc::Hard, text(" */")])
        }
    };
    concat([comment, Doc::Hard, declaration])
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
        let doc = documented("ends */ here\u{2028}and */ there", text("")).print();
        assert_eq!(doc.matches("*/").count(), 1, "{doc}");
    }
}
