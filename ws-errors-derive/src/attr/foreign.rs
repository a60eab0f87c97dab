//! The attributes of others that mean something here: doc comments, `#[deprecated]`, thiserror's.

use syn::{Attribute, Expr, ExprLit, Field, Lit, Meta};
use ws_errors_core::catalog::Text;
use ws_errors_core::names::instead;

use super::item::Place;
use super::text::loose;
use crate::cursor::Cursor;
use crate::errors::Errors;
use crate::keep;

/// Nobody serializes the enum, so that serde's attributes on it would be written and mean nothing: a
/// secret behind `#[serde(skip)]` would be sent. On the types of fields serde reads its own.
pub(crate) fn refuse_serde(attributes: &[Attribute], place: Place, errors: &Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let Meta::List(list) = &attribute.meta else { continue };
        for mut item in Cursor::of_list(list).split_at_commas() {
            let span = item.span();
            let Some(word) = item.take_name() else { continue };
            let ours = instead(place.name(), &word).unwrap_or("take it away");
            errors.at(
                span,
                format!("serde's `{word}` means nothing to what `WsError` sends; {ours}"),
            );
        }
    }
}

/// The text of the doc comments, without the space that follows the slashes.
pub(crate) fn docs(attributes: &[Attribute], errors: &Errors) -> &'static str {
    let mut lines: Vec<String> = Vec::new();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("doc")) {
        let Meta::NameValue(meta) = &attribute.meta else { continue };
        let mut value = &meta.value;
        while let Expr::Group(group) = value {
            value = &group.expr;
        }
        if let Expr::Macro(call) = value {
            errors.at(
                syn::spanned::Spanned::span(&call.mac.path),
                "what this macro makes is not known here, and would be missing in the docs; write it out, or beside it what the docs shall say: `#[ws_error(docs = \"…\")]`",
            );
        }
        let Some(text) = string(value) else { continue };
        // Line by line, for the empty one between paragraphs is a line, too.
        let comment: Vec<&str> = text.split('\n').collect();
        // A block may have a star in front of each line.
        let is_starred = |line: &&str| {
            let line = line.trim_start();
            line.is_empty() || line.starts_with('*')
        };
        let stars = comment.len() > 2 && comment[1..].iter().all(is_starred);
        lines.extend(comment.into_iter().enumerate().map(|(index, line)| {
            let starred = line.trim_start().strip_prefix('*').filter(|_| stars && index > 0);
            let line = starred.unwrap_or(line);
            line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()
        }));
    }
    keep::text(lines.join("\n").trim())
}

/// The string that an expression is.
fn string(value: &Expr) -> Option<String> {
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        _ => None,
    }
}

/// The note of `#[deprecated]`; empty where it has none.
pub(crate) fn deprecated(attributes: &[Attribute]) -> Option<&'static str> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("deprecated"))?;
    let note = match &attribute.meta {
        Meta::Path(_) => None,
        Meta::NameValue(meta) => string(&meta.value),
        Meta::List(list) => {
            Cursor::of_list(list).split_at_commas().into_iter().find_map(|mut item| {
                let is_note = item.take_word("note") && item.take_punct('=');
                item.take_string().filter(|_| is_note).map(|text| text.value)
            })
        }
    };
    Some(keep::text(&note.unwrap_or_default()))
}

/// What thiserror's `#[error(…)]` says.
pub(crate) enum Display {
    /// The format string, as far as it could be read.
    Text(Text),
    /// The text of the source.
    Transparent,
}

/// thiserror's attribute on a variant.
pub(crate) fn display(attributes: &[Attribute]) -> Option<Display> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("error"))?;
    let Meta::List(list) = &attribute.meta else { return None };
    let mut cursor = Cursor::of_list(list);
    match cursor.take_word("transparent") {
        true => Some(Display::Transparent),
        false => Some(Display::Text(loose(&cursor.take_string()?.value))),
    }
}

/// Whether a field holds a source, or what belongs to one, by thiserror's rules.
pub(crate) fn is_source(field: &Field) -> bool {
    let marked = field.attrs.iter().any(|attribute| {
        ["source", "from", "backtrace"].iter().any(|name| attribute.path().is_ident(name))
    });
    marked || field.ident.as_ref().is_some_and(|ident| ident == "source")
}
