//! Rules about envelopes, and what they take from variants.

use std::collections::HashSet;
use std::rc::Rc;

use crate::attr::delivery::{Closing, ClosingCode, Delivery};
use crate::attr::retry::RetryKind;
use crate::errors::{Errors, did_you_mean, list_names};
use crate::model::{Envelope, Model, Variant, no_field};
use crate::slot::{Content, content};
use crate::template::{Member, Slot, Template};

/// A message needs a shape, in each context.
pub(crate) fn envelope_for_each_message(model: &Model<'_>, errors: &Errors) {
    for variant in &model.variants {
        for (index, (context, envelope)) in
            model.contexts.iter().zip(&variant.envelopes).enumerate()
        {
            if envelope.is_some() || !variant.has_message_in(index) {
                continue;
            }
            let message = if context.key.is_empty() {
                format!(
                    "the variant `{}` is sent as a message, and has no envelope; declare one on the enum: `#[ws_error(envelope = {{ \"code\": code, \"message\": message }})]`",
                    variant.ident
                )
            } else {
                format!(
                    "the variant `{}` has no envelope for the context `{}`; declare one on the enum or the variant: `envelope({}) = {{ … }}`",
                    variant.ident, context.name, context.key
                )
            };
            errors.at(variant.ident.span(), message);
        }
    }
}

/// An envelope of a variant that sends no message would never be used.
pub(crate) fn no_envelope_without_message(model: &Model<'_>, errors: &Errors) {
    for variant in model.variants.iter().filter(|variant| !variant.has_message()) {
        for envelope in variant.envelopes.iter().flatten() {
            let shared = model.variants.iter().any(|other| {
                other.has_message()
                    && other.envelopes.iter().flatten().any(|e| Rc::ptr_eq(e, envelope))
            });
            // The enum's own envelope reaches every variant; one of the variant's own only it.
            let own = model
                .variants
                .iter()
                .filter(|other| other.envelopes.iter().flatten().any(|e| Rc::ptr_eq(e, envelope)))
                .count()
                == 1;
            if own && !shared && model.variants.len() > 1 {
                let how = match variant.delivery {
                    Delivery::Observed { .. } => "is observed by the client, and never sent",
                    Delivery::Rejected { .. } => "is refused before there is a connection",
                    _ => "is sent as a close frame only",
                };
                errors.at(
                    envelope.span,
                    format!(
                        "the variant `{}` {how}, so it has no envelope; take it away, or use `soft` or `soft_then_close`",
                        variant.ident
                    ),
                );
            }
        }
    }
}

/// In an optional place a slot may be missing from a variant; that no variant has it is a typo.
pub(crate) fn known_slots(model: &Model<'_>, errors: &Errors) {
    let fields: HashSet<&str> = model
        .variants
        .iter()
        .flat_map(|variant| variant.fields.iter().map(|field| field.ident.as_str()))
        .collect();
    let constants: HashSet<&str> = model
        .variants
        .iter()
        .flat_map(|variant| variant.constants.iter().map(|constant| constant.name.as_str()))
        .collect();
    let mut told = HashSet::new();
    let mut check = |template: &Template| {
        template.each_slot(&mut |used| {
            let (name, known, what) = match &used.slot {
                Slot::Field(name) => (name, &fields, "field"),
                Slot::Set(name) => (name, &constants, "constant"),
                _ => return,
            };
            if known.contains(name.as_str()) || !told.insert(format!("{:?}", used.span)) {
                return;
            }
            let mut names: Vec<&str> = known.iter().copied().collect();
            names.sort_unstable();
            let near = did_you_mean(name, names.iter().copied());
            let all = if names.is_empty() {
                "; there are none".to_owned()
            } else {
                format!("; there are {}", list_names(names))
            };
            errors.at(
                used.span,
                format!("no variant has a {what} called `{name}` (`{}`){near}{all}", used.text()),
            );
        });
    };
    for variant in &model.variants {
        variant.envelopes.iter().flatten().for_each(|envelope| check(&envelope.template));
        variant.constants.iter().for_each(|constant| check(&constant.template));
    }
}

/// A key that is there twice in an object, through a splice, has two values.
pub(crate) fn keys_once(model: &Model<'_>, errors: &Errors) {
    for variant in model.variants.iter().filter(|variant| variant.has_message()) {
        for envelope in variant.envelopes.iter().flatten() {
            objects(&envelope.template, &mut |members| {
                splices(members, variant, envelope, errors);
            });
        }
    }
}

