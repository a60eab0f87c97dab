//! What an entry has for a slot.

use std::borrow::Cow;

use super::specialise::{At, Specialiser};
use super::{Item, Property, Shape};
use crate::catalog::{
    Cast, ClosingCode, Code, Details, Field, FieldType, Message, Piece, RetryKind, Slot, Text,
};
use crate::escape::quote;

/// What stands for a code that is left open.
static OPEN_CODE: Field = Field {
    name: "code",
    ty: FieldType { optional: false, scalar: None, schema: None, is_known: true },
    ..Field::BLANK
};

/// What stands for a text that may be another.
const ANY_TEXT: Text = Text(&[Piece::Literal("")]);

impl Specialiser<'_> {
    /// The shape of a slot; `None` where the entry has nothing for it.
    pub(super) fn slot(&self, slot: Slot, cast: Option<Cast>) -> Option<Shape> {
        self.slot_at(slot, cast, At { constant: None, slot: 0, encoded: 0 })
    }

    pub(super) fn slot_at(&self, slot: Slot, cast: Option<Cast>, at: At) -> Option<Shape> {
        let entry = self.entry;
        let constant = |json: String| {
            Some(Shape::Constant(Cow::Owned(match cast {
                Some(Cast::String) if !json.starts_with('"') => quote(&json),
                _ => json,
            })))
        };
        match slot {
            Slot::Code => match entry.code {
                Code::None => None,
                Code::Number(_) | Code::Text(_) if self.open == Some(Slot::Code) => {
                    Some(Shape::Code(&OPEN_CODE, cast))
                }
                Code::Number(number) => constant(number.to_string()),
                Code::Text(text) => constant(quote(text)),
                Code::Field(name) => {
                    let field = entry.field(name)?;
                    Some(Shape::Code(field, cast.or(field.cast)))
                }
            },
            Slot::Name if self.open == Some(Slot::Name) => {
                Some(Shape::Code(&OPEN_CODE, Some(Cast::String)))
            }
            Slot::Name if self.open == Some(Slot::Code) => Some(Shape::Text(ANY_TEXT)),
            Slot::Recoverable if self.open.is_some() => Some(match cast {
                Some(Cast::String) => Shape::Text(ANY_TEXT),
                _ => Shape::Text(Text::EMPTY),
            }),
            Slot::Name => constant(quote(entry.name)),
            Slot::Message => match entry.message {
                Message::None => None,
                message => Some(Shape::Message(message)),
            },
            Slot::Details => self.details(),
            Slot::Recoverable => constant(entry.recoverable.to_string()),
            Slot::RetryAfter => match entry.retry.kind {
                RetryKind::After(wait) => match (wait.field, wait.fixed) {
                    (Some(name), None) => self.field(name, cast),
                    (Some(name), Some(fixed)) => Some(Shape::Default(
                        Box::new(self.field(name, cast)?),
                        Box::new(constant(wait.unit.number(fixed))?),
                    )),
                    (None, fixed) => constant(wait.unit.number(fixed?)),
                },
                _ => None,
            },
            Slot::Close => match entry.delivery.closing()?.code {
                ClosingCode::None => None,
                ClosingCode::Constant(code) => constant(code.to_string()),
                ClosingCode::Field(name) => self.field(name, cast),
            },
            Slot::Reason => {
                let reason = entry.delivery.closing()?.reason;
                match reason.constant() {
                    Some(text) => constant(quote(text)),
                    None => Some(Shape::Text(reason)),
                }
            }
            Slot::Status => constant(entry.http?.status.to_string()),
            // It may be worded otherwise in another version.
            Slot::Title if self.open.is_some() => Some(Shape::Text(ANY_TEXT)),
            Slot::Title => constant(quote(&entry.title())),
            Slot::DocUrl => {
                let address = entry.doc_url?;
                match (self.open, entry.code) {
                    (Some(Slot::Code), _) => Some(Shape::Text(ANY_TEXT)),
                    // Without a code of its own it may be known by its address, as a problem is by
                    // its `type`. All others stay what they are when the reference moves.
                    (_, Code::None) => constant(quote(address)),
                    (_, _) if entry.shared => constant(quote(address)),
                    (_, _) => Some(Shape::Text(Text(vec![Piece::Literal(address)].leak()))),
                }
            }
            Slot::Fields => {
                let properties: Vec<Property> = self.properties(slot).collect();
                (!properties.is_empty()).then_some(Shape::Object(properties))
            }
            Slot::Set(name) => {
                let (name, node) = entry.constants.iter().find(|(other, _)| *other == name)?;
                Some(self.value(node, At { constant: Some(name), slot: 0, ..at }))
            }
            Slot::Field(name) => self.field(name, cast),
            Slot::Context(name) => {
                let field = self.context.iter().find(|field| field.name == name)?;
                Some(Shape::Context(field, cast))
            }
        }
    }

    fn field(&self, name: &str, cast: Option<Cast>) -> Option<Shape> {
        let field = self.entry.fields.iter().find(|field| field.ident == name)?;
        Some(Shape::Field(field, cast.or(field.cast)))
    }

    fn details(&self) -> Option<Shape> {
        let fields = || self.spliced(Slot::Details);
        match self.entry.details {
            Details::Nothing => None,
            Details::Object => Some(Shape::Object(self.properties(Slot::Details).collect())),
            Details::Value => fields().next().map(|field| Shape::Field(field, field.cast)),
            Details::Array => Some(Shape::Array(
                fields()
                    .map(|field| Item { optional: false, value: Shape::Field(field, field.cast) })
                    .collect(),
            )),
        }
    }
}
