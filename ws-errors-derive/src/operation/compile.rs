//! The compiler: static parts are joined, commas settled as far as they can be.

use proc_macro2::Span;

use super::members::Commas;
use super::text::{cast_constant, push_literal};
use super::{Encoding, Operation, Parameter, View, Within};
use crate::cursor::{MAX_ENCODED, TOO_MUCH_ENCODED};
use crate::errors::Errors;
use crate::model::{Envelope, Variant};
use crate::slot::{Content, Presence, Source, content, template_presence};
use crate::template::{Cast, Format, Slot, SlotUse, Template, quote};

/// The encoding of a variant in an envelope.
pub(crate) fn compile(envelope: &Envelope, variant: &Variant<'_>, errors: &Errors) -> Encoding {
    let used_at = envelope.span;
    let mut compiler = Compiler { variant, errors, parameters: Vec::new(), used_at, encoded: 0 };
    let mut out = Vec::new();
    match &envelope.template {
        Template::Composed(parts) if !matches!(envelope.format, Format::Packed(..)) => {
            compiler.composed(parts, Within::Text, &mut out)
        }
        Template::Chain(elements) => compiler.chain(elements, &mut out),
        template => compiler.json(template, &mut out),
    }
    if out.is_empty() {
        out.push(Operation::Literal(String::new()));
    }
    Encoding { operations: out, parameters: compiler.parameters }
}

pub(super) struct Compiler<'m> {
    pub(super) variant: &'m Variant<'m>,
    pub(super) errors: &'m Errors,
    parameters: Vec<Parameter>,
    used_at: Span,
    /// How many `json(…)` it is in, through constants as well.
    encoded: u8,
}

impl<'m> Compiler<'m> {
    pub(super) fn argument(&mut self, source: Source, view: View) -> u16 {
        let parameter = Parameter { source, view };
        let index = self.parameters.iter().position(|other| *other == parameter);
        let index = index.unwrap_or_else(|| {
            self.parameters.push(parameter);
            self.parameters.len() - 1
        });
        u16::try_from(index).unwrap_or_else(|_| {
            self.errors.at(self.used_at, "a message has at most 65,536 values");
            u16::MAX
        })
    }

    pub(super) fn arguments(&mut self, sources: Vec<Source>) -> Vec<u16> {
        sources.into_iter().map(|source| self.argument(source, View::Json)).collect()
    }

    /// A value where one has to stand.
    pub(super) fn json(&mut self, template: &Template, out: &mut Vec<Operation>) {
        match template {
            Template::Constant(json) => push_literal(out, json),
            Template::Object(members) => self.object(members, out),
            Template::Array(elements) => self.array(elements, out),
            Template::Slot(used) => self.slot(used, out),
            Template::Composed(parts) => {
                push_literal(out, "\"");
                self.composed(parts, Within::String, out);
                push_literal(out, "\"");
            }
            Template::Default(value, default) => self.defaulted(value, default, out),
            Template::Encoded(value) => {
                let mut inner = Vec::new();
                self.encoded += 1;
                if self.encoded > MAX_ENCODED {
                    self.errors.at(self.used_at, TOO_MUCH_ENCODED);
                } else {
                    self.json(value, &mut inner);
                }
                self.encoded -= 1;
                match inner.as_slice() {
                    [Operation::Literal(json)] => push_literal(out, &quote(json)),
                    _ => out.push(Operation::Encoded(inner)),
                }
            }
            Template::Splice(used) => {
                self.errors.at(used.span, "`..` splices a list into an array only");
            }
            Template::Chain(_) => {
                self.errors
                    .at(self.used_at, "`+` joins text and JSON at the root of an envelope only");
            }
        }
    }

