//! What the types of fields must be able to do, stated at each field, so that rustc tells it there.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::{Compiled, static_type};
use crate::attr::retry::RetryKind;
use crate::check::Ambiguous;
use crate::cursor::plain;
use crate::model::{Code, Model, Variant};
use crate::operation::{Operation, View};
use crate::slot::{Source, each_slot};
use crate::template::{Format, Packing, Slot, SlotUse};

pub(crate) fn bounds(
    model: &Model<'_>,
    compiled: &Compiled,
    ambiguous: &[Ambiguous<'_>],
) -> TokenStream {
    let mut statements = TokenStream::new();
    for (variant, encodings) in model.variants.iter().zip(&compiled.encodings) {
        for (index, field) in variant.fields.iter().enumerate() {
            let span = field.ty.span();
            let ty = static_type(model, field.ty);
            let mut state = |name: &str| {
                let name = proc_macro2::Ident::new(name, span);
                statements.extend(quote_spanned!(span=> __ws::#name::<#ty>();));
            };
            let views = |wanted: fn(&View) -> bool| {
                encodings.iter().flat_map(|encoded| &encoded.encoding.parameters).any(|parameter| {
                    parameter.source == Source::Field(index) && wanted(&parameter.view)
                })
            };
            let as_json = views(|view| *view == View::Json);
            if as_json {
                state("on_the_wire");
            }
            if views(|view| matches!(view, View::Display(spec) if spec.is_empty()))
                || is_in_reason(variant, &field.ident)
            {
                state("in_text");
            }
            if matches!(&variant.retry.kind, RetryKind::After { field: Some((name, _)), .. } if *name == field.ident)
            {
                state("milliseconds");
            }
            if variant.code == Code::Field(index) {
                state("is_code");
            }
            let is_number = encodings.iter().any(|encoded| {
                writes_json(&encoded.encoding.operations, &encoded.encoding.parameters, index)
            });
            if field.cast.is_none() && is_number {
                statements.extend(quote_spanned! {span=>
                    const _: () = ::core::assert!(
                        !__ws::TypeProbe::<#ty>::__WS_WIDE,
                        "an integer of 64 bits does not survive `JSON.parse` in JavaScript: say `#[ws_error(as = \"string\")]`, or `as = \"number\"` where it stays below 2^53",
                    );
                });
            }
        }
    }
    for Ambiguous { places, fields } in ambiguous {
        let types = fields.iter().map(|ty| static_type(model, ty));
        let can_be = quote!(true #(&& __ws::TypeProbe::<#types>::__WS_OPTIONAL)*);
        for (span, why) in places {
            statements.extend(quote_spanned! {*span=>
                const _: () = ::core::assert!(!(#can_be), #why);
            });
        }
    }
    statements.extend(contexts(model));
    statements.extend(features(model));
    quote! {
        const _: fn() = || { #statements };
    }
}

/// Whether a field is written as JSON, and not as the characters of a string.
fn writes_json(
    operations: &[Operation],
    parameters: &[crate::operation::Parameter],
    field: usize,
) -> bool {
    operations.iter().any(|operation| match operation {
        Operation::Json(argument) => parameters
            .get(usize::from(*argument))
            .is_some_and(|parameter| parameter.source == Source::Field(field)),
        Operation::When { then, otherwise, .. } => {
            writes_json(then, parameters, field) || writes_json(otherwise, parameters, field)
        }
        Operation::Tail(elements) => elements.iter().any(|element| {
            writes_json(&element.then, parameters, field)
                || writes_json(&element.otherwise, parameters, field)
        }),
        Operation::Encoded(inner) => writes_json(inner, parameters, field),
        Operation::Literal(_)
        | Operation::Characters { .. }
        | Operation::Comma
        | Operation::Splice(_)
        | Operation::Filtered { .. } => false,
    })
}

fn is_in_reason(variant: &Variant<'_>, field: &str) -> bool {
    variant.delivery.closing().is_some() && variant.reason().fields().any(|name| name == field)
}

/// A frame is packed by a crate that is there when a feature asks for it.
fn features(model: &Model<'_>) -> TokenStream {
    let mut statements = TokenStream::new();
    let mut told = Vec::new();
    for envelope in model.variants.iter().flat_map(|variant| variant.envelopes.iter().flatten()) {
        let (constant, word) = match envelope.format {
            Format::Packed(Packing::MessagePack, _) => ("MSGPACK", "msgpack"),
            Format::Packed(Packing::Cbor, _) => ("CBOR", "cbor"),
            _ => continue,
        };
        if !told.contains(&word) {
            told.push(word);
            let constant = proc_macro2::Ident::new(constant, envelope.span);
            let message = format!("`{word}(…)` needs the feature `{word}` of ws-errors");
            statements.extend(quote_spanned! {envelope.span=>
                const _: () = ::core::assert!(__ws::#constant, #message);
            });
        }
    }
    statements
}

/// A context's field is reached through an accessor: its type has no name here.
///
/// The lifetimes have the names that they have in the impl, so that a field which the context lacks
/// is told in the same words, and thus once.
fn contexts(model: &Model<'_>) -> TokenStream {
    let mut statements = TokenStream::new();
    for (index, context) in model.contexts.iter().enumerate() {
        if context.fields.is_empty() {
            continue;
        }
        let (ty, generics) = context.ty(model.generics);
        let (impl_generics, _, where_clause) = generics.split_for_impl();
        let bare = bare_fields(model, index);
        let fields = context.fields.iter().map(|(field, span)| {
            let is_narrow = bare.contains(&plain(field)).then(|| {
                quote_spanned! {*span=>
                    __ws::narrow((&&&__ws::type_probe(|cx: &#ty| &cx.#field)).__ws_width());
                }
            });
            quote_spanned!(*span=> __ws::context_on_the_wire(|cx: &#ty| &cx.#field); #is_narrow)
        });
        statements.extend(quote! {
            {
                fn __context #impl_generics () #where_clause { #(#fields)* }
            }
        });
    }
    statements
}

/// The fields of a context that somewhere are JSON by themselves, without a cast.
fn bare_fields(model: &Model<'_>, context: usize) -> HashSet<String> {
    let mut bare = HashSet::new();
    for variant in &model.variants {
        let Some(envelope) = &variant.envelopes[context] else { continue };
        each_slot(&envelope.template, variant, &mut |used: &SlotUse| {
            if let Slot::Context(field) = &used.slot
                && used.cast.is_none()
                && used.quoted.is_none()
            {
                bare.insert(plain(field));
            }
        });
    }
    bare
}
