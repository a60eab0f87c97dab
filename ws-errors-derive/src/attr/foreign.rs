//! The attributes of others that mean something here: doc comments, `#[deprecated]`, thiserror's.

use proc_macro2::TokenTree;
use syn::{Attribute, Expr, Field, Lit, Meta};
use ws_errors_core::catalog::{Piece, Text};

use super::text::{Segment, segments};
use crate::cursor::{Cursor, Spanned};
use crate::keep;

/// The text of the doc comments, without the space that follows the slashes.
pub(crate) fn docs(attributes: &[Attribute]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for attribute in attributes {
        if let Meta::NameValue(meta) = &attribute.meta
            && meta.path.is_ident("doc")
            && let Expr::Lit(literal) = &meta.value
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
