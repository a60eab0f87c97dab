//! What the types of fields must be able to do beyond being written, stated where each is declared, so
//! that rustc reports it there.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;
use ws_errors_core::catalog::{Code, Entry, Message, Slot, Stands};
use ws_errors_core::encoding::Encoding;
use ws_errors_core::rules::{Place, Unended, each_slot_reached, place_of_slot, unended};

use super::types::{Types, static_type};
use crate::model::{Ambiguous, Model, Variant};

pub(super) fn bounds(
    model: &Model<'_>,
    types: &Types<'_>,
    encodings: &[Vec<Encoding>],
    ambiguous: &[Ambiguous<'_>],
) -> TokenStream {
    let mut statements = TokenStream::new();
    let mut stated: HashSet<(Option<usize>, &str)> = HashSet::new();
    for ((variant, entry), encodings) in model.entries().zip(encodings) {
        for (index, (field, shown)) in variant.shown().zip(entry.fields).enumerate() {
            let mut state = |name: &'static str| {
                if stated.insert((types.of(field.ty), name)) {
                    let (span, ty) = (field.ty.span(), static_type(model, field.ty));
                    let name = proc_macro2::Ident::new(name, span);
                    statements.extend(quote_spanned!(span=> __ws::#name::<#ty>();));
                }
            };
            if let Some(wait) = entry.retry.wait_of(shown.ident) {
                state(wait.unit.word());
            }
            if entry.code == Code::Field(shown.ident) {
                state("is_code");
            }
            let as_json = encodings.iter().any(|encoding| encoding.uses(index).1);
            if shown.cast.is_none() && as_json && stated.insert((types.of(field.ty), "narrow")) {
                let ty = static_type(model, field.ty);
                statements.extend(quote_spanned! {field.ty.span()=>
                    const _: () = __ws::narrow_field(
                        __ws::TypeProbe::<#ty>::__WS_WIDE,
                        __ws::TypeProbe::<#ty>::__WS_SCALAR,
                    );
                });
            }
        }
    }
    for Ambiguous { places, types } in ambiguous {
        let types = types.iter().map(|ty| static_type(model, ty));
        let can_be = quote!(true #(&& __ws::TypeProbe::<#types>::__WS_OPTIONAL)*);
        for (span, why) in places {
            statements.extend(quote_spanned! {*span=>
                const _: () = __ws::require(!(#can_be), #why);
            });
        }
    }
    statements.extend(contexts(model));
    statements.extend(ends(model));
    statements.extend(features(model));
    quote! {
        const _: fn() = || { #statements };
    }
}

/// What a string is taken apart by is no character of a slot before it, in messages and in bodies over
/// HTTP: where only the type of the slot knows that, the type says so.
fn ends(model: &Model<'_>) -> TokenStream {
    let bodies = model.catalog.http_bodies();
    let mut statements = TokenStream::new();
    let mut stated: HashSet<(Place, String)> = HashSet::new();
    for catalog in [&model.catalog, &bodies] {
        for (index, (variant, entry)) in model.variants.iter().zip(catalog.entries).enumerate() {
            for (context, envelope) in entry.envelopes {
                let unended = unended(catalog, entry, *context);
                for one in unended.iter().filter(|one| one.unless_scalar) {
                    let place = place_of_slot(&model.catalog, index, *envelope, one.slot);
                    let found = match one.slot {
                        // What varies per request has types that are known.
                        Slot::Context(name) => context_ends(model, *context, name, place),
                        slot => value_ends(model, variant, entry, slot, place, one),
                    };
                    if let Some((key, statement)) = found
                        && stated.insert((place, key))
                    {
                        statements.extend(statement);
                    }
                }
            }
        }
    }
    statements
}

/// That the type of a context's field is a number or a boolean, and what distinguishes it from others.
fn context_ends(
    model: &Model<'_>,
    context: usize,
    name: &str,
    place: Place,
) -> Option<(String, TokenStream)> {
    let written = model.contexts.get(context)?;
    let used = written.fields.iter().find(|used| used.name == name)?;
    let span = model.span(place);
    let mut field = used.ident.clone();
    field.set_span(span);
    let (ty, generics) = written.ty(model.generics);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let statement = quote_spanned! {span=> {
        fn __context #impl_generics () #where_clause {
            __ws::context_value_ends(|cx: &#ty| &cx.#field);
        }
    }};
    Some((format!("{name} {context}"), statement))
}

/// The same of the type of a variant's field, where a slot has its value.
fn value_ends(
    model: &Model<'_>,
    variant: &Variant<'_>,
    entry: &Entry,
    slot: Slot,
    place: Place,
    unended: &Unended,
) -> Option<(String, TokenStream)> {
    let name = match (slot, entry.code, entry.message) {
        (Slot::Field(name), ..)
        | (Slot::Code, Code::Field(name), _)
        | (Slot::Message, _, Message::Field(name)) => name,
        _ => return None,
    };
    let field = variant.shown().find(|field| field.ident == name)?;
    let ty = static_type(model, field.ty);
    let message = model.quoted(place, &unended.message());
    let statement = quote_spanned! {model.span(place)=>
        const _: () = __ws::require(__ws::TypeProbe::<#ty>::__WS_SCALAR.is_some(), #message);
    };
    Some((ty.to_string(), statement))
}

/// A frame is packed by a crate that is there when a feature asks for it.
fn features(model: &Model<'_>) -> TokenStream {
    let mut stated = HashSet::new();
    let features = model.envelopes.iter().filter_map(|envelope| {
        let feature = envelope.frame.format.feature().filter(|feature| stated.insert(*feature))?;
        let constant = proc_macro2::Ident::new(&feature.to_uppercase(), envelope.span);
        let message = format!("`{feature}(…)` needs the feature `{feature}` of ws-errors");
        Some(quote_spanned! {envelope.span=>
            const _: () = __ws::require(__ws::#constant, #message);
        })
    });
    features.collect()
}

/// A context's field is reached through an accessor: its type has no name here.
///
/// The lifetimes have the names that they have in the impl, so that a field which the context lacks
/// is reported in the same words, and thus once.
fn contexts(model: &Model<'_>) -> TokenStream {
    let mut statements = TokenStream::new();
    for (index, context) in model.contexts.iter().enumerate() {
        if context.fields.is_empty() {
            continue;
        }
        let (ty, generics) = context.ty(model.generics);
        let (impl_generics, _, where_clause) = generics.split_for_impl();
        let bare = bare_fields(model, index);
        let fields = context.fields.iter().map(|used| {
            let (field, span) = (&used.ident, used.span);
            let is_narrow = bare.contains(used.name).then(|| {
                quote_spanned! {span=>
                    __ws::narrow((&&&__ws::type_probe(|cx: &#ty| &cx.#field)).__ws_width());
                }
            });
            quote_spanned!(span=> __ws::context_on_the_wire(|cx: &#ty| &cx.#field); #is_narrow)
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
fn bare_fields(model: &Model<'_>, context: usize) -> HashSet<&'static str> {
    let mut bare = HashSet::new();
    for (_, entry) in model.entries() {
        let envelope = entry.envelope(context).and_then(|at| model.catalog.envelopes.get(at));
        let Some(envelope) = envelope else { continue };
        each_slot_reached(&envelope.template, entry, &mut |slot, stands| {
            if let (Slot::Context(field), Stands::Value(None)) = (slot, stands) {
                bare.insert(field);
            }
        });
    }
    bare
}
