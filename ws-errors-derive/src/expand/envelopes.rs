//! The trait impls for each context.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Generics;
use syn::spanned::Spanned as _;

use super::nested;
use crate::model::{Context, Model, Usage};

pub(super) fn envelope(model: &Model<'_>, index: usize, context: &Context) -> TokenStream {
    let kept = kept(model, index);
    let puts = context.fields.iter().map(|field| {
        // The span is the slot's, so that a field which the context lacks is reported there.
        let field = &field.ident;
        quote!(__values.put((&&&&&__ws::Probe(&__cx.#field)).__ws_json());)
    });
    let values = match context.fields.is_empty() {
        true => quote!(__ws::NO_VALUES),
        false => quote!(&|__values| { #(#puts)* }),
    };
    let encode = quote! {
        #kept
        __ws::encode(
            &__UNFOLDED,
            &self,
            #index,
            #values,
            (&&__ws::Probe(__cx)).__ws_reader(),
            __into,
        )
    };
    let catalog = quote!(__UNFOLDED.catalog());
    let enumeration = (model.ident, model.generics);
    envelope_impls(&model.krate, enumeration, (index, context), &encode, &catalog)
}

/// The impls for the context with this index, with what encodes an error and gives its catalog.
pub(crate) fn envelope_impls(
    krate: &TokenStream,
    (ident, generics): (&Ident, &Generics),
    (index, context): (usize, &Context),
    encode: &TokenStream,
    catalog: &TokenStream,
) -> TokenStream {
    let (_, ty_generics, where_clause) = generics.split_for_impl();
    let (ty, generics) = context.ty(generics);
    let (impl_generics, _, _) = generics.split_for_impl();
    // What is wrong with the type is reported at the type; the names are those of the other tokens.
    quote_spanned! {context.span.resolved_at(Span::call_site())=>
        #[automatically_derived]
        impl #impl_generics #krate::OneEnvelopePerContext<#ty> for #ident #ty_generics #where_clause {
            const CONTEXT: ::core::primitive::usize = #index;
        }

        #[automatically_derived]
        impl #impl_generics #krate::Envelope<#ty> for #ident #ty_generics #where_clause {
            fn __encode(&self, __cx: &#ty, __into: __ws::Buffer<'_>) -> #krate::Output {
                #encode
            }

            fn context(&self) -> (&'static #krate::catalog::Catalog, ::core::primitive::usize) {
                (#catalog, #index)
            }
        }
    }
}

/// Nested errors that are sent as their own catalog has it.
fn kept(model: &Model<'_>, index: usize) -> Option<TokenStream> {
    let arms: Vec<TokenStream> = nested::each_arm(model, |place, inner| {
        let nested = &model.nested[place];
        let span = nested.ty.span().resolved_at(Span::call_site());
        match &nested.usages[index] {
            Usage::Kept(Some(context)) => {
                let context = context.written();
                quote_spanned!(span=> return __ws::through::<#context, _, _>(#inner, __cx, __into))
            }
            Usage::Kept(None) => {
                quote_spanned!(span=> return (&&&&__ws::Nest(#inner, __cx)).__ws_kept(__into).0)
            }
            Usage::Absent => quote!(return ::core::default::Default::default()),
            Usage::Under(_) => quote!({
                let _ = #inner;
            }),
        }
    })
    .collect();
    (!arms.is_empty())
        .then(|| quote!(match self { #(#arms)* #[allow(unreachable_patterns)] _ => {} }))
}
