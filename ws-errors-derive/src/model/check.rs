//! Names that have to be there: what an attribute calls a field is one.

use proc_macro2::Span;
use ws_errors_core::catalog::{ClosingCode, Delivery, Message, RetryKind, Text};
use ws_errors_core::names::{did_you_mean, list_names};

use super::build::Builder;
use super::envelopes::Draft;
use super::variant::no_field;
use super::{Model, Usage, Variant};
use crate::attr::delivery::DeliveryAttribute;
use crate::attr::enumeration::EnumAttributes;
use crate::attr::user::User;
use crate::attr::variant::{Inherited, Message as MessageAttribute};
use crate::cursor::Spanned;
use crate::errors::Errors;

impl Builder<'_> {
    /// Placeholders, and the fields of policies and closes.
    pub(super) fn check_names(
        &self,
        draft: &Draft<'_>,
        inherited: &Inherited,
        delivery: &DeliveryAttribute,
        user: Option<&User>,
    ) {
        let Draft { variant, entry, .. } = draft;
        let defaults = self.attributes.defaults.message.as_ref();
        if let (Message::Text(_), Some(MessageAttribute::Text(text))) =
            (entry.message, inherited.message.as_ref().or(defaults))
        {
            self.placeholders(variant, text, "message");
        }
        if let Some(reason) = &delivery.reason {
            self.placeholders(variant, reason, "reason");
        }
        if let Some(User { title, message, action, .. }) = user {
            for text in [title, message].into_iter().chain(action) {
                self.placeholders(variant, text, "user");
            }
        }
        let known = || variant.shown().map(|field| field.ident.as_str());
        let has = |name: &str| known().any(|other| other == name);
        if let (RetryKind::After(wait), Some(span)) = (entry.retry.kind, variant.wait)
            && let Some(name) = wait.field
            && !has(name)
        {
            self.errors.at(span, format!("`after`: {}", no_field(name, known)));
        }
        if let (Some(closing), Some(span)) = (entry.delivery.closing(), delivery.field)
            && let ClosingCode::Field(name) = closing.code
            && !has(name)
        {
            self.errors.at(span, format!("`close`: {}", no_field(name, known)));
        }
    }

    /// A placeholder is a field of the variant, and never a source: nothing of it may reach the client.
    fn placeholders(&self, variant: &Variant<'_>, text: &Spanned<Text>, what: &str) {
        for name in text.value.fields() {
            match variant.field(name) {
                None => {
                    let known = || variant.shown().map(|field| field.ident.as_str());
                    self.errors.at(
                        text.span,
                        format!("`{what}`: `{{{name}}}`: {}", no_field(name, known)),
                    );
                }
                Some(field) if field.source => self.errors.at(
                    text.span,
                    format!(
                        "`{what}`: `{{{name}}}` is a source, which never reaches the client; use another field, or say it in words"
                    ),
                ),
                Some(_) => {}
            }
        }
    }

    /// An envelope of a variant that sends no message would never be used.
    pub(super) fn no_envelope_without_message(&self, draft: &Draft<'_>) {
        let Draft { variant, entry, own, deliveries, .. } = draft;
        if variant.unread || deliveries.iter().flatten().any(|delivery| delivery.has_message()) {
            return;
        }
        let how = match entry.delivery {
            Delivery::Observed { .. } => "is observed by the client, and never sent",
            Delivery::Rejected { .. } => "is refused before there is a connection",
            _ => "is sent as a close frame only",
        };
        for span in own {
            self.errors.at(
                *span,
                format!(
                    "`envelope`: the variant `{}` {how}; take it away, or send a message: `soft`, `soft_then_close(4001, \"reason\")`",
                    variant.ident
                ),
            );
        }
    }
}

impl Model<'_> {
    /// A request is settled by a field that messages carry, and an example is given for one.
    pub(super) fn check_contexts(
        &self,
        attributes: &EnumAttributes,
        unread: bool,
        errors: &Errors,
    ) {
        // The fields of a context in which a nested catalog is kept are not known here.
        let usages = self.nested.iter().flat_map(|nested| &nested.usages);
        let keeps = usages.into_iter().any(|usage| matches!(usage, Usage::Kept(_)));
        if keeps || unread || self.variants.iter().any(|variant| variant.unread) {
            return;
        }
        let mut names: Vec<&str> =
            self.contexts.iter().flat_map(|context| &context.fields).map(|f| f.name).collect();
        names.sort_unstable();
        names.dedup();
        let correlate = attributes.correlate.iter().map(|field| (&field.value, field.span));
        let examples = attributes.examples.iter().map(|(name, span, _)| (name, *span));
        let check = |name: &String, span: Span, what: &str| {
            if names.contains(&name.as_str()) {
                return;
            }
            let near = did_you_mean(name, names.iter().copied());
            let all = match names.is_empty() {
                true => "; none has a field of its context".to_owned(),
                false => format!("\nthere are {}", list_names(names.iter().copied())),
            };
            errors.at(span, format!("`{what}`: no envelope has `cx.{name}`{near}{all}"));
        };
        correlate.for_each(|(name, span)| check(name, span, "correlate"));
        examples.for_each(|(name, span)| check(name, span, "example"));
    }
}
