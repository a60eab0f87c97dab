//! One visitor of the values of an occurrence, and a function for each type and the way in which it is
//! looked at: the only generic instances.

use std::collections::{BTreeMap, HashMap};

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use ws_errors_core::catalog::{ClosingCode, Entry};
use ws_errors_core::encoding::{Encoding, View, values as views};

use super::nested;
use super::types::{Types, own_type};
use crate::model::{Field, Model, Variant};

/// How many arms stand in one `match`: more make it slow to compile, and its frame large.
const ARMS: usize = 64;

/// The functions that put a value, numbered by type and view.
struct Puts<'t, 'm> {
    model: &'m Model<'m>,
    types: &'t mut Types<'m>,
    numbers: HashMap<(usize, Kind), usize>,
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

/// What puts one value of a variant.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Call {
    /// Its `Display` text.
    Display,
    /// The function with this number, of a field.
    Field(usize, &'static str),
}

/// The body of the visitor, and what it calls.
pub(super) fn values<'m>(
    model: &'m Model<'m>,
    types: &mut Types<'m>,
    encodings: &[Vec<Encoding>],
) -> (TokenStream, TokenStream) {
    let ident = model.ident;
    let mut puts = Puts { model, types, numbers: HashMap::new(), functions: TokenStream::new() };
    // Variants whose values are put in the same way share an arm.
    let mut groups: BTreeMap<Vec<Call>, Vec<&Variant<'_>>> = BTreeMap::new();
    for ((variant, entry), encodings) in model.entries().zip(encodings) {
        groups.entry(puts.calls(variant, entry, encodings)).or_default().push(variant);
    }
    groups.remove([].as_slice());
    let own = groups.iter().map(|(calls, variants)| arm(ident, calls, variants));
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
    /// The calls that put the values of a variant.
    fn calls(
        &mut self,
        variant: &'m Variant<'m>,
        entry: &'static Entry,
        encodings: &[Encoding],
    ) -> Vec<Call> {
        let mut calls = Vec::new();
        for (index, view) in views(entry).into_iter().enumerate() {
            let (name, kind) = match view {
                View::Json(field) => {
                    let Some(field) = entry.fields.get(field) else { continue };
                    let is_reached = encodings.iter().any(|encoding| encoding.uses(index).0);
                    (field.ident, Kind::Json { is_reached, is_echo: entry.echoes(field) })
                }
                View::Text { field, spec } => (field, Kind::Text(spec)),
                View::Display => {
                    calls.push(Call::Display);
                    continue;
                }
            };
            calls.extend(self.call(variant, name, kind));
        }
        if let Some(closing) = entry.delivery.closing()
            && let ClosingCode::Field(name) = closing.code
        {
            calls.extend(self.call(variant, name, Kind::CloseCode));
        }
        calls
    }

    /// The call that puts the field with this name.
    fn call(&mut self, variant: &'m Variant<'m>, name: &str, kind: Kind) -> Option<Call> {
        let field = variant.field(name)?;
        Some(Call::Field(self.put(field.ty, kind), field.ident))
    }

    /// The function that puts a value of a type.
    fn put(&mut self, ty: &'m syn::Type, kind: Kind) -> usize {
        let index = self.types.index(ty);
        let key = (index, kind.clone());
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = self.numbers.len();
        let name = put_name(number);
        let span = ty.span();
        let (ty, lifetimes) = own_type(self.model, ty);
        let body = match kind {
            Kind::Json { is_reached, is_echo } => {
                // What the type lacks is reported once.
                let is_stated = self.numbers.keys().any(|(other, kind)| {
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
        self.numbers.insert(key, number);
        number
    }
}

/// The letter of a format; `Display`'s has none.
fn letter(spec: &str) -> Option<char> {
    spec.chars().last().filter(|last| last.is_ascii_alphabetic() || *last == '?')
}

/// The name of the function with this number.
fn put_name(number: usize) -> Ident {
    format_ident!("__put{}", number)
}

/// The arm of the variants whose values these calls put.
fn arm(ident: &Ident, calls: &[Call], variants: &[&Variant<'_>]) -> TokenStream {
    // The fields of all have the same names.
    let fields = variants.first().map_or(&[][..], |variant| &variant.fields);
    // A name that nobody else has.
    let binding = |name: &str| {
        let index = fields.iter().position(|field| field.ident == name);
        format_ident!("__field{}", index.unwrap_or_default())
    };
    let body = calls.iter().map(|call| match call {
        Call::Display => quote!(__out.put(__ws::Argument::Display(self));),
        Call::Field(number, name) => {
            let (put, binding) = (put_name(*number), binding(name));
            quote!(#put(__out, #binding);)
        }
    });
    let is_bound = |field: &&Field<'_>| {
        calls.iter().any(|call| matches!(call, Call::Field(_, name) if *name == field.ident))
    };
    let bound = fields.iter().filter(is_bound).map(|field| {
        let (member, binding) = (&field.member, binding(field.ident));
        quote!(#member: #binding,)
    });
    let bound: TokenStream = bound.collect();
    let names = variants.iter().map(|variant| variant.ident);
    quote!(#(#ident::#names { #bound .. })|* => { #(#body)* })
}
