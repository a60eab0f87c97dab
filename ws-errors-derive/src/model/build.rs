//! Attributes to the model.

use std::rc::Rc;

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, GenericParam};
use ws_errors_core::anchor::with_doc_urls;
use ws_errors_core::case::Case;
use ws_errors_core::catalog::Catalog;
use ws_errors_core::rules::no_context_field;
use ws_errors_core::rules::values::catalog_name;

use super::envelopes::Envelopes;
use super::variant::settle;
use super::{Context, Envelope, Model};
use crate::attr::enumeration::{EnumAttributes, enumeration};
use crate::attr::foreign;
use crate::attr::variant::{VariantAttributes, variant};
use crate::cursor::plain;
use crate::errors::Errors;
use crate::keep;

/// The model of an enum; `None` where the input is no enum that can be read at all.
pub(crate) fn build<'a>(input: &'a DeriveInput, errors: &Errors) -> Option<Model<'a>> {
    let Data::Enum(data) = &input.data else {
        errors.at(
            input.ident.span(),
            "`WsError` is derived for an enum, each of whose variants is one error; write `enum`",
        );
        return None;
    };
    for param in &input.generics.params {
        if !matches!(param, GenericParam::Lifetime(_)) {
            errors.at(
                syn::spanned::Spanned::span(param),
                "`WsError` takes lifetimes, and no type or const parameters, since a catalog is the same for everybody; put the type into a field, or box it",
            );
        }
    }
    let mut attributes = enumeration(input, errors);
    settle(&mut attributes.defaults.set, errors);
    let name = attributes.name.unwrap_or_else(|| default_name(&input.ident, errors));
    if data.variants.is_empty() {
        errors.at(
            input.ident.span(),
            "`WsError` is derived for an enum with at least one variant: each is one error",
        );
    }
    let raw: Vec<(&syn::Variant, VariantAttributes)> =
        data.variants.iter().map(|v| (v, variant(v, errors))).collect();
    let mut builder = Builder {
        errors,
        enumeration: &input.ident,
        attributes: &attributes,
        catalog: attributes.catalog,
        contexts: Vec::new(),
        envelopes: Vec::new(),
    };
    let before = errors.len();
    let shared = builder.declared(&attributes.envelopes, true);
    let unread = attributes.unread || errors.len() > before;
    let own: Vec<Envelopes> =
        raw.iter().map(|(_, own)| builder.declared(&own.envelopes, false)).collect();
    let everywhere = builder.only(attributes.defaults.only.as_ref());
    let only: Vec<Option<Vec<usize>>> = raw
        .iter()
        .map(|(_, own)| builder.only(own.inherited.only.as_ref()).or_else(|| everywhere.clone()))
        .collect();
    if builder.contexts.is_empty() {
        builder.contexts.push(Context::none(input.ident.span()));
    }
    builder.catalog.contexts = builder.contexts();
    let mut section = None;
    let (mut variants, mut entries, mut nests) = (Vec::new(), Vec::new(), Vec::new());
    for (((syntax, mut own), envelopes), only) in raw.into_iter().zip(own).zip(only) {
        section = own.entry.section.or(section);
        own.entry.section = section;
        own.unread |= unread;
        let usages = builder.usages(&shared, &envelopes, only.as_deref());
        if own.transparent.is_some() {
            nests.push((syntax, own, usages, entries.len()));
            continue;
        }
        own.entry.only = only.map(keep::list);
        builder.not_transparent(&own.envelopes);
        let (variant, entry) = builder.variant(syntax, own, &usages);
        variants.push(variant);
        entries.push(entry);
    }
    let http = if nests.is_empty() { None } else { builder.http_of_nested() };
    if nests.is_empty() {
        builder.not_transparent(&attributes.envelopes);
    }
    let nested = nests
        .into_iter()
        .filter_map(|(syntax, own, usages, at)| builder.nested(syntax, own, usages, at, http));
    let nested = nested.collect();
    let (retired, success) = (&attributes.retired, &attributes.success);
    let mut catalog = Catalog {
        name,
        docs: attributes.docs.unwrap_or_else(|| foreign::docs(&input.attrs, errors)),
        entries: entries.leak(),
        contexts: builder.contexts(),
        envelopes: builder.envelopes.iter().map(|one| one.declared()).collect::<Vec<_>>().leak(),
        correlate: attributes.correlate.map(|field| field.value),
        retired: keep::list(retired.iter().map(|retired| retired.value).collect()),
        success: keep::list(success.iter().map(|success| success.value).collect()),
        ..builder.catalog
    };
    catalog.entries = with_doc_urls(&catalog);
    let krate = attributes.krate.as_ref();
    let model = Model {
        ident: &input.ident,
        generics: &input.generics,
        krate: krate.map_or_else(|| quote!(::ws_errors), ToTokens::to_token_stream),
        catalog,
        variants,
        nested,
        contexts: builder.contexts,
        envelopes: builder.envelopes,
        retired: retired.iter().map(|retired| retired.span).collect(),
        success: success.iter().map(|success| success.span).collect(),
    };
    if !unread {
        model.check_contexts(&attributes, errors);
    }
    Some(model)
}

/// `MeteredError` is the catalog `metered`.
fn default_name(ident: &Ident, errors: &Errors) -> &'static str {
    let name = plain(ident);
    let stem = name.strip_suffix("Error").filter(|stem| !stem.is_empty()).unwrap_or(&name);
    let stem = Case::Snake.apply(stem.trim_matches('_'));
    if let Err(words) = catalog_name(&stem) {
        errors.at(ident.span(), format!("{words}; `{stem}` is none, so write `catalog = \"…\"`"));
    }
    keep::text(&stem)
}

pub(super) struct Builder<'e> {
    pub(super) errors: &'e Errors,
    pub(super) enumeration: &'e Ident,
    pub(super) attributes: &'e EnumAttributes,
    /// What is known of it before its entries.
    pub(super) catalog: Catalog,
    pub(super) contexts: Vec<Context>,
    /// The envelopes that are used, each once.
    pub(super) envelopes: Vec<Rc<Envelope>>,
}

impl Builder<'_> {
    /// The contexts in the catalog.
    fn contexts(&self) -> &'static [ws_errors_core::catalog::Context] {
        let examples = &self.attributes.examples;
        self.contexts.iter().map(|context| context.declared(examples)).collect::<Vec<_>>().leak()
    }
}

impl Model<'_> {
    /// A request is settled by a field that messages carry, and an example is given for one.
    fn check_contexts(&self, attributes: &EnumAttributes, errors: &Errors) {
        // The fields of a context in which a nested catalog is kept are not known here.
        let keeps = self.nested.iter().any(|nested| nested.keeps());
        if keeps || self.variants.iter().any(|variant| variant.unread) {
            return;
        }
        let correlate = attributes.correlate.iter().map(|field| (field, "correlate"));
        let examples = attributes.examples.iter().map(|(field, _)| (field, "example"));
        for (field, what) in correlate.chain(examples) {
            if let Some(why) = no_context_field(&self.catalog, field.value) {
                errors.at(field.span, format!("`{what}`: {why}"));
            }
        }
    }
}
