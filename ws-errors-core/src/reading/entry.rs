//! What the frames of an entry look like: its shape, made ready for matching.

use std::borrow::Cow;

use super::plan::{Capture, Codes, ElementPattern, FramePattern, MemberPattern, Pattern, Segment};
use crate::catalog::{Cast, Entry, Field, FieldType, Filter, Format, Message};
use crate::json::{Json, Kinds};
use crate::shape::{Fragment, Item, Shape};

/// Makes patterns, and collects the types in them.
pub(super) struct Patterns<'k> {
    pub(super) types: Vec<FieldType>,
    /// The JSON types that the values of a field's type have, as far as they are known.
    pub(super) kinds_of: &'k dyn Fn(&FieldType) -> Kinds,
}

impl Patterns<'_> {
    /// What the frames of an entry look like.
    pub(super) fn frame(
        &mut self,
        entry: &'static Entry,
        shape: &Shape,
        format: &Format,
    ) -> FramePattern {
        match shape {
            Shape::Chain(items) => FramePattern::Text(self.chain(entry, items)),
            _ if *format == Format::Text || (*format == Format::Binary && is_text(shape)) => {
                FramePattern::Text(segments(self.pattern(entry, shape)))
            }
            _ => FramePattern::Json(self.pattern(entry, shape)),
        }
    }

    fn chain(&mut self, entry: &'static Entry, items: &[Item]) -> Vec<Segment> {
        let mut chain = Vec::new();
        for item in items {
            let link = match &item.value {
                Shape::Composed(fragments) => self.fragments(entry, fragments),
                shape => vec![Segment::Json(self.pattern(entry, shape))],
            };
            if item.optional {
                chain.push(Segment::Optional(link));
            } else {
                chain.extend(link);
            }
        }
        chain
    }

    fn pattern(&mut self, entry: &'static Entry, shape: &Shape) -> Pattern {
        match shape {
            Shape::Constant(json) => opened(parse(json)),
            Shape::Code(field, cast) => Pattern::Code {
                kinds: self.kinds_of_code(field),
                quoted: *cast == Some(Cast::String),
                codes: Codes::Undeclared,
                captures: vec![Capture::Code, Capture::Field(field)],
            },
            Shape::Message(Message::Field(name)) => match entry.field(name) {
                Some(field) => {
                    self.typed(field.ty, field.cast, vec![Capture::Message, Capture::Field(field)])
                }
                None => Pattern::any_value(vec![Capture::Message]),
            },
            Shape::Message(_) => Pattern::value(Kinds::STRING, vec![Capture::Message]),
            // Whether it is recoverable follows from the entry, and says nothing more about it.
            shape if is_recoverable(shape) => Pattern::any_value(Vec::new()),
            Shape::Text(_) => Pattern::value(Kinds::STRING, Vec::new()),
            Shape::Field(field, cast) => self.typed(field.ty, *cast, vec![Capture::Field(field)]),
            Shape::Context(field, cast) => {
                self.typed((field.ty)(), *cast, vec![Capture::Context(field)])
            }
            Shape::Object(properties) => Pattern::Object(
                properties
                    .iter()
                    .map(|property| MemberPattern {
                        key: property.key.to_owned(),
                        optional: property.optional,
                        value: self.in_place(entry, &property.value, property.optional),
                    })
                    .collect(),
            ),
            // A chain is always the root; here it would be no JSON.
            Shape::Array(items) | Shape::Chain(items) => {
                // What stands before an element that is always there holds its place: by `null`, or
                // by its default.
                let last = items.iter().rposition(|item| !item.optional).unwrap_or(0);
                let holds_its_place = |item: &Item| match &item.value {
                    Shape::Constant(json) => json != "null",
                    Shape::Default(..) => true,
                    _ => false,
                };
                Pattern::Array(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, item)| {
                            let is_held = index < last && holds_its_place(item);
                            let optional = item.optional && !is_held;
                            ElementPattern {
                                optional,
                                spliced: matches!(item.value, Shape::Splice(_)),
                                value: without_null_if(optional, self.by_kind(entry, &item.value)),
                            }
                        })
                        .collect(),
                )
            }
            Shape::Splice(list) => self.pattern(entry, list),
            Shape::Composed(fragments) => Pattern::Text(self.fragments(entry, fragments)),
            // The place of what has a default is an optional one.
            Shape::Default(shape, default) => Pattern::OneOf(match default.as_ref() {
                // `{}` is no object with members here.
                Shape::Constant(json) => {
                    vec![Pattern::Constant(parse(json)), self.in_place(entry, shape, true)]
                }
                default => vec![self.in_place(entry, shape, true), self.pattern(entry, default)],
            }),
            Shape::Encoded(shape) => Pattern::Encoded(Box::new(self.pattern(entry, shape))),
        }
    }

    /// The pattern in a place where nothing is left out, or is not.
    fn in_place(&mut self, entry: &'static Entry, shape: &Shape, optional: bool) -> Pattern {
        without_null_if(optional, self.pattern(entry, shape))
    }

    /// The pattern where no key says what stands there, and so only its kind does.
    fn by_kind(&mut self, entry: &'static Entry, shape: &Shape) -> Pattern {
        match shape {
            shape if is_recoverable(shape) => Pattern::value(Kinds::BOOL, Vec::new()),
            shape => self.pattern(entry, shape),
        }
    }

    fn fragments(&mut self, entry: &'static Entry, fragments: &[Fragment]) -> Vec<Segment> {
        let mut text = Vec::new();
        for fragment in fragments {
            match fragment {
                Fragment::Literal(literal) => push(&mut text, Segment::Literal(literal.clone())),
                Fragment::Open(shape) => push_pattern(&mut text, self.by_kind(entry, shape)),
                Fragment::Filtered(shape, filter) => {
                    let pattern = self.pattern(entry, shape).without_null();
                    text.push(filtered(*filter, pattern));
                }
            }
        }
        text
    }

    /// A value of a field's type.
    pub(super) fn typed(
        &mut self,
        ty: FieldType,
        cast: Option<Cast>,
        captures: Vec<Capture>,
    ) -> Pattern {
        let optional = ty.optional;
        if cast == Some(Cast::String) {
            let kinds = Kinds::STRING.or(Kinds::NULL);
            return Pattern::Value { kinds, ty: None, optional, captures };
        }
        let ty = ty.schema.is_some().then(|| {
            self.types.push(ty);
            self.types.len() - 1
        });
        Pattern::Value { kinds: Kinds::ANY, ty, optional, captures }
    }

    /// The types of the codes that a field takes.
    pub(super) fn kinds_of_code(&self, field: &Field) -> Kinds {
        let kinds = (self.kinds_of)(&field.ty).and(Kinds::CODE);
        if kinds.is_empty() { Kinds::CODE } else { kinds }
    }
}

