//! What an enum nests.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;

use super::types::static_type;
use crate::attr::context::replace_lifetimes;
use crate::model::{Context, Model, Nested, Usage};

/// The arms of the variants that nest a catalog.
pub(super) fn arms(model: &Model<'_>, arm: impl Fn(usize, &Ident) -> TokenStream) -> TokenStream {
    each_arm(model, arm).collect()
}

/// The same one by one.
pub(super) fn each_arm<'m>(
    model: &'m Model<'_>,
    arm: impl Fn(usize, &Ident) -> TokenStream + 'm,
) -> impl Iterator<Item = TokenStream> + 'm {
    model.nested.iter().enumerate().map(move |(index, nested)| {
        let (enumeration, name, member) = (model.ident, nested.ident, &nested.member);
        let inner = format_ident!("__field0");
        let body = arm(index, &inner);
        quote!(#enumeration::#name { #member: #inner, .. } => #body,)
    })
}

/// The declaration of a nested catalog.
pub(super) fn declaration(model: &Model<'_>, nested: &Nested<'_>) -> TokenStream {
    let ty = static_type(model, nested.ty);
    let span = nested.ty.span().resolved_at(Span::call_site());
    let krate = &model.krate;
    let contexts = model.contexts.iter().zip(&nested.usages);
    let kept = contexts.map(|(context, usage)| match usage {
        Usage::Absent | Usage::Under(_) => quote!(0),
        Usage::Kept(Some(inner)) => {
            let inner = static_context(inner, model);
            quote_spanned!(span=> <#ty as #krate::OneEnvelopePerContext<#inner>>::CONTEXT)
        }
        Usage::Kept(None) => {
            let context = static_context(context, model);
            quote_spanned! {span=>
                __ws::index_of(|__inner: &#ty, __cx: &#context| {
                    (&&&&__ws::Nest(__inner, __cx)).__ws_kept(::core::option::Option::None)
                })
            }
        }
    });
    let declaration = quote_spanned!(span=> <#ty as __ws::Declared>::DECLARATION);
    quote!(__ws::NestedDeclaration { declaration: #declaration, kept: &[#(#kept),*] })
}

/// A context's type in a static.
fn static_context(context: &Context, model: &Model<'_>) -> TokenStream {
    let (ty, _) = context.ty(model.generics);
    replace_lifetimes(ty, |lifetime| Some(Ident::new("static", lifetime.span())))
}

/// Whether the catalogs go together, as far as the compiler sees it.
pub(super) fn checks(model: &Model<'_>) -> Option<TokenStream> {
    if model.nested.is_empty() {
        return None;
    }
    let checks = model.nested.iter().enumerate().map(|(index, nested)| {
        let span = nested.ty.span().resolved_at(Span::call_site());
        quote_spanned! {span=>
            #[allow(long_running_const_eval)]
            const _: () = __ws::check::<
                { __ws::count(&__DECLARATION).0 },
                { __ws::count(&__DECLARATION).1 },
            >(&__DECLARATION, #index);
        }
    });
    Some(quote! {
        use __ws::{
            InnerOfDeclared as _, InnerOfNothing as _, Neither as _, NoCatalog as _,
            SameContext as _, ThroughAsRef as _,
        };
        #(#checks)*
    })
}

/// What the compiler can't check: an associated function that does, and a test that calls it. It stands
/// beside the enum, since no test is run that stands inside of a constant.
pub(super) fn rest(model: &Model<'_>) -> (Option<TokenStream>, Option<TokenStream>) {
    if model.nested.is_empty() {
        return (None, None);
    }
    let findings = quote! {
        fn findings() -> ::std::vec::Vec<::std::string::String> {
            __UNFOLDED.findings()
        }
    };
    let (krate, ident) = (&model.krate, model.ident);
    let name = format_ident!("the_catalogs_in_{}_go_together", crate::cursor::plain(ident));
    let lifetimes = model.generics.lifetimes().map(|_| quote!('static));
    let test = quote! {
        #[cfg(test)]
        #[test]
        #[allow(non_snake_case)]
        fn #name() {
            #krate::__private::assert_nested::<#ident<#(#lifetimes),*>>();
        }
    };
    (Some(findings), Some(test))
}
