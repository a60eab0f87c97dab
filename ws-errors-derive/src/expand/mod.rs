//! The model to tokens: what the enum says as one text, its types, one visitor of its values, and a
//! `match` from variants to numbers. Nothing that follows from them: the runtime makes that.

mod bounds;
mod declaration;
mod envelopes;
mod nested;
mod types;
mod values;

pub(crate) use envelopes::envelope_impls;

use proc_macro2::TokenStream;
use quote::quote;
use ws_errors_core::encoding::encodings;

use crate::model::{Ambiguous, Model};
use types::Types;

/// The impls.
pub(crate) fn expand(model: &Model<'_>, ambiguous: &[Ambiguous<'_>]) -> TokenStream {
    let (krate, ident) = (&model.krate, model.ident);
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    let mut types = Types::new(model);
    let declaration = declaration::declaration(model, &mut types);
    let entries = model.catalog.entries.iter();
    let encodings: Vec<_> = entries.map(|entry| encodings(&model.catalog, entry)).collect();
    let (values, helpers) = values::values(model, &mut types, &encodings);
    let bounds = bounds::bounds(model, &types, &encodings, ambiguous);
    let checks = nested::checks(model);
    let (findings, test) = nested::rest(model);
    let index = index(model);
    let respond = respond(model);
    let envelopes = model
        .contexts
        .iter()
        .enumerate()
        .map(|(index, context)| envelopes::envelope(model, index, context));
    quote! {
        #[allow(
            deprecated,
            non_snake_case,
            unused_imports,
            unused_qualifications,
            clippy::all,
            clippy::pedantic,
            clippy::nursery,
        )]
        const _: () = {
            use #krate::__private as __ws;
            use __ws::{
                DisplayOfNothing as _, DisplayOfText as _, DisplayOfValue as _,
                JsonOfNothing as _, JsonOfOption as _, JsonOfOptionalScalar as _, JsonOfScalar as _,
                JsonOfValue as _, ReaderOfLocalized as _, ReaderOfNothing as _,
                MissingType as _, OptionalType as _, SchemaType as _, Unknown as _,
                ScalarType as _, UnknownType as _, WideType as _,
            };

            static __DECLARATION: __ws::Declaration = #declaration;
            static __UNFOLDED: __ws::Unfolded = __ws::Unfolded::new(&__DECLARATION);
            #checks
            #bounds
            #helpers

            #[automatically_derived]
            impl #impl_generics __ws::Declared for #ident #ty_generics #where_clause {
                const DECLARATION: &'static __ws::Declaration = &__DECLARATION;
            }

            #[automatically_derived]
            impl #impl_generics __ws::Occurrence for #ident #ty_generics #where_clause {
                fn index(&self) -> ::core::primitive::usize {
                    #index
                }

                fn values<'__v>(&'__v self, __out: &mut __ws::Values<'__v>) {
                    #values
                }
            }

            #[automatically_derived]
            impl #impl_generics #krate::WsError for #ident #ty_generics #where_clause {
                fn catalog() -> &'static #krate::catalog::Catalog {
                    __UNFOLDED.catalog()
                }

                #findings

                fn entry(&self) -> &'static #krate::catalog::Entry {
                    __UNFOLDED.entry(__ws::Occurrence::index(self))
                }

                fn close(&self) -> ::core::option::Option<#krate::Close> {
                    __ws::close(&__UNFOLDED, &self)
                }

                #respond
            }

            #(#envelopes)*
        };

        #test
    }
}

/// What answers a request, where the enum or what it nests may say so.
fn respond(model: &Model<'_>) -> Option<TokenStream> {
    let krate = &model.krate;
    (model.catalog.has_http() || !model.nested.is_empty()).then(|| {
        quote! {
            fn respond(&self, __request: &#krate::http::Request<'_>) -> #krate::http::Response {
                __ws::respond(&__UNFOLDED, &self, __request)
            }
        }
    })
}

/// The index of an occurrence's entry.
fn index(model: &Model<'_>) -> TokenStream {
    let ident = model.ident;
    let own = model.variants.iter().enumerate().map(|(index, variant)| {
        let variant = variant.ident;
        match model.nested.is_empty() {
            true => quote!(#ident::#variant { .. } => #index,),
            false => quote!(#ident::#variant { .. } => __UNFOLDED.own(#index),),
        }
    });
    let nested = nested::arms(
        model,
        |place, inner| quote!(__UNFOLDED.nested(#place, (&&__ws::Probe(#inner)).__ws_inner().index())),
    );
    quote!(match self { #(#own)* #nested })
}