    fn slot(&mut self, used: &SlotUse, out: &mut Vec<Operation>) {
        match content(&used.slot, self.variant) {
            Content::Nothing => self.missing(used),
            Content::Constant(json) => push_literal(out, &cast_constant(json, used.cast)),
            Content::Text(text) => self.string(out, |this, out| {
                this.text(&text, Within::String, out);
            }),
            Content::Display => self.string(out, |this, out| this.display(Within::String, out)),
            Content::Value(source) => self.value(source, used.cast, out),
            Content::ValueOr(source, default) => {
                let any = vec![self.argument(source.clone(), View::Json)];
                let mut then = Vec::new();
                self.value(source, used.cast, &mut then);
                let mut otherwise = Vec::new();
                push_literal(&mut otherwise, &cast_constant(default, used.cast));
                out.push(Operation::When { any, then, otherwise });
            }
            Content::Template(template) => self.json(template, out),
            Content::Object(fields) => {
                push_literal(out, "{");
                let mut commas = Commas::None;
                self.fields(fields, &mut commas, out);
                push_literal(out, "}");
            }
            Content::Array(fields) => {
                for (index, field) in fields.into_iter().enumerate() {
                    push_literal(out, if index == 0 { "[" } else { "," });
                    self.value(Source::Field(field), None, out);
                }
                push_literal(out, "]");
            }
        }
    }

    pub(super) fn string(
        &mut self,
        out: &mut Vec<Operation>,
        inside: impl FnOnce(&mut Self, &mut Vec<Operation>),
    ) {
        push_literal(out, "\"");
        inside(self, out);
        push_literal(out, "\"");
    }

    /// A value that is known at run time.
    pub(super) fn value(&mut self, source: Source, cast: Option<Cast>, out: &mut Vec<Operation>) {
        let own = match &source {
            Source::Field(index) => self.variant.fields[*index].cast,
            _ => None,
        };
        let argument = self.argument(source, View::Json);
        if cast.or(own) != Some(Cast::String) {
            out.push(Operation::Json(argument));
            return;
        }
        let mut then = Vec::new();
        push_literal(&mut then, "\"");
        then.push(Operation::Characters { argument, within: Within::String, bounded: false });
        push_literal(&mut then, "\"");
        let mut otherwise = Vec::new();
        push_literal(&mut otherwise, "null");
        out.push(Operation::When { any: vec![argument], then, otherwise });
    }

    pub(super) fn missing(&self, used: &SlotUse) {
        let variant = self.variant;
        if variant.unread && !matches!(used.slot, Slot::Field(_)) {
            return;
        }
        let why = match &used.slot {
            Slot::Code => "has no code".to_owned(),
            Slot::Message => {
                "has no message; give it `message = \"…\"`, or mark the field that holds it with `#[ws_error(message)]`".to_owned()
            }
            Slot::Details if variant.internal => {
                "is internal, and has no details unless it names them: `details(field)`".to_owned()
            }
            Slot::Details if variant.fields.iter().any(|field| field.source) => {
                "has a source, and no details unless it names them: `details(field)`".to_owned()
            }
            Slot::Details => "has no details: it has no fields for the wire".to_owned(),
            Slot::RetryAfter => "has no wait: its policy is not `after(…)`".to_owned(),
            Slot::Close | Slot::Reason => "does not close the connection with a code".to_owned(),
            Slot::Set(name) => format!("does not set `{name}`"),
            Slot::Field(name) => match variant.field(name) {
                Some(_) => format!("has `{name}` as a source, which never reaches the client"),
                None => format!("has no field `{name}`"),
            },
            _ => "has none".to_owned(),
        };
        self.errors.at(
            used.span,
            format!(
                "`{}` must be there, and the variant `{}` {why}\nor leave it out where it is nothing, `\"key\"?: …`, or give a default, `?? …`",
                used.text(),
                variant.ident,
            ),
        );
        self.errors.at(
            variant.ident.span(),
            format!("`{}` is missing from this variant", used.slot.text()),
        );
    }

    fn defaulted(&mut self, value: &Template, default: &Template, out: &mut Vec<Operation>) {
        match template_presence(value, self.variant) {
            Presence::Always => self.json(value, out),
            Presence::Never => self.right_side(default, out),
            Presence::When(sources) => {
                let any = self.arguments(sources);
                let (mut then, mut otherwise) = (Vec::new(), Vec::new());
                self.json(value, &mut then);
                self.right_side(default, &mut otherwise);
                out.push(Operation::When { any, then, otherwise });
            }
        }
    }

    /// The right side of `??`: what the variant lacks there is `null`.
    pub(super) fn right_side(&mut self, default: &Template, out: &mut Vec<Operation>) {
        if template_presence(default, self.variant) == Presence::Never {
            push_literal(out, "null");
        } else {
            self.json(default, out);
        }
    }
}
