//! The words of slots, by themselves and in strings.

use proc_macro2::{Ident, Span, TokenTree};
use ws_errors_core::catalog::{Filter, Node, Part, Slot};
use ws_errors_core::escape::quote;
use ws_errors_core::placeholder::{Segment, segments};

use super::{Reader, Written};
use crate::cursor::plain;
use crate::errors::{all, error};
use crate::keep;

/// `span` is where the prefix is written.
pub(super) fn dotted(prefix: &str, field: &Ident, span: Span) -> syn::Result<Slot> {
    let name = keep::text(&plain(field));
    if prefix == "cx" && raw(name, span).is_none() {
        return error(span, format!("no field is called `{field}`"));
    }
    Slot::dotted(prefix, name).or_else(|words| error(span, words))
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

impl Reader {
    /// A string in a template: `"http://domain/exceptions#{code}"`.
    pub(super) fn string(&mut self, text: &str, span: Span) -> syn::Result<Node> {
        if self.constant {
            return Ok(Node::Constant(keep::text(&quote(text))));
        }
        let segments = segments(text).or_else(|words| error(span, words))?;
        let parts = all(segments.iter().map(|segment| match segment {
            Segment::Literal(literal) => Ok(Part::Literal(keep::text(literal))),
            Segment::Placeholder(inside) => self.placeholder(inside, span),
        }))?;
        Ok(Node::Composed(keep::list(parts)))
    }

    fn placeholder(&mut self, inside: &str, span: Span) -> syn::Result<Part> {
        let (name, filter) = Filter::split(inside).or_else(|words| error(span, words))?;
        let slot = match name.split_once('.') {
            Some(("self", index)) if index.parse::<u16>().is_ok() => Slot::Field(keep::text(index)),
            Some((prefix, field)) => match syn::parse_str::<TokenTree>(field) {
                Ok(TokenTree::Ident(field)) => dotted(prefix, &field, span)?,
                _ => return error(span, format!("`{{{inside}}}` is no slot")),
            },
            None => Slot::named_in_text(name, inside).or_else(|words| error(span, words))?,
        };
        self.slots.push(Written { span, field: span, text: format!("{{{inside}}}") });
        Ok(filter.map_or(Part::Slot(slot), |filter| Part::Filtered(slot, filter)))
    }
}
