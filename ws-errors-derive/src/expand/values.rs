//! One visitor of the values of an occurrence, and a function for each type and the way in which it is
//! looked at: the only generic instances.

use std::collections::HashMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use ws_errors_core::catalog::{ClosingCode, Entry};
use ws_errors_core::encoding::{View, encodings, values as views};

use super::nested;
use super::types::{Types, own_type};
use crate::model::{Model, Variant};

/// How many arms stand in one `match`: more make it slow to compile, and its frame large.
const ARMS: usize = 64;

/// The functions that put a value, by type and view.
struct Puts<'t, 'm> {
    model: &'m Model<'m>,
    types: &'t mut Types<'m>,
    names: HashMap<(usize, Kind), Ident>,
    functions: TokenStream,
}

/// How a value is looked at.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Kind {
    /// As JSON.
    Json {
        /// Whether it ever reaches a message.
        is_reached: bool,
        /// Whether it is cut as any echo is.
        is_echo: bool,
    },
    /// In a text, in a format.
    Text(&'static str),
    CloseCode,
}

/// The body of the visitor, and what it calls.
pub(super) fn values<'m>(
    model: &'m Model<'m>,
    types: &mut Types<'m>,
) -> (TokenStream, TokenStream) {
    let ident = model.ident;
    let mut puts = Puts { model, types, names: HashMap::new(), functions: TokenStream::new() };
    // Variants whose values are put in the same way share an arm.
    let mut arms: Vec<(String, Vec<TokenStream>, TokenStream)> = Vec::new();
    for (variant, entry) in model.entries() {
        let (fields, body) = puts.body(variant, entry);
        if body.is_empty() {
            continue;
        }
        let name = variant.ident;
        let pattern = quote!(#ident::#name { #fields .. });
        let key = format!("{fields} {body}");
        match arms.iter_mut().find(|(other, ..)| *other == key) {
            Some((_, patterns, _)) => patterns.push(pattern),
            None => arms.push((key, vec![pattern], body)),
        }
    }
    let own = arms.into_iter().map(|(_, patterns, body)| quote!(#(#patterns)|* => { #body }));
    let mut all: Vec<TokenStream> = own.collect();
    all.extend(nested::each_arm(
        model,
        |_, inner| quote!((&&__ws::Probe(#inner)).__ws_inner().values(__out)),
    ));
    let mut helpers = puts.functions;
    if all.len() <= ARMS {
        return (quote!(match self { #(#all)* #[allow(unreachable_patterns)] _ => {} }), helpers);
    }
    let (_, ty_generics, where_clause) = model.generics.split_for_impl();
    let generics = &model.generics.params;
    let blocks: Vec<&[TokenStream]> = all.chunks(ARMS).collect();
    for (index, arms) in blocks.iter().enumerate() {
        let name = format_ident!("__values{}", index);
        let next = format_ident!("__values{}", index + 1);
        let rest = match index + 1 < blocks.len() {
            true => quote!(_ => #next(__this, __out),),
            false => quote!(#[allow(unreachable_patterns)] _ => {}),
        };
        helpers.extend(quote! {
            #[inline(never)]
            fn #name<'__v, #generics>(
                __this: &'__v #ident #ty_generics,
                __out: &mut __ws::Values<'__v>,
            ) #where_clause {
                match __this { #(#arms)* #rest }
            }
        });
    }
    (quote!(__values0(self, __out)), helpers)
}

impl<'m> Puts<'_, 'm> {
    /// What is bound of a variant, and the calls that put its values.
    fn body(
        &mut self,
        variant: &'m Variant<'m>,
        entry: &'static Entry,
    ) -> (TokenStream, TokenStream) {
        let mut calls = TokenStream::new();
        let mut used: Vec<&str> = Vec::new();
        for (index, view) in views(entry).into_iter().enumerate() {
            let (name, kind) = match view {
                View::Json(field) => {
                    let Some(field) = entry.fields.get(field) else { continue };
                    let is_reached = self.is_reached(entry, index);
                    (field.ident, Kind::Json { is_reached, is_echo: entry.echoes(field) })
                }
                View::Text { field, spec } => (field, Kind::Text(spec)),
                View::Display => {
                    calls.extend(quote!(__out.put(__ws::Argument::Display(self));));
                    continue;
                }
            };
            let Some(field) = variant.field(name) else { continue };
            let put = self.put(field.ty, kind);
            let binding = binding(variant, name);
            calls.extend(quote!(#put(__out, #binding);));
            used.push(name);
        }
        if let Some(closing) = entry.delivery.closing()
            && let ClosingCode::Field(name) = closing.code
            && let Some(field) = variant.field(name)
        {
            let put = self.put(field.ty, Kind::CloseCode);
            let binding = binding(variant, name);
            calls.extend(quote!(#put(__out, #binding);));
            used.push(name);
        }
        let bound = variant.fields.iter().filter(|field| used.contains(&field.ident));
        let pattern = bound.map(|field| {
            let (member, binding) = (&field.member, binding(variant, field.ident));
            quote!(#member: #binding,)
        });
        (pattern.collect(), calls)
    }

    /// Whether an envelope of the enum's reaches the value.
    fn is_reached(&self, entry: &'static Entry, argument: usize) -> bool {
        encodings(&self.model.catalog, entry).iter().any(|encoding| encoding.uses(argument).0)
    }

    /// The function that puts a value of a type.
    fn put(&mut self, ty: &'m syn::Type, kind: Kind) -> Ident {
        let index = self.types.index(ty);
        let key = (index, kind.clone());
        if let Some(name) = self.names.get(&key) {
            return name.clone();
        }
        let name = format_ident!("__put{}", self.names.len());
        let span = ty.span();
        let (ty, lifetimes) = own_type(self.model, ty);
        let body = match kind {
            Kind::Json { is_reached, is_echo } => {
                // What the type lacks is reported once.
                let is_stated = self.names.keys().any(|(other, kind)| {
                    *other == index && matches!(kind, Kind::Json { is_reached: true, .. })
                });
                let bound = (is_reached && !is_stated)
                    .then(|| quote_spanned!(span=> __ws::on_the_wire::<#ty>();));
                let echo = is_echo.then(|| quote!(.echo()));
                quote!(#bound __out.put((&&&&&__ws::Probe(__value)).__ws_json()#echo);)
            }
            Kind::Text("") => {
                let bound = quote_spanned!(span=> __ws::in_text::<#ty>(););
                quote!(#bound __out.put((&&&__ws::Probe(__value)).__ws_display());)
            }
            Kind::Text(spec) => {
                let format = format!("{{:{spec}}}");
                // The type is named, so that what it lacks is reported where the field is declared.
                let ty = quote_spanned!(span=> #ty);
                let shown = match letter(spec) {
                    Some(letter) => quote!(__ws::shown::<#letter, #ty>(__value)),
                    None => quote!(__ws::padded::<#ty>(__value)),
                };
                quote!(__out.put_formatted(::core::format_args!(#format, #shown));)
            }
            Kind::CloseCode => {
                quote_spanned!(span=> __out.put_close_code(__ws::closing_code::<#ty>(__value));)
            }
        };
        self.functions.extend(quote! {
            fn #name<'__v #(, #lifetimes)*>(
                __out: &mut __ws::Values<'__v>,
                __value: &'__v #ty,
            ) {
                #body
            }
        });
        self.names.insert(key, name.clone());
        name
    }
}

/// The letter of a format; `Display`'s has none.
fn letter(spec: &str) -> Option<char> {
    spec.chars().last().filter(|last| last.is_ascii_alphabetic() || *last == '?')
}

/// A name that nobody else has.
fn binding(variant: &Variant<'_>, ident: &str) -> Ident {
    let index = variant.fields.iter().position(|field| field.ident == ident).unwrap_or_default();
    format_ident!("__field{}", index)
}
