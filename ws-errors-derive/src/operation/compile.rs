//! The compiler: static parts are joined, commas settled as far as they can be.

use proc_macro2::Span;

use super::{Encoding, Operation, Parameter, Present, TailElement, View, Within};
use crate::attr::text::{Piece, Text};
use crate::cursor::{MAX_ENCODED, TOO_MUCH_ENCODED};
use crate::errors::Errors;
use crate::model::{Envelope, Variant};
use crate::slot::{Content, Presence, Source, content, template_presence};
use crate::template::{
    Cast, Element, Format, Member, Part, Slot, SlotUse, Template, push_escaped, quote,
};

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

struct Compiler<'m> {
    variant: &'m Variant<'m>,
    errors: &'m Errors,
    parameters: Vec<Parameter>,
    used_at: Span,
    /// How many `json(…)` it is in, through constants as well.
    encoded: u8,
}

impl<'m> Compiler<'m> {
    fn argument(&mut self, source: Source, view: View) -> u16 {
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

    fn arguments(&mut self, sources: Vec<Source>) -> Vec<u16> {
        sources.into_iter().map(|source| self.argument(source, View::Json)).collect()
    }

    /// A value where one has to stand.
    fn json(&mut self, template: &Template, out: &mut Vec<Operation>) {
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

    fn string(
        &mut self,
        out: &mut Vec<Operation>,
        inside: impl FnOnce(&mut Self, &mut Vec<Operation>),
    ) {
        push_literal(out, "\"");
        inside(self, out);
        push_literal(out, "\"");
    }

    /// A value that is known at run time.
    fn value(&mut self, source: Source, cast: Option<Cast>, out: &mut Vec<Operation>) {
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

    fn missing(&self, used: &SlotUse) {
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

    fn object(&mut self, members: &[Member], out: &mut Vec<Operation>) {
        push_literal(out, "{");
        let mut commas = Commas::None;
        for member in members {
            match member {
                Member::Splice(used) => {
                    if let Content::Object(fields) = content(&used.slot, self.variant) {
                        self.fields(fields, &mut commas, out);
                    }
                }
                Member::Pair { key, optional, value } => {
                    let key = quote(key) + ":";
                    let presence = if *optional {
                        template_presence(value, self.variant)
                    } else {
                        Presence::Always
                    };
                    self.member(&key, presence, &mut commas, out, |this, out| {
                        this.json(value, out);
                    });
                }
            }
        }
        push_literal(out, "}");
    }

    /// Fields as members, those that are `None` left out.
    fn fields(&mut self, fields: Vec<usize>, commas: &mut Commas, out: &mut Vec<Operation>) {
        for index in fields {
            let key = quote(&self.variant.fields[index].name) + ":";
            let source = Source::Field(index);
            let presence = Presence::When(vec![source.clone()]);
            self.member(&key, presence, commas, out, |this, out| this.value(source, None, out));
        }
    }

    fn member(
        &mut self,
        key: &str,
        presence: Presence,
        commas: &mut Commas,
        out: &mut Vec<Operation>,
        value: impl FnOnce(&mut Self, &mut Vec<Operation>),
    ) {
        match presence {
            Presence::Never => {}
            Presence::Always => {
                commas.push(out);
                *commas = Commas::Certain;
                push_literal(out, key);
                value(self, out);
            }
            Presence::When(sources) => {
                let any = self.arguments(sources);
                let mut then = Vec::new();
                commas.push(&mut then);
                if matches!(commas, Commas::None) {
                    *commas = Commas::Perhaps;
                }
                push_literal(&mut then, key);
                value(self, &mut then);
                out.push(Operation::When { any, then, otherwise: Vec::new() });
            }
        }
    }

    fn array(&mut self, elements: &[Element], out: &mut Vec<Operation>) {
        // Whether an element is there is asked of the value in front of its default.
        let there = |element: &Element| match &element.value {
            _ if !element.optional => Presence::Always,
            Template::Default(value, _) => template_presence(value, self.variant),
            value => template_presence(value, self.variant),
        };
        let mut there: Vec<Presence> = elements.iter().map(there).collect();
        while there.last() == Some(&Presence::Never) {
            there.pop();
        }
        let certain = there.iter().take_while(|presence| **presence == Presence::Always).count();
        push_literal(out, "[");
        let mut commas = Commas::None;
        for element in elements.iter().take(certain) {
            match &element.value {
                Template::Splice(used) => self.splice(used, &mut commas, out),
                value => {
                    commas.push(out);
                    commas = Commas::Certain;
                    self.json(value, out);
                }
            }
        }
        let mut tail = Vec::new();
        for (element, presence) in elements.iter().zip(there).skip(certain) {
            let (mut then, mut otherwise) = (Vec::new(), Vec::new());
            let default = match &element.value {
                Template::Default(_, default) => Some(default),
                _ => None,
            };
            match default {
                Some(default) => self.right_side(default, &mut otherwise),
                None => push_literal(&mut otherwise, "null"),
            }
            let present = match presence {
                Presence::Never => Present::Never,
                Presence::Always => Present::Always,
                Presence::When(sources) => Present::Any(self.arguments(sources)),
            };
            match (&present, &element.value) {
                (Present::Never, _) => {}
                (_, Template::Default(value, _)) if element.optional => {
                    self.json(value, &mut then);
                }
                (_, value) => self.json(value, &mut then),
            }
            tail.push(TailElement { present, then, otherwise });
        }
        if !tail.is_empty() {
            out.push(Operation::Tail(tail));
        }
        push_literal(out, "]");
    }

    /// The elements of a list. The list may be nothing: then there are none.
    fn splice(&mut self, used: &SlotUse, commas: &mut Commas, out: &mut Vec<Operation>) {
        match content(&used.slot, self.variant) {
            Content::Nothing => {}
            Content::Value(source) => {
                out.push(Operation::Splice(self.argument(source, View::Json)));
                if matches!(commas, Commas::None) {
                    *commas = Commas::Perhaps;
                }
            }
            Content::Array(fields) => {
                for field in fields {
                    commas.push(out);
                    *commas = Commas::Certain;
                    self.value(Source::Field(field), None, out);
                }
            }
            _ => self.errors.at(
                used.span,
                format!(
                    "`..` splices a list, and `{}` is none in the variant `{}`",
                    used.text(),
                    self.variant.ident
                ),
            ),
        }
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
    fn right_side(&mut self, default: &Template, out: &mut Vec<Operation>) {
        if template_presence(default, self.variant) == Presence::Never {
            push_literal(out, "null");
        } else {
            self.json(default, out);
        }
    }

    fn composed(&mut self, parts: &[Part], within: Within, out: &mut Vec<Operation>) {
        for part in parts {
            match part {
                Part::Literal(text) => push_text(out, text, within),
                Part::Slot(used) => self.characters(used, within, out),
            }
        }
    }

    /// The characters of a slot, as its filter makes them.
    fn characters(&mut self, used: &SlotUse, within: Within, out: &mut Vec<Operation>) {
        let Some(filter) = used.filter else { return self.unfiltered(used, within, out) };
        let mut operations = Vec::new();
        self.unfiltered(used, Within::Raw, &mut operations);
        match operations.as_slice() {
            [] => push_text(out, &filter.apply(""), within),
            [Operation::Literal(text)] => push_text(out, &filter.apply(text), within),
            _ => out.push(Operation::Filtered { filter, within, operations }),
        }
    }

    fn unfiltered(&mut self, used: &SlotUse, within: Within, out: &mut Vec<Operation>) {
        match content(&used.slot, self.variant) {
            Content::Nothing => self.missing(used),
            Content::Constant(json) => push_text(out, &unquote(&json), within),
            Content::Text(text) => self.text(&text, within, out),
            Content::Display => self.display(within, out),
            Content::Value(source) => {
                let argument = self.argument(source, View::Json);
                out.push(Operation::Characters { argument, within, bounded: false });
            }
            Content::ValueOr(source, default) => {
                let argument = self.argument(source, View::Json);
                let mut otherwise = Vec::new();
                push_text(&mut otherwise, &default, within);
                let then = vec![Operation::Characters { argument, within, bounded: false }];
                out.push(Operation::When { any: vec![argument], then, otherwise });
            }
            Content::Template(Template::Composed(parts)) => self.composed(parts, within, out),
            Content::Template(Template::Constant(json)) => push_text(out, json, within),
            Content::Template(Template::Slot(inner)) => self.characters(inner, within, out),
            Content::Template(_) | Content::Object(_) | Content::Array(_) => self.errors.at(
                used.span,
                format!("`{}` is no text in the variant `{}`", used.text(), self.variant.ident),
            ),
        }
    }

    /// A text with fields in it, as `Display` writes them.
    fn text(&mut self, text: &Text, within: Within, out: &mut Vec<Operation>) {
        for piece in &text.pieces {
            match piece {
                Piece::Literal(text) => push_text(out, text, within),
                Piece::Field { name, spec } => {
                    // A placeholder that is no field is told by the checks.
                    let Some(index) = self.variant.field(name) else { continue };
                    let view = View::Display(spec.clone());
                    let argument = self.argument(Source::Field(index), view);
                    out.push(Operation::Characters { argument, within, bounded: true });
                }
            }
        }
    }

    fn display(&mut self, within: Within, out: &mut Vec<Operation>) {
        let argument = self.argument(Source::Display, View::Display(String::new()));
        out.push(Operation::Characters { argument, within, bounded: true });
    }

    fn chain(&mut self, elements: &[Element], out: &mut Vec<Operation>) {
        for element in elements {
            let presence = if element.optional {
                template_presence(&element.value, self.variant)
            } else {
                Presence::Always
            };
            match presence {
                Presence::Never => {}
                Presence::Always => self.link(&element.value, out),
                Presence::When(sources) => {
                    let any = self.arguments(sources);
                    let mut then = Vec::new();
                    self.link(&element.value, &mut then);
                    out.push(Operation::When { any, then, otherwise: Vec::new() });
                }
            }
        }
    }

    fn link(&mut self, template: &Template, out: &mut Vec<Operation>) {
        match template {
            Template::Composed(parts) => self.composed(parts, Within::Text, out),
            template => self.json(template, out),
        }
    }
}

/// What is known of the members written so far.
enum Commas {
    /// None is written.
    None,
    /// Perhaps one is written: the encoder looks.
    Perhaps,
    /// One is written.
    Certain,
}

impl Commas {
    fn push(&self, out: &mut Vec<Operation>) {
        match self {
            Self::None => {}
            Self::Perhaps => out.push(Operation::Comma),
            Self::Certain => push_literal(out, ","),
        }
    }
}

fn push_literal(out: &mut Vec<Operation>, text: &str) {
    if text.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(Operation::Literal(last)) => last.push_str(text),
        _ => out.push(Operation::Literal(text.to_owned())),
    }
}

fn push_text(out: &mut Vec<Operation>, text: &str, within: Within) {
    match within {
        Within::Text | Within::Raw => push_literal(out, text),
        Within::String => {
            let mut escaped = String::new();
            push_escaped(&mut escaped, text);
            push_literal(out, &escaped);
        }
    }
}

fn cast_constant(json: String, cast: Option<Cast>) -> String {
    match cast {
        Some(Cast::String) if !json.starts_with('"') => quote(&json),
        _ => json,
    }
}

/// The characters of a constant.
pub(crate) fn unquote(json: &str) -> String {
    let Some(inside) = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return json.to_owned();
    };
    let mut out = String::new();
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some('b') => out.push('\u{8}'),
            Some('f') => out.push('\u{c}'),
            Some('u') => {
                let digits: String = characters.by_ref().take(4).collect();
                out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}
