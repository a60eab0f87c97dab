//! Attributes to the model.

use proc_macro2::Ident;
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, GenericParam};
use ws_errors_core::anchor::with_doc_urls;
use ws_errors_core::catalog::{Catalog, Policies};

use super::constants::settle;
use super::envelopes::{Declared, Draft, Envelopes};
use super::nested::Usage;
use super::{Context, Model, Nested};
use crate::attr::case::Case;
use crate::attr::enumeration::{CATALOG_NAME, EnumAttributes, enumeration, is_catalog_name};
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
    let name = match &attributes.catalog {
        Some(name) => name.value.clone(),
        None => default_name(&input.ident, errors),
    };
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
        contexts: Vec::new(),
        attributes: &attributes,
    };
    let before = errors.len();
    let shared = builder.envelopes(&attributes.envelopes);
    let unread = attributes.unread || errors.len() > before;
    let own: Vec<Envelopes> =
        raw.iter().map(|(_, attributes)| builder.envelopes(&attributes.envelopes)).collect();
    let before = errors.len();
    let everywhere = builder.only(attributes.defaults.only.as_deref());
    let only: Vec<Option<Vec<usize>>> = raw
        .iter()
        .map(|(_, own)| builder.only(own.inherited.only.as_deref()).or_else(|| everywhere.clone()))
        .collect();
    let unread = unread || errors.len() > before;
    if builder.contexts.is_empty() {
        builder.contexts.push(Context::none(input.ident.span()));
    }
    let mut section = None;
    let (mut drafts, mut nested) = (Vec::new(), Vec::new());
    for (((syntax, attributes), own), only) in raw.into_iter().zip(own).zip(only) {
        section = attributes.section.clone().or(section);
        if let Some(span) = attributes.transparent {
            let usages = builder.usages(&shared, &own, only.as_deref());
            let at = drafts.len();
            nested.extend(builder.nested(syntax, span, attributes, usages, at, section.clone()));
            continue;
        }
        builder.not_transparent(&attributes.envelopes);
        let mut draft = builder.variant(syntax, attributes, &shared, &own, section.clone());
        draft.variant.unread |= unread;
        builder.place(&mut draft, only);
        drafts.push(draft);
    }
    if nested.is_empty() && !drafts.is_empty() {
        builder.not_transparent(&builder.attributes.envelopes);
    }
    let model = builder.assemble(input, &name, drafts, nested);
    model.check_contexts(&attributes, unread, errors);
    Some(model)
}

/// `MeteredError` is the catalog `metered`.
fn default_name(ident: &Ident, errors: &Errors) -> String {
    let name = plain(ident);
    let stem = name.strip_suffix("Error").filter(|stem| !stem.is_empty()).unwrap_or(&name);
    let stem = Case::Snake.apply(stem.trim_matches('_'));
    if !is_catalog_name(&stem) {
        errors.at(
            ident.span(),
            format!("{CATALOG_NAME}; `{stem}` is none, so write `catalog = \"…\"`"),
        );
    }
    stem
}

pub(super) struct Builder<'e> {
    pub(super) errors: &'e Errors,
    pub(super) enumeration: &'e Ident,
    pub(super) contexts: Vec<Context>,
    pub(super) attributes: &'e EnumAttributes,
}

impl Builder<'_> {
    pub(super) fn closes(&self) -> Policies {
        self.attributes.closes.unwrap_or(Policies::UNDECLARED_CLOSES)
    }

    pub(super) fn codes(&self) -> Policies {
        self.attributes.codes.unwrap_or(Policies::UNDECLARED_CODES)
    }

    fn assemble<'a>(
        self,
        input: &'a DeriveInput,
        name: &str,
        drafts: Vec<Draft<'a>>,
        nested: Vec<Nested<'a>>,
    ) -> Model<'a> {
        let (closes, codes) = (self.closes(), self.codes());
        let http_of_nested = match nested.is_empty() {
            true => None,
            false => self.http_of_nested(),
        };
        let Self { errors, mut contexts, attributes, .. } = self;
        let mut envelopes = Declared::default();
        let (mut variants, mut entries) = (Vec::new(), Vec::new());
        let mut reported = Vec::new();
        for Draft { variant, mut entry, envelopes: own, deliveries, http, .. } in drafts {
            let mut used = Vec::new();
            for (index, envelope) in own.iter().enumerate() {
                let Some(envelope) = envelope else { continue };
                if let Some(context) = contexts.get_mut(index) {
                    envelope.template.each_reached(&variant.constants, &mut |slot, written| {
                        context.note(slot, written, errors);
                    });
                }
                if deliveries.get(index).is_some_and(|d| d.is_some_and(|d| d.has_message())) {
                    used.push((index, envelopes.index(envelope)));
                }
            }
            entry.envelopes = keep::list(used);
            if let Some(http) = &http {
                http.check_context(&variant.constants, &mut reported, errors);
                entry.http = Some(http.form(&mut envelopes));
            }
            variants.push(variant);
            entries.push(entry);
        }
        let mut nested = nested;
        let http = http_of_nested.map(|http| http.form(&mut envelopes));
        for nested in &mut nested {
            nested.http = http;
            for (context, usage) in contexts.iter_mut().zip(&nested.usages) {
                let Usage::Under(envelope) = usage else { continue };
                nested.indices.push(envelopes.index(envelope));
                let constants = nested.constants.iter().map(|constant| &constant.template);
                for template in constants.chain([&envelope.template]) {
                    template.each(&mut |slot, written| context.note(slot, written, errors));
                }
            }
        }
        let declared = contexts.iter().map(|context| context.declared(&attributes.examples));
        let mut catalog = Catalog {
            name: keep::text(name),
            docs: keep::text(&match &attributes.docs {
                Some(docs) => docs.clone(),
                None => foreign::docs(&input.attrs, errors),
            }),
            entries: entries.leak(),
            contexts: declared.collect::<Vec<_>>().leak(),
            envelopes: envelopes.catalog().leak(),
            closes,
            codes,
            guards: attributes.guards,
            correlate: attributes.correlate.as_ref().map(|field| keep::text(&field.value)),
            retired: keep::list(attributes.retired.iter().map(|retired| retired.value).collect()),
            success: keep::list(attributes.success.iter().map(|success| success.value).collect()),
            language: attributes.language.as_ref().map(|language| keep::text(&language.value)),
            doc_url: keep::optional(attributes.doc_url.as_ref()),
        };
        catalog.entries = with_doc_urls(&catalog);
        let krate = attributes
            .krate
            .as_ref()
            .map_or_else(|| quote!(::ws_errors), |path| path.to_token_stream());
        Model {
            ident: &input.ident,
            generics: &input.generics,
            krate,
            catalog,
            variants,
            nested,
            contexts,
            envelopes: envelopes.all,
            retired: attributes.retired.iter().map(|retired| retired.span).collect(),
            success: attributes.success.iter().map(|success| success.span).collect(),
        }
    }
}
