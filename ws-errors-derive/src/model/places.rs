//! What the rules find, at the tokens that are wrong.

use proc_macro2::Span;
use ws_errors_core::rules::{Finding, Part, Place, Subject};

use super::{Model, Nested, Variant};
use crate::errors::Errors;
use crate::template::Template;

/// Two entries that look the same where fields of theirs are `None`, if those can be.
pub(crate) struct Ambiguous<'m> {
    pub(crate) places: Vec<(Span, String)>,
    pub(crate) types: Vec<&'m syn::Type>,
}

impl Model<'_> {
    /// Reports what is wrong by the rules, and gives what depends on types.
    pub(crate) fn check(&self, errors: &Errors) -> Vec<Ambiguous<'_>> {
        let under = self.nested.iter().any(Nested::has_envelopes);
        let is_unread =
            |index: usize| self.variants.get(index).is_some_and(|variant| variant.unread);
        let subject = Subject { catalog: &self.catalog, is_unread: &is_unread, is_open: under };
        let mut ambiguous = Vec::new();
        for finding in subject.findings() {
            let places = self.spans(&finding);
            if finding.if_optional.is_empty() {
                places.into_iter().for_each(|(span, why)| errors.at(span, why));
                continue;
            }
            let fields = finding.if_optional.iter().map(|(entry, field)| {
                self.variants.get(*entry).and_then(|variant| variant.shown().nth(*field))
            });
            let types = fields.flatten().map(|field| field.ty).collect();
            ambiguous.push(Ambiguous { places, types });
        }
        ambiguous
    }

    fn spans(&self, finding: &Finding) -> Vec<(Span, String)> {
        let first = (self.span(finding.place), self.quoted(finding.place, &finding.message));
        let also = finding.also.iter().map(|(place, why)| (self.span(*place), why.clone()));
        std::iter::once(first).chain(also).collect()
    }

    /// The message, with the slot as it is written where it stands in a string, and the type of a
    /// context as it is written.
    pub(crate) fn quoted(&self, place: Place, message: &str) -> String {
        let slot = self.template(place).and_then(|(template, _, at)| template.slots.get(at));
        let Some(written) = slot.map(|slot| &slot.text) else {
            return self.contexts.iter().fold(message.to_owned(), |message, context| {
                let ty = context.written().to_string().replace(" < ", "<").replace(" >", ">");
                message.replace(
                    &format!("`envelope({}) =", context.name),
                    &format!("`envelope({ty}) ="),
                )
            });
        };
        match message.strip_prefix('`').and_then(|rest| rest.split_once('`')) {
            Some((_, rest)) if written.starts_with('{') => format!("`{written}`{rest}"),
            _ => message.to_owned(),
        }
    }

    /// The template of a slot, with the place where it is declared, and how many slots are before this.
    fn template(&self, place: Place) -> Option<(&Template, Span, usize)> {
        match place {
            Place::Slot(index, slot) => {
                let envelope = self.envelopes.get(index)?;
                Some((&envelope.template, envelope.span, slot))
            }
            Place::Entry(index, Part::ConstantSlot(name, slot)) => {
                let constants = &self.variants.get(index)?.constants;
                let constant = constants.iter().find(|constant| constant.name == name)?;
                Some((&constant.template, constant.span, slot))
            }
            _ => None,
        }
    }

    pub(crate) fn span(&self, place: Place) -> Span {
        self.span_of(place).unwrap_or_else(|| self.ident.span())
    }

    fn span_of(&self, place: Place) -> Option<Span> {
        if let Some((template, span, slot)) = self.template(place) {
            return Some(template.slots.get(slot).map_or(span, |slot| slot.span));
        }
        Some(match place {
            Place::Catalog => self.ident.span(),
            Place::Entry(index, part) => self.variants.get(index)?.span_of(part)?,
            Place::Envelope(index) => self.envelopes.get(index)?.span,
            Place::Slot(..) => return None,
            Place::Retired(index) => *self.retired.get(index)?,
            Place::Success(index) => *self.success.get(index)?,
        })
    }
}

impl Variant<'_> {
    fn span_of(&self, part: Part) -> Option<Span> {
        match part {
            Part::Variant => Some(self.ident.span()),
            Part::Name => Some(self.name),
            Part::Code => Some(self.code),
            Part::Delivery => Some(self.delivery),
            Part::CloseField => self.closing.field,
            Part::Message => self.message,
            Part::Reason => self.closing.reason,
            Part::User(text) => self.user.get(text).copied(),
            Part::Wait => self.wait,
            Part::Fallback => self.fallback,
            Part::Field(field) => self.shown().nth(field).map(|field| field.span),
            Part::ConstantSlot(..) => None,
        }
    }
}
