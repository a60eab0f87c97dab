//! Impls beside the errors, so that one mistake is one message: uses of the type still compile.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput};

use crate::attr::context::Context;
use crate::attr::enumeration::path;
use crate::attr::item::{Place, items};
use crate::errors::Errors;
use crate::expand::envelope_impls;

/// Impls of both traits that do nothing.
pub(crate) fn stub(input: &DeriveInput) -> TokenStream {
    let mut places = vec![(input.attrs.as_slice(), Place::Enum)];
    match &input.data {
        Data::Enum(data) => {
            places.extend(data.variants.iter().map(|v| (v.attrs.as_slice(), Place::Variant)));
        }
        Data::Struct(_) => {}
        // A union can't be an error in the first place.
        Data::Union(_) => return TokenStream::new(),
    }
    // What is wrong with the attributes has been said.
    let ignored = Errors::default();
    let mut krate = quote!(::ws_errors);
    let mut contexts: Vec<Context> = Vec::new();
    for (attributes, place) in places {
        for item in items(attributes, place, &ignored) {
            let context = match (item.key.as_str(), &item.arguments) {
                ("crate", _) => {
                    krate = path(item).map_or(krate, ToTokens::into_token_stream);
                    None
                }
                ("envelope", None) if place == Place::Enum => Some(Context::none(item.span)),
                // A type counts as well where the rest of its attribute could not be read.
                ("envelope", Some(arguments)) => {
                    let types = arguments.split_types();
                    types.first().and_then(|context| Context::parse(context).ok())
                }
                _ => None,
            };
            let is_new = |context: &Context| contexts.iter().all(|other| other.key != context.key);
            contexts.extend(context.filter(is_new));
        }
    }
    if contexts.is_empty() {
        contexts.push(Context::none(input.ident.span()));
    }
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let name = ident.to_string();
    let envelopes = contexts.iter().enumerate().map(|(index, context)| {
        let encode = quote!(::core::default::Default::default());
        let catalog = quote!(__ws::nothing(#name).0);
        envelope_impls(&krate, (ident, &input.generics), (index, context), &encode, &catalog)
    });
    quote! {
        const _: () = {
            use #krate::__private as __ws;

            #[automatically_derived]
            impl #impl_generics #krate::WsError for #ident #ty_generics #where_clause {
                fn catalog() -> &'static #krate::catalog::Catalog {
                    __ws::nothing(#name).0
                }
                fn entry(&self) -> &'static #krate::catalog::Entry {
                    __ws::nothing(#name).1
                }
            }
            #[automatically_derived]
            impl #impl_generics __ws::Declared for #ident #ty_generics #where_clause {
                const DECLARATION: &'static __ws::Declaration = &__ws::NO_DECLARATION;
            }
            #[automatically_derived]
            impl #impl_generics __ws::Occurrence for #ident #ty_generics #where_clause {
                fn index(&self) -> ::core::primitive::usize {
                    0
                }
                fn values<'__v>(&'__v self, _: &mut __ws::Values<'__v>) {}
            }
            #(#envelopes)*
        };
    }
}
