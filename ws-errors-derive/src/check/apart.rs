//! Rules about what a client can tell apart.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;

use crate::attr::delivery::{Closing, ClosingCode, Delivery};
use crate::attr::text::{Piece, Text};
use crate::errors::Errors;
use crate::expand::Compiled;
use crate::model::{Code, Model, Variant};
use crate::operation::{Encoding, Operation, Present, TailElement};
use crate::slot::{Source, each_slot};
use crate::template::{Cast, Slot, SlotUse, Template};

/// A value in a frame that is known at run time, and text of which that is so. Neither character is
/// ever in what somebody writes.
const VALUE: char = '\u{10FFFE}';
const TEXT: char = '\u{10FFFF}';

/// Two entries that look the same where fields of theirs are `None`, if those can be.
pub(crate) struct Ambiguous<'m> {
    pub(crate) places: [(Span, String); 2],
    pub(crate) fields: Vec<&'m syn::Type>,
}

/// A client knows a message by its constants: its shape, its code, its text where that is constant.
/// Two entries whose frames have the same ones are one entry to it. What is optional may be absent
/// from both and may be there in both, so those two frames stand for all that an entry can be;
/// whether a field can be absent is known when its type is.
pub(crate) fn messages<'m>(
    model: &'m Model<'_>,
    compiled: &Compiled,
    errors: &Errors,
) -> Vec<Ambiguous<'m>> {
    let mut ambiguous = Vec::new();
    for context in 0..model.contexts.len() {
        let mut seen: HashMap<String, (&Variant<'_>, Vec<&syn::Type>)> = HashMap::new();
        for (variant, encodings) in model.variants.iter().zip(&compiled.encodings) {
            let encoded = encodings.iter().find(|encoded| encoded.context == context);
            let Some(encoded) = encoded.filter(|_| !variant.alike && !variant.unread) else {
                continue;
            };
            let Encoding { operations, parameters } = &encoded.encoding;
            let mut told = Vec::new();
            for full in [true, false] {
                let mut frame = Frame { full, ..Frame::default() };
                frame.write(operations);
                // A string with nothing constant in it may be any, like a value that is one.
                let text = frame.text.replace(&format!("\"{TEXT}\""), &VALUE.to_string());
                let absent = frame.absent.iter().filter_map(|argument| {
                    match parameters.get(usize::from(*argument))?.source {
                        Source::Field(index) => Some(variant.fields[index].ty),
                        _ => None,
                    }
                });
                let absent: Vec<&syn::Type> = absent.collect();
                match seen.get(&text) {
                    Some((first, _)) if std::ptr::eq(*first, variant) => {}
                    Some((first, _)) if told.contains(&first.ident) => {}
                    Some((first, others)) => {
                        let places = alike(variant, first);
                        if absent.is_empty() && others.is_empty() {
                            told.push(first.ident);
                            places.into_iter().for_each(|(span, why)| errors.at(span, why));
                        } else {
                            let fields = others.iter().copied().chain(absent).collect();
                            ambiguous.push(Ambiguous { places, fields });
                        }
                    }
                    None => {
                        seen.insert(text, (variant, absent));
                    }
                }
            }
        }
    }
    ambiguous
}

fn alike(variant: &Variant<'_>, first: &Variant<'_>) -> [(Span, String); 2] {
    let remedy = match (&variant.code, &first.code) {
        (Code::None, Code::None) => "give one of the two a `code`, or another text",
        (code, other) if code == other => "give one of the two another `code`",
        _ => "put `code` into the envelope",
    };
    let place = |variant: &Variant<'_>| match variant.code {
        Code::None => variant.ident.span(),
        _ => variant.code_span,
    };
    pair([place(variant), place(first)], [variant, first], "message", remedy)
}

