//! Rules about envelopes, and what they take from variants.

use std::collections::HashSet;
use std::rc::Rc;

use crate::attr::delivery::{Closing, ClosingCode, Delivery};
use crate::attr::retry::RetryKind;
use crate::errors::{Errors, did_you_mean, list_names};
use crate::model::{Envelope, Model, Usage, Variant, no_field};
use crate::slot::{Content, content, each_slot};
use crate::template::{Member, Slot, Template};

/// A message needs a shape, in each context.
pub(crate) fn envelope_for_each_message(model: &Model<'_>, errors: &Errors) {
    for variant in &model.variants {
        if variant.unread {
            continue;
        }
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
    for variant in model.variants.iter().filter(|v| !v.has_message() && !v.unread) {
        let how = match variant.delivery {
            Delivery::Observed { .. } => "is observed by the client, and never sent",
            Delivery::Rejected { .. } => "is refused before there is a connection",
            _ => "is sent as a close frame only",
        };
        for span in &variant.own_envelopes {
            errors.at(
                *span,
                format!(
                    "`envelope`: the variant `{}` {how}; take it away, or send a message: `soft`, `soft_then_close(4001, \"reason\")`",
                    variant.ident
                ),
            );
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
    // A nested catalog's fields and constants are not known here.
    if model.nested.iter().any(|nested| nested.envelopes().next().is_some()) {
        return;
    }
    let unread = model.unread || model.variants.iter().any(|variant| variant.unread);
    let mut told = HashSet::new();
    let mut seen = HashSet::new();
    let mut check = |template: &Template| {
        template.each_slot(&mut |used| {
            let (name, known, what) = match &used.slot {
                Slot::Field(name) => (name, &fields, "field"),
                Slot::Set(name) if !unread => (name, &constants, "constant"),
                _ => return,
            };
            if known.contains(name.as_str()) || !told.insert(format!("{:?}", used.span)) {
                return;
            }
            let mut names: Vec<&str> = known.iter().copied().collect();
            names.sort_unstable();
            let near = did_you_mean(name, names.iter().copied());
            let all = if names.is_empty() {
                "; there is none".to_owned()
            } else {
                format!("\nthere are {}", list_names(names))
            };
            errors.at(
                used.span,
                format!("`{}`: no variant has a {what} `{name}`{near}{all}", used.text()),
            );
        });
    };
    for variant in &model.variants {
        for envelope in variant.envelopes.iter().flatten() {
            if seen.insert(Rc::as_ptr(envelope)) {
                check(&envelope.template);
            }
        }
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
                        "`..{}` splices named fields, and those of the variant `{}` have no names; give them some, or write `\"key\": details`",
                        used.slot.text(),
                        variant.ident
                    ),
                );
                errors.at(envelope.span, "`envelope` splices them here");
                continue;
            }
        };
        for index in fields {
            let field = &variant.fields[index];
            if !keys.insert(field.name.as_str()) {
                errors.at(
                    field.span,
                    format!(
                        "the key {:?} is in the envelope already; call the field something else on the wire: `#[ws_error(rename = \"…\")]`",
                        field.name
                    ),
                );
                errors.at(envelope.span, "`envelope` splices the fields here");
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
                errors.at(*span, format!("`after`: {}", no_field(name, known)));
            } else if !variant.unread && !reaches_client(variant, name) {
                errors.at(
                    *span,
                    format!(
                        "`after`: the client never sees `{name}`, so it can't wait for it; put `retry_after`, `details` or `self.{name}` into the envelope"
                    ),
                );
            }
        }
        if let Some(Closing { code: ClosingCode::Field(name, span), .. }) =
            variant.delivery.closing()
            && !has(name)
        {
            errors.at(*span, format!("`close`: {}", no_field(name, known)));
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
            each_slot(&envelope.template, variant, &mut |used| {
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
    // Neither are those of a context in which one is kept.
    let keeps =
        model.nested.iter().flat_map(|nested| &nested.ways).any(|w| matches!(w, Usage::Kept(_)));
    if keeps || model.unread || model.variants.iter().any(|variant| variant.unread) {
        return;
    }
    let known =
        || model.contexts.iter().flat_map(|context| &context.fields).map(|(field, _)| field);
    let named = model.correlate.iter().map(|(name, span)| (name, span, "correlate"));
    let examples = model.examples.iter().map(|(name, span, _)| (name, span, "example"));
    for (name, span, what) in named.chain(examples) {
        if !known().any(|field| crate::cursor::plain(field) == *name) {
            let mut names: Vec<String> = known().map(crate::cursor::plain).collect();
            names.sort_unstable();
            names.dedup();
            let near = did_you_mean(name, names.iter().map(String::as_str));
            let all = match names.is_empty() {
                true => "; none has a field of its context".to_owned(),
                false => format!("\nthere are {}", list_names(names.iter().map(String::as_str))),
            };
            errors.at(*span, format!("`{what}`: no envelope has `cx.{name}`{near}{all}"));
        }
    }
}
