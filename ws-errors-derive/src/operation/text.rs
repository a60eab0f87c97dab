//! Characters: strings composed of parts, texts with fields in them, and the links of a chain.

use super::compile::Compiler;
use super::{Operation, View, Within};
use crate::attr::text::{Piece, Text};
use crate::slot::{Content, Presence, Source, content, template_presence};
use crate::template::{Cast, Element, Part, SlotUse, Template, push_escaped, quote};

impl Compiler<'_> {
    pub(super) fn composed(&mut self, parts: &[Part], within: Within, out: &mut Vec<Operation>) {
        for part in parts {
            match part {
                Part::Literal(text) => push_text(out, text, within),
                Part::Slot(used) => self.characters(used, within, out),
            }
        }
    }

    /// The characters of a slot, as its filter makes them.
    pub(super) fn characters(&mut self, used: &SlotUse, within: Within, out: &mut Vec<Operation>) {
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
    pub(super) fn text(&mut self, text: &Text, within: Within, out: &mut Vec<Operation>) {
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

    pub(super) fn display(&mut self, within: Within, out: &mut Vec<Operation>) {
        let argument = self.argument(Source::Display, View::Display(String::new()));
        out.push(Operation::Characters { argument, within, bounded: true });
    }

    pub(super) fn chain(&mut self, elements: &[Element], out: &mut Vec<Operation>) {
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

pub(super) fn push_literal(out: &mut Vec<Operation>, text: &str) {
    if text.is_empty() {
        return;
    }
    match out.last_mut() {
        Some(Operation::Literal(last)) => last.push_str(text),
        _ => out.push(Operation::Literal(text.to_owned())),
    }
}

pub(super) fn push_text(out: &mut Vec<Operation>, text: &str, within: Within) {
    match within {
        Within::Text | Within::Raw => push_literal(out, text),
        Within::String => {
            let mut escaped = String::new();
            push_escaped(&mut escaped, text);
            push_literal(out, &escaped);
        }
    }
}

pub(super) fn cast_constant(json: String, cast: Option<Cast>) -> String {
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
