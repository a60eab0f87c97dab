//! The types that choose an envelope.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{GenericParam, Generics, Type};

use crate::attr::delivery::Way;
use crate::attr::item::replace_lifetimes;
use crate::cursor::{Cursor, plain};
use crate::errors::{Errors, error};
use crate::template::{Slot, SlotUse};

/// A context: a type of the user's, or `()`.
pub(crate) struct Context {
    /// The type as it is written but for its lifetimes, to tell contexts apart; empty for `()`.
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
                "`envelope(…)` takes a struct of yours, by value: `envelope(Reply<'_>) = …`",
            );
        };
        let erased =
            replace_lifetimes(tokens.clone(), &|lifetime| Some(Ident::new("_", lifetime.span())));
        let key = erased.to_string();
        Ok(Self { key, name, span, tokens, fields: Vec::new(), delivery: None })
    }

    /// The type with each of its anonymous lifetimes named, and the generics of an impl for it:
    /// those of the enum, and the lifetimes that are the context's own.
    pub(crate) fn ty(&self, generics: &Generics) -> (TokenStream, Generics) {
        let known: Vec<&Ident> = generics.lifetimes().map(|own| &own.lifetime.ident).collect();
        let names = std::cell::RefCell::new(Vec::new());
        let tokens = replace_lifetimes(self.tokens.clone(), &|lifetime| {
            if lifetime == "static" || known.contains(&lifetime) {
                return None;
            }
            let mut names = names.borrow_mut();
            let name = match lifetime == "_" {
                true => format_ident!("__cx{}", names.len(), span = lifetime.span()),
                false => lifetime.clone(),
            };
            if !names.contains(&name) {
                names.push(name.clone());
            }
            Some(name)
        });
        let mut generics = generics.clone();
        for ident in names.into_inner() {
            let lifetime = syn::Lifetime { apostrophe: ident.span(), ident };
            generics.params.insert(0, GenericParam::Lifetime(syn::LifetimeParam::new(lifetime)));
        }
        (tokens, generics)
    }

    /// The type as it is written.
    pub(crate) fn written(&self) -> &TokenStream {
        &self.tokens
    }

    /// Notes the field that a slot uses.
    pub(crate) fn note(&mut self, used: &SlotUse, errors: &Errors) {
        let Slot::Context(field) = &used.slot else { return };
        if self.fields.iter().any(|(other, _)| plain(other) == plain(field)) {
            return;
        }
        self.fields.push((field.clone(), used.span));
        if self.key.is_empty() {
            errors.at(
                used.span,
                format!(
                    "`{}` needs a context, and this envelope has none; write `envelope(Context) = …` with a struct of yours that has the field `{field}`",
                    used.text()
                ),
            );
        }
    }
}
