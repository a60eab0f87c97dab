//! Rules about texts.

use proc_macro2::Span;

use crate::attr::delivery::Delivery;
use crate::attr::text::Text;
use crate::errors::Errors;
use crate::model::{Message, Model, Variant, no_field};
use crate::slot::each_slot;
use crate::template::Slot;

/// A placeholder is a field of the variant, and never a source: nothing of it may reach the client.
pub(crate) fn placeholders(model: &Model<'_>, errors: &Errors) {
    for variant in &model.variants {
        if let Message::Text(text) = &variant.message {
            text_of(variant, text, "message", errors);
        }
        if variant.delivery.closing().is_some() {
            text_of(variant, &variant.reason(), "reason", errors);
        }
        if let Delivery::Observed { reason: Some(reason), .. } = &variant.delivery {
            text_of(variant, reason, "reason", errors);
        }
        if let Some(user) = &variant.user {
            for text in [&user.title, &user.message].into_iter().chain(&user.action) {
                text_of(variant, text, "user", errors);
            }
        }
    }
}

fn text_of(variant: &Variant<'_>, text: &Text, what: &str, errors: &Errors) {
    let span = text.span.unwrap_or_else(Span::call_site);
    for name in text.fields() {
        match variant.field(name).map(|index| &variant.fields[index]) {
            None => {
                let known = || {
                    variant.fields.iter().filter(|f| !f.source).map(|field| field.ident.as_str())
                };
                errors.at(span, format!("`{what}`: `{{{name}}}`: {}", no_field(name, known)));
            }
            Some(field) if field.source => errors.at(
                span,
                format!(
                    "`{what}`: `{{{name}}}` is a source, which never reaches the client; use another field, or say it in words"
                ),
            ),
            Some(_) => {}
        }
    }
}

/// What `Display` says of a source, or of the server's own business, is for operators. Where the
/// envelope carries a message, such a variant says what the client is told.
pub(crate) fn own_text(model: &Model<'_>, errors: &Errors) {
    for variant in &model.variants {
        if !matches!(variant.message, Message::Display(_)) {
            continue;
        }
        let why = if variant.internal {
            "is internal"
        } else if variant.fields.iter().any(|field| field.source) {
            "has a source"
        } else {
            continue;
        };
        let reached = variant.has_message()
            && variant.envelopes.iter().flatten().any(|envelope| {
                let mut reached = false;
                each_slot(&envelope.template, variant, &mut |used| {
                    reached |= used.slot == Slot::Message;
                });
                reached
            });
        if reached {
            errors.at(
                variant.ident.span(),
                format!(
                    "`message = display`: the variant `{}` {why}, so its `Display` text is not for the client; give it a text of its own: `message = \"…\"`",
                    variant.ident
                ),
            );
        }
    }
}
