//! The model to tokens: a static catalog, and one `match` for each context.

mod bounds;
mod encode;
mod entry;
mod nested;
mod node;
mod policy;
mod text;

use std::collections::HashMap;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::GenericParam;

use crate::attr::delivery::Way;
use crate::attr::item::replace_lifetimes;
use crate::check::Ambiguous;
use crate::errors::Errors;
use crate::model::{Context, Envelope, Model, Usage};
use crate::operation::{Encoding, compile};

/// The encodings of a variant: for each context where it has one, the index of its envelope.
pub(crate) struct Encoded {
    pub(crate) context: usize,
    pub(crate) envelope: usize,
    pub(crate) encoding: Encoding,
}

/// All that is compiled before tokens are written.
pub(crate) struct Compiled {
    /// Of each variant.
    pub(crate) encodings: Vec<Vec<Encoded>>,
    /// The envelopes, each once.
    pub(crate) envelopes: Vec<TokenStream>,
    /// Of each nested catalog, the index of the envelope that is declared for it in each context.
    pub(crate) nested: Vec<Vec<Option<usize>>>,
}

/// Compiles every variant in every context. What a template asks of a variant that lacks it is an
/// error here.
pub(crate) fn compile_all(model: &Model<'_>, errors: &Errors) -> Compiled {
    let mut envelopes = Envelopes::default();
    let mut encodings = Vec::new();
    for variant in &model.variants {
        let mut own = Vec::new();
        for (context, envelope) in variant.envelopes.iter().enumerate() {
            let Some(envelope) = envelope.as_ref().filter(|_| variant.has_message_in(context))
            else {
                continue;
            };
            let index = envelopes.index(envelope);
            let before = errors.len();
            let encoding = compile(envelope, variant, errors);
            // What could not be compiled says nothing of how the entry looks.
            if errors.len() == before {
                own.push(Encoded { context, envelope: index, encoding });
            }
        }
        encodings.push(own);
    }
    let mut of = |way: &Usage| match way {
        Usage::Under(envelope) => Some(envelopes.index(envelope)),
        Usage::Absent | Usage::Kept(_) => None,
    };
    let nested =
        model.nested.iter().map(|nested| nested.ways.iter().map(&mut of).collect()).collect();
    Compiled { encodings, envelopes: envelopes.tokens, nested }
}

/// The envelopes, each once.
#[derive(Default)]
struct Envelopes {
    tokens: Vec<TokenStream>,
    /// By what they say, and, faster, by where they are declared.
    by_tokens: HashMap<String, usize>,
    by_place: HashMap<*const Envelope, usize>,
}

impl Envelopes {
    fn index(&mut self, envelope: &Rc<Envelope>) -> usize {
        let Self { tokens: all, by_tokens, by_place } = self;
        *by_place.entry(Rc::as_ptr(envelope)).or_insert_with(|| {
            let tokens = node::envelope(envelope);
            *by_tokens.entry(tokens.to_string()).or_insert_with(|| {
                all.push(tokens);
                all.len() - 1
            })
        })
    }
}

/// The impls.
pub(crate) fn expand(
    model: &Model<'_>,
    compiled: &Compiled,
    ambiguous: &[Ambiguous<'_>],
) -> TokenStream {
    let krate = &model.krate;
    let catalog = catalog(model, compiled);
    let entries = model
        .variants
        .iter()
        .zip(&compiled.encodings)
        .map(|(variant, encodings)| entry::entry(model, variant, encodings));
    let count = model.variants.len();
    let bounds = bounds::bounds(model, compiled, ambiguous);
    let impls = encode::impls(model, compiled);
    let declared = nested::declared(model, compiled);
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
            use #krate::catalog as __catalog;
            use #krate::wire as __wire;
            use __ws::{
                DisplayOfNothing as _, DisplayOfText as _, DisplayOfValue as _,
                JsonOfNothing as _, JsonOfOption as _, JsonOfOptionalText as _, JsonOfText as _,
                JsonOfValue as _, MissingType as _, OptionalType as _, SchemaType as _, Unknown as _,
                UnknownType as _, WideType as _,
            };

            static __ENTRIES: [__catalog::Entry; #count] = [#(#entries),*];
            static __CATALOG: __catalog::Catalog = #catalog;
            #declared
            #bounds
            #impls
        };
    }
}

fn catalog(model: &Model<'_>, compiled: &Compiled) -> TokenStream {
    let (name, docs) = (&model.name, &model.docs);
    let contexts = model.contexts.iter().map(|context| self::context(model, context));
    let envelopes = &compiled.envelopes;
    let closes = policy::policies(&model.closes, &quote!(UNDECLARED_CLOSE));
    let codes = policy::policies(&model.codes, &quote!(UNDECLARED_CODE));
    let guards = policy::guards(&model.guards);
    let correlate = text::option(model.correlate.as_ref().map(|(name, _)| name));
    let retired = model.retired.iter().map(policy::retired);
    let success = model.success.iter().map(policy::success);
    quote! {
        __catalog::Catalog {
            name: #name,
            docs: #docs,
            entries: &__ENTRIES,
            contexts: &[#(#contexts),*],
            envelopes: &[#(#envelopes),*],
            closes: #closes,
            codes: #codes,
            guards: #guards,
            correlate: #correlate,
            retired: &[#(#retired),*],
            success: &[#(#success),*],
        }
    }
}

fn context(model: &Model<'_>, context: &Context) -> TokenStream {
    let name = &context.name;
    let (ty, generics) = context.ty(model.generics);
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    let fields = context.fields.iter().map(|(field, _)| {
        let name = crate::cursor::plain(field);
        let example = model.examples.iter().find(|(other, ..)| *other == name);
        let example = text::option(example.map(|(_, _, json)| json));
        quote! {
            __catalog::ContextField {
                name: #name,
                ty: || {
                    fn __ty #impl_generics () -> __catalog::FieldType #where_clause {
                        let probe = __ws::type_probe(|cx: &#ty| &cx.#field);
                        __ws::field_type(
                            (&&probe).__ws_optional(),
                            (&&probe).__ws_wide(),
                            (&&probe).__ws_schema(),
                        )
                    }
                    __ty()
                },
                example: #example,
            }
        }
    });
    let delivery = text::option(context.delivery.map(|way| match way {
        Way::Soft => quote!(__catalog::ContextDelivery::Soft),
        Way::Close => quote!(__catalog::ContextDelivery::Close),
        Way::SoftThenClose => quote!(__catalog::ContextDelivery::SoftThenClose),
    }));
    quote!(__catalog::Context { name: #name, fields: &[#(#fields),*], delivery: #delivery })
}

/// A field's type in a static: each lifetime of the enum is `'static` there.
pub(crate) fn static_type(model: &Model<'_>, ty: &syn::Type) -> TokenStream {
    let named: Vec<String> = model
        .generics
        .params
        .iter()
        .filter_map(|param| match param {
            GenericParam::Lifetime(lifetime) => Some(lifetime.lifetime.ident.to_string()),
            _ => None,
        })
        .collect();
    replace_lifetimes(ty.to_token_stream(), &|lifetime| {
        let name = lifetime.to_string();
        (name == "_" || named.contains(&name))
            .then(|| proc_macro2::Ident::new("static", lifetime.span()))
    })
}
