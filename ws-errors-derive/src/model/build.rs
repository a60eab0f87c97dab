//! Attributes to the model: what variants inherit, and what is meant where nothing is said.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, GenericParam};

use super::constants::settle;
use super::envelopes::{Catalog, Envelopes, envelope_of};
use super::nested::{Nested, Usage};
use super::{Code, Context, Field, Message, Model, Variant};
use crate::attr::case::Case;
use crate::attr::delivery::Delivery;
use crate::attr::enumeration::{CATALOG_NAME, EnumAttributes, enumeration, is_catalog_name};
use crate::attr::foreign::{self, Display};
use crate::attr::policies::Policies;
use crate::attr::retry::{Retry, RetryKind};
use crate::attr::text::Text;
use crate::attr::variant::{
    Code as CodeAttribute, Inherited, Level, Message as MessageAttribute, VariantAttributes,
    variant,
};
use crate::cursor::{Spanned, plain};
use crate::errors::{Errors, did_you_mean, list_names};
use crate::slot::each_slot;

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
    let (mut variants, mut nested) = (Vec::new(), Vec::new());
    for (((syntax, attributes), own), only) in raw.into_iter().zip(own).zip(only) {
        section = attributes.section.clone().or(section);
        if let Some(span) = attributes.transparent {
            let ways = builder.ways(&shared, &own, only.as_deref());
            let catalog =
                Catalog { attributes, ways, at: variants.len(), section: section.clone() };
            nested.extend(builder.nested(syntax, span, catalog));
            continue;
        }
        builder.not_transparent(&attributes.envelopes);
        let mut variant = builder.variant(syntax, attributes, &shared, &own, section.clone());
        variant.unread |= unread;
        builder.place(&mut variant, only.as_deref());
        variants.push(variant);
    }
    if nested.is_empty() && !variants.is_empty() {
        builder.not_transparent(&builder.attributes.envelopes);
    }
    let mut contexts = builder.contexts;
    note_fields(&mut contexts, &variants, &nested, errors);
    let krate = attributes
        .krate
        .as_ref()
        .map_or_else(|| quote!(::ws_errors), |path| path.to_token_stream());
    Some(Model {
        ident: &input.ident,
        generics: &input.generics,
        krate,
        name,
        docs: attributes.docs.clone().unwrap_or_else(|| foreign::docs(&input.attrs)),
        variants,
        nested,
        contexts,
        closes: attributes.closes,
        codes: attributes.codes,
        guards: attributes.guards,
        correlate: attributes.correlate.map(|field| (field.value, field.span)),
        retired: attributes.retired,
        examples: attributes.examples,
        unread,
        success: attributes.success,
    })
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

