//! What the enum says, as one text, and what no text can hold.

use proc_macro2::TokenStream;
use quote::quote;
use ws_errors_core::facts::{Declared, write};

use super::nested;
use super::types::Types;
use crate::model::{Context, Model};

pub(super) fn declaration<'m>(model: &'m Model<'m>, types: &mut Types<'m>) -> TokenStream {
    let fields = model.variants.iter().flat_map(|variant| variant.shown());
    let indices: Vec<usize> = fields.map(|field| types.index(field.ty)).collect();
    let nested = model.nested.iter().map(|nested| nested.facts).collect::<Vec<_>>();
    let facts = write(&Declared { own: model.catalog, nested: nested.leak() }, &indices);
    let types = types.probes();
    let contexts = model.contexts.iter().flat_map(|context| context_types(model, context));
    let codecs = model.envelopes.iter().filter_map(|envelope| {
        let (encode, decode) = envelope.frame.codec.as_ref()?;
        let name = encode.to_string().replace(' ', "");
        let decode = match decode {
            Some(decode) => quote!(::core::option::Option::Some(#decode)),
            None => quote!(::core::option::Option::None),
        };
        Some(quote! {
            __ws::Codec {
                name: #name,
                functions: || &__ws::CodecFunctions { encode: #encode, decode: #decode },
            }
        })
    });
    let nested = model.nested.iter().map(|nested| nested::declaration(model, nested));
    quote! {
        __ws::Declaration {
            facts: #facts,
            tables: __ws::Tables {
                types: #types,
                context_types: &[#(#contexts),*],
                codecs: &[#(#codecs),*],
            },
            nested: &[#(#nested),*],
        }
    }
}

/// The types of a context's fields are reached through accessors: they have no names here.
fn context_types(model: &Model<'_>, context: &Context) -> Vec<TokenStream> {
    let (ty, generics) = context.ty(model.generics);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let fields = context.fields.iter().map(|field| {
        let field = &field.ident;
        quote! {
            || {
                fn __ty #impl_generics () -> __ws::FieldType #where_clause {
                    let __probe = __ws::type_probe(|__cx: &#ty| &__cx.#field);
                    __ws::field_type(
                        (&&__probe).__ws_optional(),
                        (&&__probe).__ws_scalar(),
                        (&&__probe).__ws_schema(),
                    )
                }
                __ty()
            }
        }
    });
    fields.collect()
}
