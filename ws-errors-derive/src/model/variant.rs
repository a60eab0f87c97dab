//! A variant to an entry: what it inherits, and what is meant where nothing is said.

use quote::ToTokens as _;
use ws_errors_core::catalog::{Code, Entry, Level, Message};
use ws_errors_core::rules::constants::endless;
use ws_errors_core::rules::no_field;
use ws_errors_core::rules::values::discriminant;

use super::build::Builder;
use super::fields::Fields;
use super::{Field, Usage, Variant};
use crate::attr::delivery::DeliveryAttribute;
use crate::attr::foreign::{self, Display};
use crate::attr::user::User;
use crate::attr::variant::{Constant, VariantAttributes};
use crate::cursor::{Spanned, plain};
use crate::errors::Errors;
use crate::keep;
use crate::template::Template;

impl Builder<'_> {
    pub(super) fn variant<'a>(
        &mut self,
        syntax: &'a syn::Variant,
        mut attributes: VariantAttributes,
        usages: &[Usage],
    ) -> (Variant<'a>, Entry) {
        let defaults = &self.attributes.defaults;
        let before = self.errors.len();
        let ident = &syntax.ident;
        let in_rust = keep::text(&plain(ident));
        let name = attributes.name.unwrap_or_else(|| {
            let spelt = self.attributes.rename_all.map(|case| keep::text(&case.apply(in_rust)));
            Spanned { value: spelt.unwrap_or(in_rust), span: ident.span() }
        });
        let set = std::mem::take(&mut attributes.inherited.set);
        let VariantAttributes { inherited, entry, user, .. } = &attributes;
        let soft = Spanned { value: DeliveryAttribute::SOFT, span: ident.span() };
        let delivery = inherited.delivery.or(defaults.delivery).unwrap_or(soft);
        let Fields { fields, shown, details, message } = self.fields(syntax, &attributes);
        if let (None, Some((_, number))) = (&attributes.code, &syntax.discriminant) {
            let written = number.to_token_stream();
            let judged = discriminant(&written.to_string(), in_rust, &delivery.value.delivery);
            self.errors.ok(judged.map_err(|why| syn::Error::new_spanned(written, why)));
        }
        let code = self.code(attributes.code, name, &fields);
        let text = inherited.message.or(defaults.message);
        let all = defaults.retry.map(|retry| retry.retry);
        let unsaid = self.catalog.unsaid_retry(&delivery.value.delivery, all);
        let retry = inherited.retry.map_or(unsaid, |retry| retry.retry);
        let constants = self.constants(set, true);
        let log = inherited.log.or(if entry.internal { None } else { defaults.log });
        let sources = fields.iter().filter(|field| field.source).map(|field| field.ident);
        let mut entry = Entry {
            name: name.value,
            variant: in_rust,
            code: code.value,
            delivery: delivery.value.of(name.value),
            retry: retry.in_unit(self.attributes.waits.unwrap_or_default()),
            message: match (message, text.map(|text| text.value)) {
                (Some(field), _) => Message::Field(field),
                (None, Some(Message::Display(_))) => displayed(syntax),
                (None, text) => text.unwrap_or(Message::None),
            },
            fields: shown.leak(),
            details,
            constants: keep::list(constants.iter().map(|c| (c.name, c.template.node)).collect()),
            docs: attributes.docs.unwrap_or_else(|| foreign::docs(&syntax.attrs, self.errors)),
            user: user.as_ref().map(User::declared),
            log: log.unwrap_or(if entry.internal { Level::Error } else { Level::Debug }),
            deprecated: foreign::deprecated(&syntax.attrs),
            sources: keep::list(sources.collect()),
            ..*entry
        };
        entry.recoverable =
            attributes.recoverable.unwrap_or_else(|| self.catalog.retry(&entry).is_recoverable());
        let variant = Variant {
            ident,
            name: name.span,
            code: code.span,
            delivery: delivery.span,
            closing: delivery.value.places,
            wait: inherited.retry.or(defaults.retry).and_then(|retry| retry.field),
            message: text.map(|text| text.span),
            user: user.as_ref().map(User::texts).unwrap_or_default(),
            fallback: user.as_ref().and_then(|user| user.fallback),
            fields,
            constants,
            unread: attributes.unread || self.errors.len() > before,
        };
        entry.envelopes = self.messages(&variant, &entry, usages);
        entry.http = self.http(attributes.http.as_ref(), &entry.delivery, &variant);
        self.no_envelope_without_message(&variant, &entry, &attributes.envelopes);
        (variant, entry)
    }

    fn code(
        &self,
        stated: Option<Spanned<Code>>,
        name: Spanned<&'static str>,
        fields: &[Field<'_>],
    ) -> Spanned<Code> {
        let by_name = Spanned { value: Code::Text(name.value), span: name.span };
        let code = stated.unwrap_or(by_name);
        let Code::Field(field) = code.value else { return code };
        let why = match fields.iter().find(|other| other.ident == field) {
            Some(found) if found.source => format!(
                "`{field}` is a source, which never reaches the client; use another field, or write `code = \"…\"`"
            ),
            Some(_) => return code,
            None => no_field(field, fields.iter().map(|field| field.ident)),
        };
        self.errors.at(code.span, format!("`code`: {why}"));
        Spanned { span: code.span, ..by_name }
    }

    /// The constants of a variant: its own, and where it `inherits`, those that the enum sets for all.
    pub(super) fn constants(&self, own: Vec<Constant>, inherits: bool) -> Vec<Constant> {
        let shared = self.attributes.defaults.set.iter().filter(|_| inherits);
        let is_own = |shared: &&Constant| own.iter().any(|own| own.name == shared.name);
        let shared: Vec<Constant> = shared.filter(|shared| !is_own(shared)).cloned().collect();
        let mut constants = own;
        constants.extend(shared);
        settle(&mut constants, self.errors);
        constants
    }
}

/// Reports the constants that use themselves, and takes out what they use.
pub(super) fn settle(constants: &mut [Constant], errors: &Errors) {
    let nodes: Vec<_> = constants.iter().map(|c| (c.name, c.template.node)).collect();
    for (index, words) in endless(&nodes) {
        errors.at(constants[index].span, words);
        constants[index].template = Template::null();
    }
}

/// What thiserror writes, as far as it could be read.
fn displayed(syntax: &syn::Variant) -> Message {
    Message::Display(match foreign::display(&syntax.attrs) {
        Some(Display::Text(text)) => text,
        _ => ws_errors_core::catalog::Text::EMPTY,
    })
}