fn pair(
    spans: [Span; 2],
    [variant, first]: [&Variant<'_>; 2],
    what: &str,
    remedy: &str,
) -> [(Span, String); 2] {
    let why = format!(
        "a client can't tell the {what} of `{}` from that of `{}`; {remedy}, or say why they may look the same: `alike = \"…\"`",
        variant.ident, first.ident
    );
    let there = format!("the {what} of `{}` is first used here", first.ident);
    [(spans[0], why), (spans[1], there)]
}

/// The constants of a frame, with all that is optional in it or with nothing of it.
#[derive(Default)]
struct Frame {
    full: bool,
    text: String,
    /// The arguments that are nothing in it.
    absent: Vec<u16>,
}

impl Frame {
    fn write(&mut self, operations: &[Operation]) {
        for operation in operations {
            match operation {
                Operation::Literal(text) => self.text.push_str(text),
                Operation::Json(_) | Operation::Splice(_) => self.text.push(VALUE),
                Operation::Characters { .. } | Operation::Filtered { .. } => {
                    push_text(&mut self.text);
                }
                Operation::When { then, .. } if self.full => self.write(then),
                Operation::When { any, otherwise, .. } => {
                    self.absent.extend(any);
                    self.write(otherwise);
                }
                Operation::Comma => self.comma(),
                Operation::Tail(elements) => self.tail(elements),
                Operation::Encoded(inner) => {
                    self.text.push('`');
                    self.write(inner);
                    self.text.push('`');
                }
            }
        }
    }

    fn comma(&mut self) {
        if !self.text.ends_with(['{', '[', '`']) {
            self.text.push(',');
        }
    }

    fn tail(&mut self, elements: &[TailElement]) {
        let full = self.full;
        let there = |element: &TailElement| match element.present {
            Present::Always => true,
            Present::Never => false,
            Present::Any(_) => full,
        };
        for element in elements {
            if let (Present::Any(any), false) = (&element.present, full) {
                self.absent.extend(any);
            }
        }
        let end = elements.iter().rposition(there).map_or(0, |last| last + 1);
        for element in elements.iter().take(end) {
            self.comma();
            self.write(if there(element) { &element.then } else { &element.otherwise });
        }
    }
}

/// Text behind text is text.
fn push_text(out: &mut String) {
    if !out.ends_with(TEXT) {
        out.push(TEXT);
    }
}

/// A client knows a close by its code and its reason, however it came about. A message before it
/// says more, so what is sent then may close like anything else.
pub(crate) fn closes(model: &Model<'_>, errors: &Errors) {
    let mut seen: HashMap<String, &Variant<'_>> = HashMap::new();
    for variant in model.variants.iter().filter(|variant| !variant.alike && !variant.unread) {
        let code = match (&variant.delivery, variant.delivery.closing()) {
            (Delivery::SoftThenClose(_), _) => continue,
            (Delivery::Observed { code: Some(code), .. }, _) => code.to_string(),
            // The peer of a frame without a status sees 1005 (RFC 6455, section 7.1.5).
            (_, Some(Closing { code: ClosingCode::None, .. })) => "1005".to_owned(),
            (_, Some(Closing { code: ClosingCode::Constant(code), .. })) => code.to_string(),
            (_, Some(Closing { code: ClosingCode::Field(..), .. })) => VALUE.to_string(),
            (_, None) => continue,
        };
        let close = code + " " + &constants(&variant.reason());
        match seen.get(&close) {
            Some(first) => pair(
                [variant.delivery_span, first.delivery_span],
                [variant, first],
                "close",
                "give one of the two another code or reason",
            )
            .into_iter()
            .for_each(|(span, why)| errors.at(span, why)),
            None => {
                seen.insert(close, variant);
            }
        }
    }
}

fn constants(text: &Text) -> String {
    let mut out = String::new();
    for piece in &text.pieces {
        match piece {
            Piece::Literal(text) => out.push_str(text),
            Piece::Field { .. } => push_text(&mut out),
        }
    }
    out
}

/// In a string the number 4003 and the text "4003" are the same, so that a client can't tell what an
/// unknown code is. Where an envelope has codes in strings only, all are numbers or all are texts.
pub(crate) fn kinds_of_codes(model: &Model<'_>, compiled: &Compiled, errors: &Errors) {
    let mut first: HashMap<(usize, bool), &Variant<'_>> = HashMap::new();
    let mut told: HashSet<usize> = HashSet::new();
    for (variant, encodings) in model.variants.iter().zip(&compiled.encodings) {
        let (kind, other) = match variant.code {
            Code::Number(_) => (true, "a text"),
            Code::Text(_) => (false, "a number"),
            Code::None | Code::Field(_) => continue,
        };
        for encoded in encodings {
            let template = variant.envelopes[encoded.context].as_ref().map(|e| &e.template);
            if !template.is_some_and(|template| only_in_strings(template, variant)) {
                continue;
            }
            first.entry((encoded.envelope, kind)).or_insert(variant);
            if let Some(other_kind) = first.get(&(encoded.envelope, !kind))
                && told.insert(encoded.envelope)
            {
                errors.at(
                    variant.code_span,
                    format!(
                        "`code`: in a string a number and a text look the same, and the code of `{}` is {other}; make both numbers or both texts, or write `code` outside of a string",
                        other_kind.ident
                    ),
                );
                errors.at(other_kind.code_span, format!("`code` is {other} here"));
            }
        }
    }
}

/// Whether a template has the code, and only as the characters of a string.
fn only_in_strings(template: &Template, variant: &Variant<'_>) -> bool {
    let (mut anywhere, mut bare) = (false, false);
    each_slot(template, variant, &mut |used: &SlotUse| {
        if used.slot == Slot::Code {
            anywhere = true;
            bare |= used.cast != Some(Cast::String) && used.quoted.is_none();
        }
    });
    anywhere && !bare
}
