//! The words of slots, by themselves and in strings.

use proc_macro2::{Ident, Span, TokenTree};

use super::{FILTERS, Filter, Part, SLOTS, Slot, SlotUse};
use crate::attr::text::{Segment, segments};
use crate::cursor::{Spanned, plain};
use crate::errors::{did_you_mean, error, list_names};

pub(super) fn dotted(prefix: &str, field: Ident, span: Span) -> syn::Result<Slot> {
    match prefix {
        "self" => Ok(Slot::Field(plain(&field))),
        "cx" => match raw(&field) {
            Some(field) => Ok(Slot::Context(field)),
            None => error(span, format!("no field is called `{field}`")),
        },
        "set" => Ok(Slot::Set(plain(&field))),
        _ => error(
            span,
            format!(
                "`{prefix}.{field}` is no slot; there are `self.field`, `cx.field` and `set.name`"
            ),
        ),
    }
}

/// `type` as `r#type`; nothing for what no field can be called.
fn raw(field: &Ident) -> Option<Ident> {
    let name = field.to_string();
    match name.as_str() {
        "self" | "Self" | "super" | "crate" | "_" => None,
        // A keyword of the newest edition, and harmless in the others.
        "gen" => Some(Ident::new_raw(&name, field.span())),
        _ if !name.starts_with("r#") && syn::parse_str::<Ident>(&name).is_err() => {
            Some(Ident::new_raw(&name, field.span()))
        }
        _ => Some(field.clone()),
    }
}

pub(super) fn bare(name: &str, span: Span) -> syn::Result<Slot> {
    if let Some((_, slot)) = SLOTS.iter().find(|(slot, _)| *slot == name) {
        return Ok(slot.clone());
    }
    let names = SLOTS.map(|(name, _)| name);
    error(
        span,
        format!(
            "no slot is called `{name}`{}\nthere are {}, `self.field`, `cx.field` and `set.name`",
            did_you_mean(name, names),
            list_names(names)
        ),
    )
}

/// The parts of a string in a template: `"http://domain/exceptions#{code}"`.
pub(super) fn parts(text: &Spanned<String>) -> syn::Result<Vec<Part>> {
    segments(text)?
        .into_iter()
        .map(|segment| match segment {
            Segment::Literal(literal) => Ok(Part::Literal(literal)),
            Segment::Placeholder(inside) => placeholder(&inside, text.span).map(Part::Slot),
        })
        .collect()
}

fn placeholder(inside: &str, span: Span) -> syn::Result<SlotUse> {
    let quoted = Some(format!("{{{inside}}}"));
    let (name, filter) = filtered(inside, span)?;
    let slot = match name.split_once('.') {
        Some(("self", index)) if index.parse::<u16>().is_ok() => Slot::Field(index.to_owned()),
        Some((prefix, field)) => match syn::parse_str::<TokenTree>(field) {
            Ok(TokenTree::Ident(mut field)) => {
                field.set_span(span);
                dotted(prefix, field, span)?
            }
            _ => return error(span, format!("`{{{inside}}}` is no slot")),
        },
        None if name == "self" => return error(span, "`{self}` is an object, and no text"),
        None => bare(name, span).or_else(|_| {
            let names = SLOTS.map(|(name, _)| name);
            error(
                span,
                format!(
                    "`{{{inside}}}` is no slot{}\na field of the variant is `{{self.{inside}}}`; a string in an envelope takes {}, `{{self.field}}`, `{{cx.field}}` and `{{set.name}}`; a brace itself is written `{{{{`",
                    did_you_mean(name, names),
                    list_names(names),
                ),
            )
        })?,
    };
    if slot == Slot::Details {
        return error(span, "`{details}` is an object, and no text");
    }
    Ok(SlotUse { slot, cast: None, filter, span, quoted })
}

/// `name:quoted`, `len(name)`.
fn filtered(inside: &str, span: Span) -> syn::Result<(&str, Option<Filter>)> {
    let inside = inside.trim();
    if let Some(name) = inside.strip_prefix("len(").and_then(|rest| rest.strip_suffix(')')) {
        return Ok((name.trim(), Some(Filter::Len)));
    }
    let Some((name, word)) = inside.split_once(':') else { return Ok((inside, None)) };
    match FILTERS.iter().find(|(name, _)| *name == word.trim()) {
        Some((_, filter)) => Ok((name.trim(), Some(*filter))),
        None => {
            let names = FILTERS.map(|(name, _)| name);
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
