//! The trait impls: one `match` for each context, whose arms are one call of the encoder.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{Compiled, Encoded};
use crate::attr::delivery::{Closing, ClosingCode};
use crate::attr::text::Piece;
use crate::model::{Context, Model, Usage, Variant};
use crate::operation::{Parameter, View};
use crate::slot::Source;
use crate::template::Format;

pub(crate) fn impls(model: &Model<'_>, compiled: &Compiled) -> TokenStream {
    let (krate, ident) = (&model.krate, model.ident);
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    let joined = !model.nested.is_empty();
    let entries = model.variants.iter().enumerate().map(|(index, variant)| {
        let variant = variant.ident;
        match joined {
            true => quote!(#ident::#variant { .. } => __JOINED.own(#index),),
            false => quote!(#ident::#variant { .. } => &__ENTRIES[#index],),
        }
    });
    let nested = nested_arms(
        model,
        |index, inner| quote!(__ws::nested(&__JOINED, #index, (&&__ws::Probe(#inner)).__ws_inner())),
    );
    let catalog = match joined {
        true => quote!(__JOINED.catalog()),
        false => quote!(&__CATALOG),
    };
    let close = close(model);
    let contexts = model
        .contexts
        .iter()
        .enumerate()
        .map(|(index, context)| envelope(model, compiled, index, context));
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::WsError for #ident #ty_generics #where_clause {
            fn catalog() -> &'static __catalog::Catalog {
                #catalog
            }

            fn entry(&self) -> &'static __catalog::Entry {
                match self { #(#entries)* #nested }
            }

            #close
        }

        #(#contexts)*
    }
}

/// The arms of the variants that nest a catalog.
fn nested_arms(model: &Model<'_>, arm: impl Fn(usize, &Ident) -> TokenStream) -> TokenStream {
    let arms = model.nested.iter().enumerate().map(|(index, nested)| {
        let (enumeration, name, member) = (model.ident, nested.ident, &nested.member);
        let inner = binding(0);
        let body = arm(index, &inner);
        quote!(#enumeration::#name { #member: #inner, .. } => #body,)
    });
    arms.collect()
}

/// `close` where a close code or a reason is dynamic; the trait's own serves otherwise.
fn close(model: &Model<'_>) -> Option<TokenStream> {
    if !model.variants.iter().any(has_dynamic_close) && model.nested.is_empty() {
        return None;
    }
    let ident = model.ident;
    let arms = model.variants.iter().enumerate().map(|(index, variant)| {
        let (name, fields) = (variant.ident, pattern(variant, &closing_fields(variant)));
        let close = closing(variant, index);
        quote!(#ident::#name { #fields .. } => #close,)
    });
    let nested =
        nested_arms(model, |_, inner| quote!((&&__ws::Probe(#inner)).__ws_inner().close()));
    Some(quote! {
        fn close(&self) -> ::core::option::Option<__wire::Close> {
            match self { #(#arms)* #nested }
        }
    })
}

fn envelope(
    model: &Model<'_>,
    compiled: &Compiled,
    index: usize,
    context: &Context,
) -> TokenStream {
    let (krate, ident) = (&model.krate, model.ident);
    let (ty, generics) = context.ty(model.generics);
    let (impl_generics, _, _) = generics.split_for_impl();
    let (_, ty_generics, where_clause) = model.generics.split_for_impl();
    let arms = model
        .variants
        .iter()
        .enumerate()
        .map(|(entry, variant)| arm(model, variant, entry, index, &compiled.encodings[entry]));
    let nested = nested_arms(model, |place, inner| nested(model, place, index, inner));
    let body = quote! {
        match self { #(#arms)* #nested }
    };
    let catalog = match model.nested.is_empty() {
        true => quote!(&__CATALOG),
        false => quote!(__JOINED.catalog()),
    };
    // What is wrong with the type is told at the type; the names are those of the other tokens.
    quote_spanned! {context.span.resolved_at(Span::call_site())=>
        #[automatically_derived]
        impl #impl_generics #krate::Envelope<#ty> for #ident #ty_generics #where_clause {
            fn encode(&self, __cx: &#ty) -> __wire::Output {
                #body
            }

            fn context(&self) -> (&'static __catalog::Catalog, ::core::primitive::usize) {
                (#catalog, #index)
            }

            fn as_dyn(&self) -> &dyn #krate::Envelope<#ty> {
                self
            }
        }
    }
}

/// What is sent for a nested error in a context.
fn nested(model: &Model<'_>, place: usize, index: usize, inner: &Ident) -> TokenStream {
    let nested = &model.nested[place];
    let span = nested.ty.span().resolved_at(Span::call_site());
    match &nested.ways[index] {
        Usage::Absent => quote!(::core::default::Default::default()),
        Usage::Kept(Some(context)) => {
            let context = context.written();
            quote_spanned!(span=> __ws::through::<#context, _, _>(#inner, __cx))
        }
        Usage::Kept(None) => quote_spanned! {span=> (&&&&__ws::Nest(#inner, __cx)).__ws_kept().0 },
        Usage::Under(_) => {
            let fields = model.contexts[index].fields.iter();
            let values =
                fields.map(|(field, _)| quote!((&&&&&__ws::Probe(&__cx.#field)).__ws_json()));
            quote! {
                __ws::under(
                    &__JOINED,
                    #index,
                    #place,
                    (&&__ws::Probe(#inner)).__ws_inner(),
                    &[#(#values),*],
                )
            }
        }
    }
}

fn arm(
    model: &Model<'_>,
    variant: &Variant<'_>,
    entry: usize,
    context: usize,
    encodings: &[Encoded],
) -> TokenStream {
    let place = encodings.iter().position(|encoded| encoded.context == context);
    let parameters = place.map_or(&[][..], |place| &encodings[place].encoding.parameters);
    let closing = variant.deliveries.get(context).and_then(|delivery| delivery.as_ref()?.closing());
    let mut used = closing.map_or_else(Vec::new, |_| closing_fields(variant));
    for parameter in parameters {
        if let Source::Field(index) = parameter.source {
            used.push(index);
        }
    }
    let (enumeration, name, fields) = (model.ident, variant.ident, pattern(variant, &used));
    let arguments = parameters.iter().map(|parameter| argument(variant, parameter));
    let encoding = match place {
        Some(place) => quote!(__ENTRIES[#entry].encodings.get(#place)),
        None => quote!(::core::option::Option::None),
    };
    let envelope = variant.envelopes.get(context).and_then(Option::as_ref);
    let is_packed = place.is_some()
        && envelope.is_some_and(|envelope| !matches!(envelope.format, Format::Text));
    let call = match closing {
        _ if is_packed => {
            let close = match closing {
                Some(_) => self::closing(variant, entry),
                None => quote!(::core::option::Option::None),
            };
            quote!(__ws::packed(&__CATALOG, #encoding, &[#(#arguments),*], #close))
        }
        None => quote!(__ws::message(#encoding, &[#(#arguments),*])),
        Some(_) => {
            let close = self::closing(variant, entry);
            quote!(__ws::output(#encoding, &[#(#arguments),*], #close))
        }
    };
    quote!(#enumeration::#name { #fields .. } => #call,)
}

pub(super) fn argument(variant: &Variant<'_>, parameter: &Parameter) -> TokenStream {
    match (&parameter.source, &parameter.view) {
        (Source::Field(index), View::Json) => {
            let binding = binding(*index);
            quote!((&&&&&__ws::Probe(#binding)).__ws_json())
        }
        (Source::Field(index), View::Display(spec)) if spec.is_empty() => {
            let binding = binding(*index);
            quote!((&&&__ws::Probe(#binding)).__ws_display())
        }
        (Source::Field(index), View::Display(spec)) => {
            let binding = binding(*index);
            let format = format!("{{:{spec}}}");
            // The type is named, so that what it lacks is told where the field is declared.
            let ty = variant.fields[*index].ty;
            let shown = match letter(spec) {
                Some(letter) => quote!(__ws::shown::<#letter, #ty>(#binding)),
                None => quote!(__ws::padded::<#ty>(#binding)),
            };
            quote!(__ws::Argument::Display(&::core::format_args!(#format, #shown)))
        }
        (Source::Context(field), _) => {
            // The span is the slot's, so that a field which the context lacks is told there.
            quote!((&&&&&__ws::Probe(&__cx.#field)).__ws_json())
        }
        (Source::Display, _) => quote!(__ws::Argument::Display(self)),
    }
}

pub(super) fn has_dynamic_close(variant: &Variant<'_>) -> bool {
    variant.delivery.closing().is_some_and(|closing| {
        matches!(closing.code, ClosingCode::Field(..)) || variant.reason().as_constant().is_none()
    })
}

/// The fields that the close frame of a variant needs.
fn closing_fields(variant: &Variant<'_>) -> Vec<usize> {
    if !has_dynamic_close(variant) {
        return Vec::new();
    }
    let mut fields: Vec<usize> =
        variant.reason().fields().filter_map(|name| variant.field(name)).collect();
    if let Some(Closing { code: ClosingCode::Field(name, _), .. }) = variant.delivery.closing() {
        fields.extend(variant.field(name));
    }
    fields
}

fn closing(variant: &Variant<'_>, entry: usize) -> TokenStream {
    let Some(closing) = variant.delivery.closing() else {
        return quote!(::core::option::Option::None);
    };
    let code = match &closing.code {
        ClosingCode::Field(name, _) => variant.field(name).map(|index| {
            let binding = binding(index);
            let ty = variant.fields[index].ty;
            quote!(::core::option::Option::Some(__ws::closing_code::<#ty>(#binding)))
        }),
        _ => None,
    };
    let code = code.unwrap_or_else(|| quote!(::core::option::Option::None));
    let reason = variant.reason();
    let arguments = reason.pieces.iter().filter_map(|piece| match piece {
        Piece::Literal(_) => None,
        Piece::Field { name, spec } => {
            let source = Source::Field(variant.field(name)?);
            Some(argument(variant, &Parameter { source, view: View::Display(spec.clone()) }))
        }
    });
    quote!(__ws::close(&__ENTRIES[#entry], #code, &[#(#arguments),*]))
}

/// The fields that are used, bound to names that nobody else has.
pub(super) fn pattern(variant: &Variant<'_>, used: &[usize]) -> TokenStream {
    let mut used = used.to_vec();
    used.sort_unstable();
    used.dedup();
    used.into_iter()
        .map(|index| {
            let (member, binding) = (&variant.fields[index].member, binding(index));
            quote!(#member: #binding,)
        })
        .collect()
}

/// The letter of a format; `Display`'s has none.
fn letter(spec: &str) -> Option<char> {
    spec.chars().last().filter(|last| last.is_ascii_alphabetic() || *last == '?')
}

pub(super) fn binding(index: usize) -> Ident {
    format_ident!("__field{}", index)
}
