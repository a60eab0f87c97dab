//! Impls beside the errors, so that one mistake is one message: uses of the type still compile.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::DeriveInput;

use crate::attr::enumeration::enumeration;
use crate::attr::item::{Place, items};
use crate::errors::Errors;
use crate::model::Context;

/// Impls of both traits that do nothing.
pub(crate) fn stub(input: &DeriveInput) -> TokenStream {
    // A union can't be an error in the first place.
    if matches!(input.data, syn::Data::Union(_)) {
        return TokenStream::new();
    }
    // What is wrong with the attributes has been said.
    let ignored = Errors::default();
    let attributes = enumeration(input, &ignored);
    let krate = attributes
        .krate
        .as_ref()
        .map_or_else(|| quote!(::ws_errors), |path| path.to_token_stream());
    let mut contexts: Vec<Context> = Vec::new();
    let mut add = |context: Context| {
        if !contexts.iter().any(|other| other.key == context.key) {
            contexts.push(context);
        }
    };
    for envelope in &attributes.envelopes {
        match &envelope.context {
            None => add(Context::none(envelope.span)),
            Some(cursor) => {
                if let Ok(context) = Context::parse(cursor) {
                    add(context);
                }
            }
        }
    }
    // A type that is named where the rest of its attribute could not be read counts as well.
    let variants = match &input.data {
        syn::Data::Enum(data) => data.variants.iter().map(|v| v.attrs.as_slice()).collect(),
        _ => Vec::new(),
    };
    let places = variants
        .into_iter()
        .map(|attributes| (attributes, Place::Variant))
        .chain([(input.attrs.as_slice(), Place::Enum)]);
    for (attributes, place) in places {
        for item in items(attributes, place, &ignored) {
            if item.key == "envelope"
                && let Some(arguments) = &item.arguments
                && let Some(arguments) = arguments.split_types().first()
                && let Ok(context) = Context::parse(arguments)
            {
                add(context);
            }
        }
    }
    if contexts.is_empty() {
        contexts.push(Context::none(input.ident.span()));
    }
    let ident = &input.ident;
    let (impl_generics, ty_generics, where_clause) = input.generics.split_for_impl();
    let name = ident.to_string();
    let envelopes = contexts.iter().enumerate().map(|(index, context)| {
        let (ty, generics) = context.ty(&input.generics);
        let (impl_generics, _, _) = generics.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #impl_generics #krate::OneEnvelopePerContext<#ty> for #ident #ty_generics #where_clause {
                const CONTEXT: ::core::primitive::usize = #index;
            }
            #[automatically_derived]
            impl #impl_generics #krate::Envelope<#ty> for #ident #ty_generics #where_clause {
                fn __encode(&self, _: &#ty, _: #krate::__private::Buffer<'_>) -> #krate::Output {
                    ::core::default::Default::default()
                }
                fn context(&self) -> (&'static #krate::catalog::Catalog, ::core::primitive::usize) {
                    (#krate::__private::nothing(#name).0, #index)
                }
                fn as_dyn(&self) -> &dyn #krate::Envelope<#ty> {
                    self
                }
            }
        }
    });
    quote! {
        const _: () = {
            #[automatically_derived]
            impl #impl_generics #krate::WsError for #ident #ty_generics #where_clause {
                fn catalog() -> &'static #krate::catalog::Catalog {
                    #krate::__private::nothing(#name).0
                }
                fn entry(&self) -> &'static #krate::catalog::Entry {
                    #krate::__private::nothing(#name).1
                }
            }
            #[automatically_derived]
            impl #impl_generics #krate::__private::Declared for #ident #ty_generics #where_clause {
                const DECLARATION: &'static #krate::__private::Declaration =
                    &#krate::__private::NO_DECLARATION;
            }
            #[automatically_derived]
            impl #impl_generics #krate::__private::Occurrence for #ident #ty_generics #where_clause {
                fn index(&self) -> ::core::primitive::usize {
                    0
                }
                fn values<'__v>(&'__v self, _: &mut #krate::__private::Values<'__v>) {}
            }
            #(#envelopes)*
        };
    }
}