/// Which fields of each context are used, and only where its envelopes are.
fn note_fields(
    contexts: &mut [Context],
    variants: &[Variant<'_>],
    nested: &[Nested<'_>],
    errors: &Errors,
) {
    for (index, context) in contexts.iter_mut().enumerate() {
        for variant in variants {
            let Some(envelope) = &variant.envelopes[index] else { continue };
            each_slot(&envelope.template, variant, &mut |used| context.note(used, errors));
        }
        for nested in nested {
            let Some(Usage::Under(envelope)) = nested.ways.get(index) else { continue };
            let constants = nested.constants.iter().map(|constant| &constant.template);
            for template in constants.chain([&envelope.template]) {
                template.each_slot(&mut |used| context.note(used, errors));
            }
        }
    }
}

pub(super) struct Builder<'e> {
    pub(super) errors: &'e Errors,
    pub(super) enumeration: &'e Ident,
    pub(super) contexts: Vec<Context>,
    pub(super) attributes: &'e EnumAttributes,
}

impl Builder<'_> {
    fn variant<'a>(
        &self,
        syntax: &'a syn::Variant,
        attributes: VariantAttributes,
        shared: &Envelopes,
        own: &Envelopes,
        section: Option<String>,
    ) -> Variant<'a> {
        let defaults = &self.attributes.defaults;
        let before = self.errors.len();
        let ident = &syntax.ident;
        let VariantAttributes { inherited, .. } = &attributes;
        let (name, name_span) = match &attributes.name {
            Some(name) => (name.value.clone(), name.span),
            None => {
                let plain = plain(ident);
                let name = self.attributes.rename_all.map(|case| case.apply(&plain));
                (name.unwrap_or(plain), ident.span())
            }
        };
        let Spanned { value: delivery, span: delivery_span } = inherited
            .delivery
            .clone()
            .or_else(|| defaults.delivery.clone())
            .unwrap_or(Spanned { value: Delivery::Soft, span: ident.span() });
        let mut fields = self.fields(syntax, &attributes);
        let details = self.details(&mut fields, &attributes);
        let (code, code_span) = self.code(&attributes, &name, name_span, &fields);
        let message = self.message(syntax, inherited, &fields);
        let retry = inherited
            .retry
            .as_ref()
            .or(defaults.retry.as_ref())
            .map_or_else(|| self.unsaid_retry(&delivery), |retry| retry.value.clone());
        let recoverable =
            attributes.recoverable.unwrap_or_else(|| self.is_recoverable(&retry, &delivery));
        let envelopes = (0..self.contexts.len())
            .map(|index| match envelope_of(shared, own, index) {
                Some(Usage::Under(envelope)) => Some(envelope),
                _ => None,
            })
            .collect();
        let mut constants = inherited.set.clone();
        for constant in &defaults.set {
            if !constants.iter().any(|own| own.name == constant.name) {
                constants.push(constant.clone());
            }
        }
        if !inherited.set.is_empty() {
            settle(&mut constants, self.errors);
        }
        let log = inherited.log.or(if attributes.internal { None } else { defaults.log });
        Variant {
            ident,
            name,
            name_span,
            code,
            code_span,
            delivery,
            delivery_span,
            retry,
            recoverable,
            message,
            fields,
            details,
            constants,
            envelopes,
            own_envelopes: attributes.envelopes.iter().map(|envelope| envelope.span).collect(),
            deliveries: Vec::new(),
            section,
            docs: attributes.docs.unwrap_or_else(|| foreign::docs(&syntax.attrs)),
            advice: attributes.advice,
            user: attributes.user,
            internal: attributes.internal,
            log: log.unwrap_or(if attributes.internal { Level::Error } else { Level::Debug }),
            since: attributes.since,
            deprecated: foreign::deprecated(&syntax.attrs),
            hidden: attributes.hidden,
            alike: attributes.alike,
            unread: attributes.unread || self.errors.len() > before,
        }
    }

    fn code(
        &self,
        attributes: &VariantAttributes,
        name: &str,
        name_span: Span,
        fields: &[Field<'_>],
    ) -> (Code, Span) {
        let Some(Spanned { value, span }) = &attributes.code else {
            return (Code::Text(name.to_owned()), name_span);
        };
        let code = match value {
            CodeAttribute::None => Code::None,
            CodeAttribute::Number(number) => {
                if number.unsigned_abs() > (1 << 53) - 1 {
                    self.errors.at(
                        *span,
                        format!(
                            "`code`: JavaScript can't hold the number {number}; use one from −(2⁵³ − 1) to 2⁵³ − 1, or a text"
                        ),
                    );
                }
                Code::Number(*number)
            }
            CodeAttribute::Text(text) => Code::Text(text.clone()),
            CodeAttribute::Field(field) => {
                match fields.iter().position(|other| other.ident == *field) {
                    Some(index) if fields[index].source => {
                        self.errors.at(
                            *span,
                            format!("`code`: `{field}` is a source, which never reaches the client; use another field, or write `code = \"…\"`"),
                        );
                        Code::Text(name.to_owned())
                    }
                    Some(index) => Code::Field(index),
                    None => {
                        let known = || fields.iter().map(|field| field.ident.as_str());
                        self.errors.at(*span, format!("`code`: {}", no_field(field, known)));
                        Code::Text(name.to_owned())
                    }
                }
            }
        };
        (code, *span)
    }

    fn message(
        &self,
        syntax: &syn::Variant,
        inherited: &Inherited,
        fields: &[Field<'_>],
    ) -> Message {
        if let Some(index) = fields.iter().position(|field| field.is_message && !field.source) {
            return Message::Field(index);
        }
        let message = inherited.message.as_ref().or(self.attributes.defaults.message.as_ref());
        match message {
            None => Message::None,
            Some(MessageAttribute::Text(text)) => Message::Text(text.clone()),
            Some(MessageAttribute::Display) => {
                Message::Display(match foreign::display(&syntax.attrs) {
                    Some(Display::Text(text)) => text,
                    _ => Text::default(),
                })
            }
        }
    }

    /// Unsaid: `never` on a soft error; on a close, the policy by range, else `unknown`'s.
    fn unsaid_retry(&self, delivery: &Delivery) -> Retry {
        if matches!(delivery, Delivery::Soft) {
            return Retry::new(RetryKind::Never);
        }
        let by_range = delivery.close_code().and_then(|code| {
            self.attributes
                .closes
                .ranges
                .iter()
                .find(|range| (range.first..=range.last).contains(&i64::from(code)))
        });
        by_range.map_or(Retry::new(RetryKind::Unknown), |range| range.retry.clone())
    }

    fn is_recoverable(&self, retry: &Retry, delivery: &Delivery) -> bool {
        if !matches!(retry.kind, RetryKind::Unknown) {
            return retry.is_recoverable();
        }
        let unknown = |policies: &Policies| policies.unknown.as_ref().map(Retry::is_recoverable);
        match delivery {
            Delivery::Soft => unknown(&self.attributes.codes).unwrap_or(false),
            _ => unknown(&self.attributes.closes).unwrap_or(true),
        }
    }
}

/// "the variant has no field `x`", with what it has.
pub(crate) fn no_field<'n, I: Iterator<Item = &'n str>>(
    name: &str,
    known: impl Fn() -> I,
) -> String {
    let near = did_you_mean(name, known());
    let all: Vec<&str> = known().collect();
    if all.is_empty() {
        format!("the variant has no field `{name}`; it has no fields")
    } else {
        format!("the variant has no field `{name}`{near}\nit has {}", list_names(all))
    }
}
