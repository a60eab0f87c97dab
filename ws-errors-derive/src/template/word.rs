//! The words of slots, by themselves and in strings.

use proc_macro2::{Ident, Span, TokenTree};

use ws_errors_core::catalog::{Filter, Part, Slot};
use ws_errors_core::names::{did_you_mean, list_names};

use super::Written;
use crate::attr::text::{Segment, segments};
use crate::cursor::{Spanned, plain};
use crate::errors::{all, error};
use crate::keep;

pub(super) fn dotted(prefix: &str, field: &Ident, span: Span) -> syn::Result<Slot> {
    match prefix {
        "self" => Ok(Slot::Field(keep::text(&plain(field)))),
        "cx" => match raw(&plain(field), span) {
            Some(_) => Ok(Slot::Context(keep::text(&plain(field)))),
            None => error(span, format!("no field is called `{field}`")),
        },
        "set" => Ok(Slot::Set(keep::text(&plain(field)))),
        _ => error(
            span,
            format!(
                "`{prefix}.{field}` is no slot; there are `self.field`, `cx.field` and `set.name`"
            ),
        ),
    }
}

/// The field of a context: `type` as `r#type`; nothing for what no field can be called.
pub(crate) fn raw(name: &str, span: Span) -> Option<Ident> {
    match name {
        "self" | "Self" | "super" | "crate" | "_" => None,
        // A keyword of the newest edition, and harmless in the others.
        "gen" => Some(Ident::new_raw(name, span)),
        _ => Some(match syn::parse_str::<Ident>(name) {
            Ok(_) => Ident::new(name, span),
            Err(_) => Ident::new_raw(name, span),
        }),
    }
}

pub(super) fn bare(name: &str, span: Span) -> syn::Result<Slot> {
    if let Some(slot) = Slot::NAMED.into_iter().find(|slot| slot.to_string() == name) {
        return Ok(slot);
    }
    match name.to_ascii_lowercase().as_str() {
        "none" | "null" | "nil" | "undefined" => {
            return error(span, format!("nothing is `null` in JSON, and not `{name}`"));
        }
        word @ ("true" | "false") => {
            return error(span, format!("JSON has `{word}`, and not `{name}`"));
        }
        _ => {}
    }
    let names = Slot::NAMED.map(|slot| slot.to_string());
    let names = || names.iter().map(String::as_str);
    error(
        span,
        format!(
            "no slot is called `{name}`{}\nthere are {}, `self.field`, `cx.field` and `set.name`",
            did_you_mean(name, names()),
            list_names(names())
        ),
    )
}

/// The parts of a string in a template: `"http://domain/exceptions#{code}"`.
pub(super) fn parts(text: &Spanned<String>) -> syn::Result<Vec<(Part, Option<Written>)>> {
    all(segments(text)?.into_iter().map(|segment| match segment {
        Segment::Literal(literal) => Ok((Part::Literal(keep::text(&literal)), None)),
        Segment::Placeholder(inside) => placeholder(&inside, text.span),
    }))
}

fn placeholder(inside: &str, span: Span) -> syn::Result<(Part, Option<Written>)> {
    let written = Written { span, field: span, text: format!("{{{inside}}}") };
    let (name, filter) = filtered(inside, span)?;
    let slot = match name.split_once('.') {
        Some(("self", index)) if index.parse::<u16>().is_ok() => Slot::Field(keep::text(index)),
        Some((prefix, field)) => match syn::parse_str::<TokenTree>(field) {
            Ok(TokenTree::Ident(mut field)) => {
                field.set_span(span);
                dotted(prefix, &field, span)?
            }
            _ => return error(span, format!("`{{{inside}}}` is no slot")),
        },
        None if name.is_empty() => {
            return error(span, "`{}` names no slot; write `{code}`, `{self.field}` or `{cx.field}`");
        }
        None if name == "self" => return error(span, "`{self}` is an object, and no text"),
        None => bare(name, span).or_else(|_| {
            let names = Slot::NAMED.map(|slot| slot.to_string());
            let names = || names.iter().map(String::as_str);
            error(
                span,
                format!(
                    "`{{{inside}}}` is no slot{}\na field of the variant is `{{self.{inside}}}`; a string in an envelope takes {}, `{{self.field}}`, `{{cx.field}}` and `{{set.name}}`; a brace itself is written `{{{{`",
                    did_you_mean(name, names()),
                    list_names(names()),
                ),
            )
        })?,
    };
    if slot == Slot::Details {
        return error(span, "`{details}` is an object, and no text");
    }
    let part = match filter {
        Some(filter) => Part::Filtered(slot, filter),
        None => Part::Slot(slot),
    };
    Ok((part, Some(written)))
}

/// `name:quoted`, `len(name)`.
fn filtered(inside: &str, span: Span) -> syn::Result<(&str, Option<Filter>)> {
    let inside = inside.trim();
    if let Some(name) = inside.strip_prefix("len(").and_then(|rest| rest.strip_suffix(')')) {
        return Ok((name.trim(), Some(Filter::Len)));
    }
    let Some((name, word)) = inside.split_once(':') else { return Ok((inside, None)) };
    match Filter::NAMED.iter().find(|(name, _)| *name == word.trim()) {
        Some((_, filter)) => Ok((name.trim(), Some(*filter))),
        None => {
            let names = Filter::NAMED.map(|(name, _)| name);
            error(
                span,
                format!(
                    "`{{{inside}}}`: no filter is called `{word}`{}\nthere are {} and `{{len({name})}}`",
                    did_you_mean(word.trim(), names),
                    list_names(names),
                ),
            )
        }
    }
}
