//! A variant to an entry: what it inherits, and what is meant where nothing is said.

use proc_macro2::Span;
use ws_errors_core::catalog::{
    Catalog, Code, Delivery, Entry, Level, Message, Retry, RetryKind, Text, UserMessage,
};
use ws_errors_core::names::{did_you_mean, list_names};

use super::build::Builder;
use super::constants::settle;
use super::envelopes::{Draft, Envelopes, envelope_of};
use super::fields::Fields;
use super::nested::Usage;
use super::{Field, Variant};
use crate::attr::delivery::DeliveryAttribute;
use crate::attr::foreign::{self, Display};
use crate::attr::user::User;
use crate::attr::variant::{
    Code as CodeAttribute, Inherited, Message as MessageAttribute, VariantAttributes,
};
use crate::cursor::{Spanned, plain};
use crate::keep;

impl Builder<'_> {
    pub(super) fn variant<'a>(
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
            audience: keep::optional(attributes.audience.as_ref()),
            provoke: keep::optional(attributes.provoke.as_ref()),
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
        fields: &[Field<'_>],
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
                    _ => Text::EMPTY,
                })
            }
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