fn without_null_if(optional: bool, pattern: Pattern) -> Pattern {
    if optional { pattern.without_null() } else { pattern }
}

/// Whether it says that an entry is recoverable, or is not.
fn is_recoverable(shape: &Shape) -> bool {
    matches!(shape, Shape::Text(text) if text.0.is_empty())
}

/// What a filter makes of a pattern. It is undone before it is compared, so that the constants are
/// what comes back of them: some filters replace characters.
pub(super) fn filtered(filter: Filter, mut pattern: Pattern) -> Segment {
    filter_constants(filter, &mut pattern);
    Segment::Filtered(filter, pattern)
}

pub(super) fn filter_constants(filter: Filter, pattern: &mut Pattern) {
    match pattern {
        Pattern::Constant(Json::String(text)) => *text = kept(filter, text, true),
        Pattern::Text(segments) => {
            for (index, segment) in segments.iter_mut().enumerate() {
                match segment {
                    Segment::Literal(text) => *text = kept(filter, text, index == 0),
                    Segment::Slot(pattern) => filter_constants(filter, pattern),
                    Segment::Filtered(..) | Segment::Json(_) | Segment::Optional(_) => {}
                }
            }
        }
        Pattern::OneOf(patterns) => {
            patterns.iter_mut().for_each(|pattern| filter_constants(filter, pattern));
        }
        _ => {}
    }
}

/// What a reader gets of a part of a text behind a filter.
fn kept(filter: Filter, part: &str, is_first: bool) -> String {
    match filter {
        // It is undone as a whole, and keeps all characters.
        Filter::Quoted => part.to_owned(),
        filter => filter
            .undo(&filter.apply_to_part(part, is_first))
            .map_or_else(|| part.to_owned(), Cow::into_owned),
    }
}

/// Whether a template is a string at its root, which is text then.
fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::Composed(_) => true,
        Shape::Constant(json) => json.starts_with('"'),
        _ => false,
    }
}

/// A constant of a template, which is compact JSON.
pub(super) fn parse(json: &str) -> Json {
    Json::parse(json).unwrap_or(Json::Null)
}

/// A constant of a template. Its objects are as open to new members as any.
pub(super) fn opened(json: Json) -> Pattern {
    match json {
        Json::Object(members) => Pattern::Object(
            members
                .into_iter()
                .map(|(key, value)| MemberPattern { key, optional: false, value: opened(value) })
                .collect(),
        ),
        Json::Array(elements) => Pattern::Array(
            elements
                .into_iter()
                .map(|value| ElementPattern {
                    optional: false,
                    spliced: false,
                    value: opened(value),
                })
                .collect(),
        ),
        scalar => Pattern::Constant(scalar),
    }
}

/// What a text frame of the pattern is.
pub(super) fn segments(pattern: Pattern) -> Vec<Segment> {
    let mut text = Vec::new();
    push_pattern(&mut text, pattern);
    text
}

/// Puts the characters of a pattern behind others.
pub(super) fn push_pattern(text: &mut Vec<Segment>, pattern: Pattern) {
    match pattern.without_null() {
        Pattern::Text(segments) => segments.into_iter().for_each(|segment| push(text, segment)),
        Pattern::Constant(Json::String(constant)) => push(text, Segment::Literal(constant)),
        pattern => text.push(Segment::Slot(pattern)),
    }
}

/// Puts a segment behind others. A literal that ends a slot stays apart from what follows it: it is
/// where the slot ends, in all entries of an envelope.
pub(super) fn push(text: &mut Vec<Segment>, segment: Segment) {
    let ends_a_slot = |text: &[Segment]| match text {
        [.., before, Segment::Literal(_)] => !matches!(before, Segment::Literal(_)),
        _ => false,
    };
    match segment {
        Segment::Literal(literal) if literal.is_empty() => {}
        Segment::Literal(literal) if !ends_a_slot(text) => match text.last_mut() {
            Some(Segment::Literal(last)) => last.push_str(&literal),
            _ => text.push(Segment::Literal(literal)),
        },
        segment => text.push(segment),
    }
}
