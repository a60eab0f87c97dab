//! The types of fields, each once.

use std::collections::HashMap;

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::GenericParam;

use crate::attr::item::replace_lifetimes;
use crate::model::Model;

/// The distinct types of the fields, in the order of their first use.
pub(super) struct Types<'m> {
    model: &'m Model<'m>,
    by_tokens: HashMap<String, usize>,
    all: Vec<&'m syn::Type>,
}

impl<'m> Types<'m> {
    pub(super) fn new(model: &'m Model<'m>) -> Self {
        Self { model, by_tokens: HashMap::new(), all: Vec::new() }
    }

    /// The index of a type.
    pub(super) fn index(&mut self, ty: &'m syn::Type) -> usize {
        let all = &mut self.all;
        *self.by_tokens.entry(ty.to_token_stream().to_string()).or_insert_with(|| {
            all.push(ty);
            all.len() - 1
        })
    }

    /// The index of a type that is known.
    pub(super) fn of(&self, ty: &syn::Type) -> Option<usize> {
        self.by_tokens.get(&ty.to_token_stream().to_string()).copied()
    }

    /// What the compiler knows of each.
    pub(super) fn probes(&self) -> TokenStream {
        let probes = self.all.iter().map(|ty| {
            let ty = static_type(self.model, ty);
            quote! {
                __ws::field_type(
                    __ws::TypeProbe::<#ty>::__WS_OPTIONAL,
                    __ws::TypeProbe::<#ty>::__WS_SCALAR,
                    __ws::TypeProbe::<#ty>::__WS_SCHEMA,
                )
            }
        });
        quote!(&[#(#probes),*])
    }
}

/// A type in a static: each lifetime of the enum is `'static` there.
pub(super) fn static_type(model: &Model<'_>, ty: &syn::Type) -> TokenStream {
    let named: Vec<String> =
        model.generics.lifetimes().map(|own| own.lifetime.ident.to_string()).collect();
    let tokens = without_self(model, ty.to_token_stream());
    replace_lifetimes(tokens, &|lifetime| {
        let name = lifetime.to_string();
        (name == "_" || named.contains(&name)).then(|| Ident::new("static", lifetime.span()))
    })
}

/// A type in a function of its own, with the lifetimes that it uses.
pub(super) fn own_type(model: &Model<'_>, ty: &syn::Type) -> (TokenStream, Vec<TokenStream>) {
    let tokens = without_self(model, ty.to_token_stream());
    let used = std::cell::RefCell::new(Vec::<String>::new());
    let _ = replace_lifetimes(tokens.clone(), &|lifetime| {
        used.borrow_mut().push(lifetime.to_string());
        None
    });
    let used = used.into_inner();
    let lifetimes = model.generics.params.iter().filter_map(|param| match param {
        GenericParam::Lifetime(lifetime) if used.contains(&lifetime.lifetime.ident.to_string()) => {
            let lifetime = &lifetime.lifetime;
            Some(quote!(#lifetime))
        }
        _ => None,
    });
    let lifetimes = lifetimes.collect();
    (tokens, lifetimes)
}

/// `Self` is the enum, whatever the type is moved into.
fn without_self(model: &Model<'_>, tokens: TokenStream) -> TokenStream {
    let mut out = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                let (_, generics, _) = model.generics.split_for_impl();
                model.ident.to_tokens(&mut out);
                generics.to_tokens(&mut out);
            }
            TokenTree::Group(group) => {
                let inner = without_self(model, group.stream());
                let mut replaced = Group::new(group.delimiter(), inner);
                replaced.set_span(group.span());
                out.extend([TokenTree::Group(replaced)]);
            }
            token => out.extend([token]),
        }
    }
    out
}
