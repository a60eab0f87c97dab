//! What an enum declares for those that nest it, and what it nests itself.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::encode::{argument, binding, has_dynamic_close, pattern};
use super::node::node;
use super::{Compiled, static_type, text};
use crate::attr::item::replace_lifetimes;
use crate::attr::text::Piece;
use crate::cursor::plain;
use crate::model::{Context, Message, Model, Nested, Usage, Variant};
use crate::operation::{Parameter, View};
use crate::slot::Source;

/// The tree of catalogs, and what follows from it.
pub(super) fn declared(model: &Model<'_>, compiled: &Compiled) -> TokenStream {
    let ident = model.ident;
    let (impl_generics, ty_generics, where_clause) = model.generics.split_for_impl();
    let nested = model
        .nested
        .iter()
        .zip(&compiled.nested)
        .map(|(nested, envelopes)| self::nested(model, nested, envelopes));
    let alike = model.variants.iter().enumerate().filter(|(_, v)| v.alike).map(|(index, _)| index);
    let quiet = model.variants.iter().enumerate().filter(|(_, v)| is_quiet(v)).map(|(i, _)| i);
    let (closes, codes) = (model.closes.unknown.is_some(), model.codes.unknown.is_some());
    let contexts = model.contexts.iter().enumerate().map(|(index, context)| {
        let (ty, generics) = context.ty(model.generics);
        let (impl_generics, _, _) = generics.split_for_impl();
        // As in the other impl for it, so that what is wrong with the type is told once.
        quote_spanned! {context.span.resolved_at(Span::call_site())=>
            #[automatically_derived]
            impl #impl_generics __ws::In<#ty> for #ident #ty_generics #where_clause {
                const CONTEXT: ::core::primitive::usize = #index;
            }
        }
    });
    let values = values(model);
    let checks = checks(model);
    quote! {
        static __TREE: __ws::Tree = __ws::Tree {
            own: &__CATALOG,
            nested: &[#(#nested),*],
            alike: &[#(#alike),*],
            quiet: &[#(#quiet),*],
            closes_unknown: #closes,
            codes_unknown: #codes,
        };
        #checks

        #[automatically_derived]
        impl #impl_generics __ws::Declared for #ident #ty_generics #where_clause {
            const TREE: &'static __ws::Tree = &__TREE;

            fn values(&self, __visit: __ws::Visit<'_>) {
                #values
            }
        }

        #(#contexts)*
    }
}

fn nested(model: &Model<'_>, nested: &Nested<'_>, envelopes: &[Option<usize>]) -> TokenStream {
    let (at, variant) = (nested.at, plain(nested.ident));
    let ty = static_type(model, nested.ty);
    let span = nested.ty.span().resolved_at(Span::call_site());
    let contexts = model.contexts.iter().zip(&nested.ways).zip(envelopes);
    let ways = contexts.map(|((context, way), envelope)| match (way, envelope) {
        (Usage::Absent, _) | (Usage::Under(_), None) => quote!(__ws::Way::Absent),
        (Usage::Under(_), Some(envelope)) => quote!(__ws::Way::Under(#envelope)),
        (Usage::Kept(Some(inner)), _) => {
            let inner = static_context(inner, model);
            quote_spanned!(span=> __ws::Way::Kept(<#ty as __ws::In<#inner>>::CONTEXT))
        }
        (Usage::Kept(None), _) => {
            let context = static_context(context, model);
            quote_spanned! {span=>
                __ws::Way::Kept(__ws::index_of(|__inner: &#ty, __cx: &#context| {
                    (&&&&__ws::Nest(__inner, __cx)).__ws_kept()
                }))
            }
        }
    });
    let constants = nested.constants.iter().map(|constant| {
        let (name, node) = (&constant.name, node(&constant.template));
        quote!((#name, #node))
    });
    let section = text::option(nested.section.as_ref());
    let tree = quote_spanned!(span=> <#ty as __ws::Declared>::TREE);
    quote! {
        __ws::Nested {
            variant: #variant,
            at: #at,
            tree: #tree,
            ways: &[#(#ways),*],
            constants: &[#(#constants),*],
            section: #section,
        }
    }
}

/// A context's type in a static.
fn static_context(context: &Context, model: &Model<'_>) -> TokenStream {
    let (ty, _) = context.ty(model.generics);
    replace_lifetimes(ty, &|lifetime| Some(proc_macro2::Ident::new("static", lifetime.span())))
}

/// The catalog of the whole tree, and whether its entries go together.
fn checks(model: &Model<'_>) -> Option<TokenStream> {
    if model.nested.is_empty() {
        return None;
    }
    let count = model.nested.len();
    let told = model.nested.iter().enumerate().map(|(index, nested)| {
        let span = nested.ty.span().resolved_at(Span::call_site());
        let rules = ["names", "retired", "closes", "messages", "fits", "slots", "policies"];
        let rules = rules.map(|rule| proc_macro2::Ident::new(rule, span));
        quote_spanned! {span=>
            #(const _: () = __ws::told(&__CHECKED.#rules[#index]);)*
        }
    });
    Some(quote! {
        use __ws::{
            InnerOfDeclared as _, InnerOfNothing as _, Neither as _, NoCatalog as _,
            SameContext as _, ThroughAsRef as _,
        };
        static __JOINED: __ws::Joined = __ws::Joined::new(&__TREE);
        #[allow(long_running_const_eval)]
        const __CHECKED: __ws::Checked<#count> =
            __ws::check::<{ __ws::entries(&__TREE) }, { __ws::slots(&__TREE) }, #count>(&__TREE);
        #(#told)*
    })
}

/// The values of an occurrence, for an envelope that somebody else declares.
fn values(model: &Model<'_>) -> TokenStream {
    let ident = model.ident;
    let mut rest = false;
    let mut arms = TokenStream::new();
    for variant in &model.variants {
        let values = values_of(variant);
        if values.is_empty() {
            rest = true;
            continue;
        }
        let used: Vec<usize> = values
            .iter()
            .filter_map(|value| match value.source {
                Source::Field(index) => Some(index),
                _ => None,
            })
            .collect();
        let (name, fields) = (variant.ident, pattern(variant, &used));
        let values = values.iter().map(|value| argument(variant, value));
        arms.extend(quote!(#ident::#name { #fields .. } => __visit(&[#(#values),*]),));
    }
    for nested in &model.nested {
        let (name, member) = (nested.ident, &nested.member);
        let inner = binding(0);
        arms.extend(quote! {
            #ident::#name { #member: #inner, .. } => {
                (&&__ws::Probe(#inner)).__ws_inner().values(__visit)
            }
        });
    }
    if rest {
        arms.extend(quote!(_ => __visit(&[]),));
    }
    quote!(match self { #arms })
}

/// Whether the message is a `Display` text that is for operators. Where the enum's own envelopes
/// don't reach it that is no mistake; nobody else's may.
fn is_quiet(variant: &Variant<'_>) -> bool {
    let source = variant.fields.iter().any(|field| field.source);
    matches!(variant.message, Message::Display(_)) && (variant.internal || source)
}

/// The values of a variant, in the order that the runtime knows.
fn values_of(variant: &Variant<'_>) -> Vec<Parameter> {
    let fields = variant.fields.iter().enumerate().filter(|(_, field)| !field.source);
    let mut values: Vec<Parameter> = fields
        .map(|(index, _)| Parameter { source: Source::Field(index), view: View::Json })
        .collect();
    let texts = |pieces: &[Piece], values: &mut Vec<Parameter>| {
        for piece in pieces {
            if let Piece::Field { name, spec } = piece
                && let Some(index) = variant.field(name)
            {
                let view = View::Display(spec.clone());
                values.push(Parameter { source: Source::Field(index), view });
            }
        }
    };
    if has_dynamic_close(variant) {
        texts(&variant.reason().pieces, &mut values);
    }
    match &variant.message {
        Message::Text(text) => texts(&text.pieces, &mut values),
        Message::Display(_) if is_quiet(variant) => {}
        Message::Display(_) => {
            values.push(Parameter { source: Source::Display, view: View::Display(String::new()) })
        }
        Message::None | Message::Field(_) => {}
    }
    values
}