fn objects(template: &Template, visit: &mut impl FnMut(&[Member])) {
    match template {
        Template::Object(members) => {
            visit(members);
            for member in members {
                if let Member::Pair { value, .. } = member {
                    objects(value, visit);
                }
            }
        }
        Template::Array(elements) | Template::Chain(elements) => {
            elements.iter().for_each(|element| objects(&element.value, visit));
        }
        Template::Default(value, default) => {
            objects(value, visit);
            objects(default, visit);
        }
        Template::Encoded(value) => objects(value, visit),
        Template::Constant(_) | Template::Slot(_) | Template::Splice(_) | Template::Composed(_) => {
        }
    }
}

fn splices(members: &[Member], variant: &Variant<'_>, envelope: &Envelope, errors: &Errors) {
    let mut keys: HashSet<&str> = members
        .iter()
        .filter_map(|member| match member {
            Member::Pair { key, .. } => Some(key.as_str()),
            Member::Splice(_) => None,
        })
        .collect();
    for member in members {
        let Member::Splice(used) = member else { continue };
        let fields = match content(&used.slot, variant) {
            Content::Object(fields) => fields,
            Content::Nothing => continue,
            _ => {
                errors.at(
                    variant.ident.span(),
                    format!(
                        "`..{}` splices named fields, and those of the variant `{}` have no names",
                        used.slot.text(),
                        variant.ident
                    ),
                );
                errors.at(envelope.span, "they are spliced by this envelope");
                continue;
            }
        };
        for index in fields {
            let field = &variant.fields[index];
            if !keys.insert(field.name.as_str()) {
                errors.at(
                    field.span,
                    format!(
                        "the key {:?} is in the envelope already; rename the field on the wire: `#[ws_error(rename = \"…\")]`",
                        field.name
                    ),
                );
                errors.at(envelope.span, "the fields are spliced into this envelope");
            }
        }
    }
}

/// A wait or a close code that is taken from a field needs that field.
pub(crate) fn fields_of_policies(model: &Model<'_>, errors: &Errors) {
    for variant in &model.variants {
        let known = || variant.fields.iter().filter(|f| !f.source).map(|f| f.ident.as_str());
        let has = |name: &str| known().any(|other| other == name);
        if let RetryKind::After { field: Some((name, span)), .. } = &variant.retry.kind {
            if !has(name) {
                errors.at(*span, no_field(name, known));
            } else if !reaches_client(variant, name) {
                errors.at(
                    *span,
                    format!(
                        "the client never sees `{name}`: put `details`, `retry_after` or `self.{name}` into the envelope"
                    ),
                );
            }
        }
        if let Some(Closing { code: ClosingCode::Field(name, span), .. }) =
            variant.delivery.closing()
            && !has(name)
        {
            errors.at(*span, no_field(name, known));
        }
    }
}

/// Whether a field is a value of its own in each message.
fn reaches_client(variant: &Variant<'_>, name: &str) -> bool {
    let Some(index) = variant.field(name) else { return false };
    let field = &variant.fields[index];
    variant.has_message()
        && variant.envelopes.iter().flatten().all(|envelope| {
            let mut reached = false;
            envelope.template.each_slot(&mut |used| {
                reached |= match &used.slot {
                    Slot::RetryAfter => true,
                    Slot::Field(other) => other == name,
                    Slot::Details => field.in_details,
                    Slot::Fields => field.on_wire,
                    Slot::Message => field.is_message,
                    _ => false,
                };
            });
            reached
        })
}

/// A request is settled by a field that messages carry, and an example is given for one.
pub(crate) fn fields_of_contexts(model: &Model<'_>, errors: &Errors) {
    let known =
        || model.contexts.iter().flat_map(|context| &context.fields).map(|(field, _)| field);
    let named = model.correlate.iter().map(|(name, span)| (name, span, "correlate"));
    let examples = model.examples.iter().map(|(name, span, _)| (name, span, "example"));
    for (name, span, what) in named.chain(examples) {
        if !known().any(|field| crate::cursor::plain(field) == *name) {
            let names: Vec<String> = known().map(crate::cursor::plain).collect();
            let near = did_you_mean(name, names.iter().map(String::as_str));
            errors.at(*span, format!("`{what}`: no envelope has `cx.{name}`{near}"));
        }
    }
}
