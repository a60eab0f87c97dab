//! Attributes to the model: what variants inherit, and what is meant where nothing is said.

use proc_macro2::{Ident, Span};
use quote::{ToTokens, quote};
use syn::{Data, DeriveInput, GenericParam};
use ws_errors_core::catalog::{
    Catalog, Code, Delivery, Entry, Level, Message, Policies, Retry, RetryKind, UserMessage,
};
use ws_errors_core::names::{did_you_mean, list_names};

use super::constants::settle;
use super::envelopes::{Declared, Draft, Envelopes, envelope_of};
use super::fields::Fields;
use super::nested::Usage;
use super::{Context, Model, Nested, Variant};
use crate::attr::case::Case;
use crate::attr::delivery::DeliveryAttribute;
use crate::attr::enumeration::{CATALOG_NAME, EnumAttributes, enumeration, is_catalog_name};
use crate::attr::foreign::{self, Display};
use crate::attr::user::User;
use crate::attr::variant::{
    Code as CodeAttribute, Inherited, Message as MessageAttribute, VariantAttributes, variant,
};
use crate::cursor::{Spanned, plain};
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
    fn closes(&self) -> Policies {
        self.attributes.closes.unwrap_or(Policies::UNDECLARED_CLOSES)
    }

    fn codes(&self) -> Policies {
        self.attributes.codes.unwrap_or(Policies::UNDECLARED_CODES)
    }

    fn variant<'a>(
        &self,
        syntax: &'a syn::Variant,
        attributes: VariantAttributes,
        shared: &Envelopes,
        own: &Envelopes,
        section: Option<String>,
    ) -> Draft<'a> {
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
        let name = keep::text(&name);
        let soft = Spanned { value: DeliveryAttribute::SOFT, span: ident.span() };
        let Spanned { value: delivery, span: delivery_span } =
            inherited.delivery.as_ref().or(defaults.delivery.as_ref()).unwrap_or(&soft);
        let Fields { fields, shown, details, message } = self.fields(syntax, &attributes);
        let (code, code_span) = self.code(&attributes, name, name_span, &fields);
        let message = self.message(syntax, inherited, message);
        let retry = inherited.retry.as_ref().or(defaults.retry.as_ref());
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
        let sources = fields.iter().filter(|field| field.source).map(|field| &*field.ident);
        let mut entry = Entry {
            name,
            variant: keep::text(&plain(ident)),
            code,
            shared: attributes.shared,
            delivery: delivery.of(name),
            retry: retry.map_or_else(|| unsaid_retry(&delivery.delivery), |retry| retry.retry),
            message,
            fields: shown.leak(),
            details,
            constants: keep::list(constants.iter().map(|c| (c.name, c.template.node)).collect()),
            section: keep::optional(section.as_ref()),
            docs: keep::text(&match &attributes.docs {
                Some(docs) => docs.clone(),
                None => foreign::docs(&syntax.attrs, self.errors),
            }),
            advice: keep::optional(attributes.advice.as_ref()),
            user: attributes.user.as_ref().map(user),
            internal: attributes.internal,
            log: log.unwrap_or(if attributes.internal { Level::Error } else { Level::Debug }),
            since: keep::optional(attributes.since.as_ref()),
            deprecated: keep::optional(foreign::deprecated(&syntax.attrs).as_ref()),
            hidden: attributes.hidden,
            alike: attributes.alike,
            sources: keep::list(sources.map(keep::text).collect()),
            ..Entry::BLANK
        };
        let catalog = Catalog { closes: self.closes(), codes: self.codes(), ..Catalog::BLANK };
        entry.recoverable =
            attributes.recoverable.unwrap_or_else(|| catalog.retry(&entry).is_recoverable());
        let envelopes = (0..self.contexts.len())
            .map(|index| match envelope_of(shared, own, index) {
                Some(Usage::Under(envelope)) => Some(envelope),
                _ => None,
            })
            .collect();
        let variant = Variant {
            ident,
            name: name_span,
            code: code_span,
            delivery: *delivery_span,
            wait: retry.and_then(|retry| retry.field),
            fallback: attributes.user.as_ref().and_then(|user| user.fallback),
            fields,
            constants,
            unread: attributes.unread || self.errors.len() > before,
        };
        let own = attributes.envelopes.iter().map(|envelope| envelope.span).collect();
        let http = self.http(attributes.http.as_ref(), &entry.delivery, &variant);
        let draft = Draft { variant, entry, envelopes, own, http, deliveries: Vec::new() };
        self.check_names(&draft, inherited, delivery, attributes.user.as_ref());
        draft
    }

    fn code(
        &self,
        attributes: &VariantAttributes,
        name: &'static str,
        name_span: Span,
        fields: &[super::Field<'_>],
    ) -> (Code, Span) {
        let Some(Spanned { value, span }) = &attributes.code else {
            return (Code::Text(name), name_span);
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
            CodeAttribute::Text(text) => Code::Text(keep::text(text)),
            CodeAttribute::Field(field) => {
                match fields.iter().find(|other| other.ident == *field) {
                    Some(found) if found.source => {
                        self.errors.at(
                            *span,
                            format!("`code`: `{field}` is a source, which never reaches the client; use another field, or write `code = \"…\"`"),
                        );
                        Code::Text(name)
                    }
                    Some(found) => Code::Field(keep::text(&found.ident)),
                    None => {
                        let known = || fields.iter().map(|field| field.ident.as_str());
                        self.errors.at(*span, format!("`code`: {}", no_field(field, known)));
                        Code::Text(name)
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
        marked: Option<&'static str>,
    ) -> Message {
        if let Some(field) = marked {
            return Message::Field(field);
        }
        match inherited.message.as_ref().or(self.attributes.defaults.message.as_ref()) {
            None => Message::None,
            Some(MessageAttribute::Text(text)) => Message::Text(text.value),
            Some(MessageAttribute::Display) => {
                Message::Display(match foreign::display(&syntax.attrs) {
                    Some(Display::Text(text)) => text,
                    _ => ws_errors_core::catalog::Text::EMPTY,
                })
            }
        }
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
        let catalog = Catalog {
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
        };
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

/// Unsaid: `never` on a soft error; on what ends the connection, what is said of undeclared codes.
fn unsaid_retry(delivery: &Delivery) -> Retry {
    Retry::new(match delivery {
        Delivery::Soft => RetryKind::Never,
        _ => RetryKind::Unknown,
    })
}

fn user(user: &User) -> UserMessage {
    UserMessage {
        title: user.title.value,
        message: user.message.value,
        action: user.action.as_ref().map(|action| action.value),
        fallback: user.fallback.is_some(),
    }
}

/// "the variant has no field `x`", with what it has.
pub(super) fn no_field<'n, I: Iterator<Item = &'n str>>(
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
