//! The types that choose an envelope.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{GenericParam, Generics, Type};

use ws_errors_core::catalog::{self, ContextDelivery, FieldType, Slot};

use crate::cursor::{Cursor, Spanned};
use crate::errors::{Errors, error};
use crate::keep;
use crate::template::{Written, raw};

/// A context: a type of the user's, or `()`.
#[derive(Debug, Clone)]
pub(crate) struct Context {
    /// The type as it is written but for its lifetimes, to tell contexts apart; empty for `()`.
    pub(crate) key: String,
    /// The last name of the type; empty for `()`.
    pub(crate) name: &'static str,
    pub(crate) span: Span,
    tokens: TokenStream,
    /// The fields that envelopes use, in the order of their first use.
    pub(crate) fields: Vec<ContextField>,
    /// The delivery that it gives to what closes the connection.
    pub(crate) delivery: Option<ContextDelivery>,
}

/// A field of a context, with the place of its first use.
#[derive(Debug, Clone)]
pub(crate) struct ContextField {
    pub(crate) name: &'static str,
    pub(crate) ident: Ident,
    pub(crate) span: Span,
}

impl Context {
    /// The context without values.
    pub(crate) fn none(span: Span) -> Self {
        Self {
            key: String::new(),
            name: "",
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
            replace_lifetimes(tokens.clone(), |lifetime| Some(Ident::new("_", lifetime.span())));
        let key = erased.to_string();
        Ok(Self { key, name: keep::text(&name), span, tokens, fields: Vec::new(), delivery: None })
    }

    /// The type with each of its anonymous lifetimes named, and the generics of an impl for it:
    /// those of the enum, and the lifetimes that are the context's own.
    pub(crate) fn ty(&self, generics: &Generics) -> (TokenStream, Generics) {
        let known: Vec<&Ident> = generics.lifetimes().map(|own| &own.lifetime.ident).collect();
        let mut names = Vec::new();
        let tokens = replace_lifetimes(self.tokens.clone(), |lifetime| {
            if lifetime == "static" || known.contains(&lifetime) {
                return None;
            }
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
        for ident in names {
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
    pub(crate) fn note(&mut self, slot: Slot, written: &Written, errors: &Errors) {
        let Slot::Context(name) = slot else { return };
        if self.fields.iter().any(|field| field.name == name) {
            return;
        }
        let span = written.field;
        let ident = raw(name, span).unwrap_or_else(|| Ident::new("_", span));
        self.fields.push(ContextField { name, ident, span });
        if self.key.is_empty() {
            errors.at(
                written.span,
                format!(
                    "`{}` needs a context, and this envelope has none; write `envelope(Context) = …` with a struct of yours that has the field `{name}`",
                    written.text
                ),
            );
        }
    }

    /// The same in the catalog, with what the enum gives for docs.
    pub(crate) fn declared(
        &self,
        examples: &[(Spanned<&'static str>, &'static str)],
    ) -> catalog::Context {
        let field = |field: &ContextField| catalog::ContextField {
            name: field.name,
            ty: || FieldType::UNKNOWN,
            example: examples
                .iter()
                .find(|(example, _)| example.value == field.name)
                .map(|(_, json)| *json),
        };
        let fields: Vec<_> = self.fields.iter().map(field).collect();
        catalog::Context { name: self.name, fields: fields.leak(), delivery: self.delivery }
    }
}

/// The tokens of a type, with some of its identifiers replaced: `replaced` gets each, and whether it is
/// the name of a lifetime.
pub(crate) fn replace(
    tokens: TokenStream,
    replaced: &mut dyn FnMut(&Ident, bool) -> Option<TokenStream>,
) -> TokenStream {
    let mut out = TokenStream::new();
    let mut is_lifetime = false;
    for token in tokens {
        let is_apostrophe = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        match token {
            TokenTree::Group(group) => {
                let stream = replace(group.stream(), replaced);
                let mut group_of = Group::new(group.delimiter(), stream);
                group_of.set_span(group.span());
                out.extend([TokenTree::Group(group_of)]);
            }
            TokenTree::Ident(ident) => match replaced(&ident, is_lifetime) {
                Some(tokens) => out.extend(tokens),
                None => out.extend([TokenTree::Ident(ident)]),
            },
            token => out.extend([token]),
        }
        is_lifetime = is_apostrophe;
    }
    out
}

/// The same for the names of lifetimes.
pub(crate) fn replace_lifetimes(
    tokens: TokenStream,
    mut replaced: impl FnMut(&Ident) -> Option<Ident>,
) -> TokenStream {
    replace(tokens, &mut |ident, is_lifetime| {
        let ident = if is_lifetime { replaced(ident) } else { None };
        ident.map(Ident::into_token_stream)
    })
}
