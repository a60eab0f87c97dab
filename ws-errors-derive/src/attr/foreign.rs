//! The attributes of others that mean something here: doc comments, `#[deprecated]`, thiserror's.

use proc_macro2::TokenTree;
use syn::{Attribute, Expr, Field, Lit, Meta};
use ws_errors_core::catalog::{Piece, Text};

use super::item::Place;
use super::text::{Segment, segments};
use crate::cursor::{Cursor, Spanned, plain};
use crate::errors::Errors;
use crate::keep;

/// Nobody serializes the enum, so that serde's attributes on it would be written and mean nothing: a
/// secret behind `#[serde(skip)]` would be sent. On the types of fields serde reads its own.
pub(crate) fn refuse_serde(attributes: &[Attribute], place: Place, errors: &Errors) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let Meta::List(list) = &attribute.meta else { continue };
        for mut item in
            Cursor::new(list.tokens.clone(), list.delimiter.span().close()).split_at_commas()
        {
            let span = item.span();
            let Some(word) = item.take_ident().as_ref().map(plain) else { continue };
            let ours = match (place, word.as_str()) {
                (Place::Field, "skip" | "skip_serializing") => "write `#[ws_error(skip)]`",
                (Place::Field, "rename") => "write `#[ws_error(rename = \"…\")]`",
                (Place::Field, "skip_serializing_if") => {
                    "make it an `Option`: `None` is left out of `details`"
                }
                (Place::Field, "serialize_with" | "with") => {
                    "write `#[ws_error(as = \"string\")]` for an integer of 64 bits, or give the field a type whose `Serialize` does it"
                }
                (Place::Field, "flatten") => {
                    "write the fields into the variant, or the envelope as you want it"
                }
                (Place::Variant, "rename") => "write `#[ws_error(name = \"…\")]`",
                (Place::Variant, "rename_all") => {
                    "write `#[ws_error(rename = \"…\")]` on each field"
                }
                (Place::Variant, "skip" | "skip_serializing") => {
                    "take it away, or take the variant away"
                }
                (Place::Variant, "untagged") => {
                    "write `#[ws_error(envelope = { … })]`, which has no tag that you don't write"
                }
                (Place::Enum, "rename_all") => "write `#[ws_error(rename_all = \"…\")]`",
                (Place::Enum, "rename_all_fields") => {
                    "write `#[ws_error(rename = \"…\")]` on each field"
                }
                (Place::Enum, "tag" | "content" | "untagged") => {
                    "write `#[ws_error(envelope = { … })]`, whose members are as you write them"
                }
                (Place::Enum, "rename") => "write `#[ws_error(catalog = \"…\")]`",
                _ => "take it away",
            };
            errors.at(
                span,
                format!("serde's `{word}` means nothing to what `WsError` sends; {ours}"),
            );
        }
    }
}

/// The text of the doc comments, without the space that follows the slashes.
pub(crate) fn docs(attributes: &[Attribute], errors: &Errors) -> String {
    let mut lines: Vec<String> = Vec::new();
    for attribute in attributes {
        let Meta::NameValue(meta) = &attribute.meta else { continue };
        if !meta.path.is_ident("doc") {
            continue;
        }
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
        if let Expr::Lit(literal) = value
            && let Lit::Str(text) = &literal.lit
        {
            let text = text.value();
            // Line by line, for the empty one between paragraphs is a line, too.
            let comment: Vec<&str> = text.split('\n').collect();
            // A block may have a star in front of each line.
            let stars = comment.len() > 2
                && comment.iter().skip(1).all(|line| {
                    let line = line.trim_start();
                    line.is_empty() || line.starts_with('*')
                });
            lines.extend(comment.into_iter().enumerate().map(|(index, line)| {
                let starred = line.trim_start().strip_prefix('*').filter(|_| stars && index > 0);
                let line = starred.unwrap_or(line);
                line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()
            }));
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The note of `#[deprecated]`; empty where it has none.
pub(crate) fn deprecated(attributes: &[Attribute]) -> Option<String> {
    let attribute = attributes.iter().find(|attribute| attribute.path().is_ident("deprecated"))?;
    let mut note = String::new();
    match &attribute.meta {
        Meta::Path(_) => {}
        Meta::NameValue(meta) => {
            if let Expr::Lit(literal) = &meta.value
                && let Lit::Str(text) = &literal.lit
            {
                note = text.value();
            }
        }
        Meta::List(list) => {
            let cursor = Cursor::new(list.tokens.clone(), list.delimiter.span().close());
            for mut item in cursor.split_at_commas() {
                if item.take_ident().is_some_and(|key| key == "note")
                    && item.take_punct('=')
                    && let Some(text) = item.take_string()
                {
                    note = text.value;
                }
            }
        }
    }
    Some(note)
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
    let mut cursor = Cursor::new(list.tokens.clone(), list.delimiter.span().close());
    if let Some(TokenTree::Ident(word)) = cursor.peek()
        && word == "transparent"
    {
        return Some(Display::Transparent);
    }
    Some(Display::Text(loose(&cursor.take_string()?)))
}

/// Reads a format string of somebody else's, whose placeholders need not be fields.
fn loose(text: &Spanned<String>) -> Text {
    let pieces = segments(text).unwrap_or_default().into_iter().map(|segment| match segment {
        Segment::Literal(literal) => Piece::Literal(keep::text(&literal)),
        Segment::Placeholder(inside) => {
            let (name, spec) = inside.split_once(':').unwrap_or((&inside, ""));
            Piece::Field { name: keep::text(name.trim()), spec: keep::text(spec) }
        }
    });
    Text(keep::list(pieces.collect()))
}

/// Whether a field holds a source, or what belongs to one, by thiserror's rules.
pub(crate) fn is_source(field: &Field) -> bool {
    let marked = field.attrs.iter().any(|attribute| {
        ["source", "from", "backtrace"].iter().any(|name| attribute.path().is_ident(name))
    });
    marked || field.ident.as_ref().is_some_and(|ident| ident == "source")
}
