//! The types that choose an envelope.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::Type;

use crate::attr::delivery::Way;
use crate::attr::item::replace_lifetimes;
use crate::cursor::Cursor;
use crate::errors::{Errors, error};
use crate::template::{Slot, Template};

/// A context: a type of the user's, or `()`.
pub(crate) struct Context {
    /// The type as it is written, to tell contexts apart; empty for `()`.
    pub(crate) key: String,
    /// The last name of the type; empty for `()`.
    pub(crate) name: String,
    pub(crate) span: Span,
    tokens: TokenStream,
    /// The fields that envelopes use, each with the place of its first use.
    pub(crate) fields: Vec<(Ident, Span)>,
    /// The delivery that it gives to what closes the connection.
    pub(crate) delivery: Option<Way>,
}

impl Context {
    /// The context without values.
    pub(crate) fn none(span: Span) -> Self {
        Self {
            key: String::new(),
            name: String::new(),
            span,
            tokens: quote!(()),
            fields: Vec::new(),
            delivery: None,
        }
    }

    /// The type in the parentheses of `envelope(Type)`.
    pub(crate) fn parse(cursor: &Cursor) -> syn::Result<Self> {
        let span = cursor.span();
        let tokens = cursor.rest();
        let Ok(ty) = syn::parse2::<Type>(tokens.clone()) else {
            return error(
                span,
                "`envelope(…)` takes the type of a context: `envelope(Reply<'_>) = …`",
            );
        };
        let name = match &ty {
            Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            Type::Tuple(tuple) if tuple.elems.is_empty() => return Ok(Self::none(span)),
            _ => None,
        };
        let Some(name) = name else {
            return error(
                span,
                "a context is a struct of yours, by value: `envelope(Reply<'_>) = …`",
            );
        };
        Ok(Self { key: tokens.to_string(), name, span, tokens, fields: Vec::new(), delivery: None })
    }

    /// The type with each of its anonymous lifetimes named, and those names.
    pub(crate) fn ty(&self) -> (TokenStream, Vec<TokenStream>) {
        let names = std::cell::RefCell::new(Vec::new());
        let tokens = replace_lifetimes(self.tokens.clone(), &|lifetime| {
            (lifetime == "_").then(|| {
                let name = format_ident!("__cx{}", names.borrow().len(), span = lifetime.span());
                names.borrow_mut().push(name.clone());
                name
            })
        });
        let names = names
            .into_inner()
            .into_iter()
            .map(|name| {
                let lifetime = syn::Lifetime { apostrophe: name.span(), ident: name };
                quote!(#lifetime)
            })
            .collect();
        (tokens, names)
    }

    /// The type with `'static` for each of its lifetimes.
    pub(crate) fn static_ty(&self) -> TokenStream {
        replace_lifetimes(self.tokens.clone(), &|lifetime| {
            Some(Ident::new("static", lifetime.span()))
        })
    }

    /// Notes the fields that a template uses.
    pub(crate) fn note(&mut self, template: &Template, errors: &Errors) {
        template.each_slot(&mut |used| {
            if let Slot::Context(field) = &used.slot {
                if self.key.is_empty() {
                    errors.at(
                        used.span,
                        format!(
                            "`{}` needs a context, and this envelope has none; write `envelope(Context) = …` with a struct of yours that has the field `{field}`",
                            used.text()
                        ),
                    );
                } else if !self.fields.iter().any(|(other, _)| other == field) {
                    self.fields.push((field.clone(), used.span));
                }
            }
        });
    }
}
