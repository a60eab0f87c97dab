//! The types of fields, each once.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

use crate::attr::context::{replace, replace_lifetimes};
use crate::model::Model;

/// The distinct types of the fields, in the order of their first use.
pub(super) struct Types<'m> {
    model: &'m Model<'m>,
    by_tokens: HashMap<String, usize>,
    /// By where a type is written, so that its tokens are compared once.
    by_place: HashMap<*const syn::Type, usize>,
    all: Vec<&'m syn::Type>,
}

impl<'m> Types<'m> {
    pub(super) fn new(model: &'m Model<'m>) -> Self {
        Self { model, by_tokens: HashMap::new(), by_place: HashMap::new(), all: Vec::new() }
    }

    /// The index of a type.
    pub(super) fn index(&mut self, ty: &'m syn::Type) -> usize {
        let Self { by_tokens, all, .. } = self;
        *self.by_place.entry(ty).or_insert_with(|| {
            *by_tokens.entry(ty.to_token_stream().to_string()).or_insert_with(|| {
                all.push(ty);
                all.len() - 1
            })
        })
    }

    /// The index of a type that is known.
    pub(super) fn of(&self, ty: &syn::Type) -> Option<usize> {
        self.by_place.get(&std::ptr::from_ref(ty)).copied()
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
    let is_ours = |name: &Ident| model.generics.lifetimes().any(|own| own.lifetime.ident == *name);
    replace_lifetimes(without_self(model, ty), |lifetime| {
        let is_static = lifetime == "_" || is_ours(lifetime);
        is_static.then(|| Ident::new("static", lifetime.span()))
    })
}

/// A type in a function of its own, with the lifetimes that it uses.
pub(super) fn own_type(model: &Model<'_>, ty: &syn::Type) -> (TokenStream, Vec<TokenStream>) {
    let mut used = Vec::new();
    let tokens = replace_lifetimes(without_self(model, ty), |lifetime| {
        used.push(lifetime.clone());
        None
    });
    let lifetimes = model.generics.lifetimes().map(|own| &own.lifetime);
    let lifetimes = lifetimes.filter(|lifetime| used.contains(&lifetime.ident));
    let lifetimes = lifetimes.map(|lifetime| lifetime.to_token_stream()).collect();
    (tokens, lifetimes)
}

/// `Self` is the enum, whatever the type is moved into.
fn without_self(model: &Model<'_>, ty: &syn::Type) -> TokenStream {
    replace(ty.to_token_stream(), &mut |ident, _| {
        (ident == "Self").then(|| {
            let (_, generics, _) = model.generics.split_for_impl();
            let enumeration = model.ident;
            quote!(#enumeration #generics)
        })
    })
}
