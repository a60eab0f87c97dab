//! The checks of the readings of a plan.
//!
//! What the place of a pattern says is worked out here, for every language: whether it is a value or the
//! characters of one, where `null` is nothing, and whether objects are closed.

use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::{
    Capture, Class, Codes, ElementPattern, FramePattern, Pattern, Reading, Segment,
};

use super::check::{ANY, Check, FrameCheck, MemberCheck, Part, TEXT, all, any, in_place, lenient};
use super::values::targets;
use super::{Client, Target};
use crate::catalog::{Code, Filter};

impl Client {
    /// What the frames of a reading have to be.
    pub(in crate::export) fn check(&self, reading: &Reading) -> FrameCheck {
        let mut lowering = Lowering { client: self, reading, alone: Vec::new() };
        match &reading.frame {
            FramePattern::Json(pattern) => {
                lowering.alone = lowering.always_alone(pattern);
                FrameCheck::Json(lowering.value(pattern))
            }
            FramePattern::Text(segments) => FrameCheck::Text(lowering.parts(segments)),
        }
    }
}

/// Works out what the places of the patterns of a reading say.
struct Lowering<'c> {
    client: &'c Client,
    reading: &'c Reading,
    /// What stands alone in each message. It counts, so that the same among characters is not kept.
    alone: Vec<Target>,
}

impl Lowering<'_> {
    fn value(&self, pattern: &Pattern) -> Check {
        match pattern {
            Pattern::Constant(json) => Check::Is(json.clone()),
            Pattern::Value { kinds, ty, captures, .. } => {
                self.keep(captures, true, self.typed(*kinds, *ty))
            }
            Pattern::Code { kinds, quoted: true, codes, captures } => {
                all([TEXT, self.code_in_text(*codes, *kinds, captures, true)])
            }
            Pattern::Code { kinds, codes, captures, .. } => {
                let text = kinds.has(Kinds::STRING).then_some(TEXT);
                let number = kinds.has(Kinds::NUMBER).then_some(Check::Whole);
                let code = all([any(text.into_iter().chain(number)), Check::Code(*codes, *kinds)]);
                self.keep(captures, true, code)
            }
            Pattern::Object(members) => {
                let members = members.iter().map(|one| {
                    let value = in_place(one.optional, self.value(&one.value));
                    MemberCheck { key: one.key.clone(), optional: one.optional, value }
                });
                let others = if self.reading.closed { Kinds::NONE } else { Kinds::ANY };
                let others = Box::new(Check::Kinds(others));
                Check::Object { members: members.collect(), others }
            }
            Pattern::Array(elements) => self.array(elements),
            Pattern::Text(segments) => all([TEXT, Check::Text(self.parts(segments))]),
            Pattern::Encoded(inner) => all([TEXT, Check::Encoded(Box::new(self.value(inner)))]),
            Pattern::OneOf(patterns) => self.one_of(patterns, Self::value),
            Pattern::Both(one, other) => self.both(self.value(one), other, true),
            Pattern::Lenient(inner) => lenient(self.value(inner)),
        }
    }

    /// The same of the characters of a value, as they stand in a string or in a text.
    fn characters(&self, pattern: &Pattern) -> Check {
        match pattern {
            Pattern::Constant(Json::String(_)) => self.value(pattern),
            Pattern::Text(segments) => Check::Text(self.parts(segments)),
            Pattern::Value { kinds, ty, optional, captures } => {
                let of = self.typed(*kinds, *ty);
                let value = match of.has_every_text() {
                    true => self.keep(captures, false, ANY),
                    false => Check::Characters(self.targets(captures, false), Box::new(of)),
                };
                any(optional.then(|| Check::Is("".into())).into_iter().chain([value]))
            }
            Pattern::Code { kinds, codes, captures, .. } => {
                self.code_in_text(*codes, *kinds, captures, false)
            }
            Pattern::OneOf(patterns) => self.one_of(patterns, Self::characters),
            Pattern::Both(one, other) => self.both(self.characters(one), other, false),
            Pattern::Lenient(inner) => lenient(self.characters(inner)),
            Pattern::Constant(_) | Pattern::Object(_) | Pattern::Array(_) | Pattern::Encoded(_) => {
                Check::Encoded(Box::new(self.value(pattern)))
            }
        }
    }

    /// A constant comes first where what is the other can't be it.
    fn one_of(&self, patterns: &[Pattern], check: impl Fn(&Self, &Pattern) -> Check) -> Check {
        let mut checks: Vec<Check> = patterns.iter().map(|one| check(self, one)).collect();
        if let [pattern, Pattern::Constant(constant)] = patterns
            && pattern.kinds().and(constant.kind()).is_empty()
        {
            checks.reverse();
        }
        any(checks)
    }

    /// A text that is compared need not be found to be one again.
    fn both(&self, one: Check, other: &Pattern, alone: bool) -> Check {
        let other = match other {
            Pattern::Value { kinds: Kinds::STRING, ty: None, captures, .. } => {
                self.keep(captures, alone, ANY)
            }
            other if alone => self.value(other),
            other => self.characters(other),
        };
        all([one, other])
    }

    /// An array of which the list is spliced, where there is one, and all others are there.
    fn array(&self, elements: &[ElementPattern]) -> Check {
        let Some(at) = elements.iter().position(|one| one.spliced) else {
            let first = elements.iter().map(|one| in_place(one.optional, self.value(&one.value)));
            let (first, last) = (first.collect(), Vec::new());
            let least = elements.iter().rposition(|one| !one.optional).map_or(0, |last| last + 1);
            return Check::Array {
                first,
                rest: Box::new(ANY),
                last,
                least,
                most: Some(elements.len()),
            };
        };
        let all = |elements: &[ElementPattern]| -> Vec<Check> {
            elements.iter().map(|one| self.value(&one.value)).collect()
        };
        let (first, last) = (all(&elements[..at]), all(&elements[at + 1..]));
        let rest = Box::new(self.value(&elements[at].value));
        Check::Array { first, rest, last, least: elements.len() - 1, most: None }
    }

    fn parts(&self, segments: &[Segment]) -> Vec<Part> {
        let parts = segments.iter().map(|segment| match segment {
            Segment::Literal(literal) => Part::Literal(literal.clone()),
            Segment::Json(inner) => Part::Json(inner.kinds(), self.value(inner)),
            Segment::Optional(inner) => Part::Maybe(self.parts(inner)),
            // It says itself where it ends.
            Segment::Filtered(Filter::Quoted, inner) => {
                Part::Json(Kinds::STRING, all([TEXT, self.characters(inner)]))
            }
            // A number says nothing of what was counted.
            Segment::Filtered(Filter::Len, _) => Part::Slot(None, Check::Digits),
            Segment::Slot(inner) => Part::Slot(None, self.characters(inner)),
            Segment::Filtered(filter, inner) => Part::Slot(Some(*filter), self.characters(inner)),
        });
        parts.collect()
    }

    fn code_in_text(&self, codes: Codes, kinds: Kinds, captures: &[Capture], alone: bool) -> Check {
        Check::CodeInText { codes, kinds, targets: self.targets(captures, alone), alone }
    }

    /// A value of the type, or of one of the kinds where it has none.
    fn typed(&self, kinds: Kinds, ty: Option<usize>) -> Check {
        match ty {
            Some(_) => Check::of(&self.client.typing.value(kinds, ty, false)),
            None => Check::Kinds(kinds),
        }
    }

    fn keep(&self, captures: &[Capture], alone: bool, value: Check) -> Check {
        match self.targets(captures, alone) {
            targets if targets.is_empty() => value,
            targets => Check::Keep { targets, alone, value: Box::new(value) },
        }
    }

    /// What a value is kept as: nothing of a message that is no error, and no code that is constant.
    fn targets(&self, captures: &[Capture], alone: bool) -> Vec<Target> {
        if self.reading.class == Class::Success {
            return Vec::new();
        }
        let code = self.reading.entry.map(|entry| entry.code);
        let is_constant = matches!(code, Some(Code::Number(_) | Code::Text(_)));
        let mut targets = targets(captures, self.client.values_of(self.reading));
        targets.retain(|one| !is_constant || *one != Target::Error("code".to_owned()));
        targets.retain(|one| alone || !self.alone.contains(one));
        targets
    }

    /// What a pattern keeps that stands alone, whatever matches it.
    fn always_alone(&self, pattern: &Pattern) -> Vec<Target> {
        match pattern {
            Pattern::Code { captures, .. } => self.targets(captures, true),
            Pattern::Value { kinds, ty, optional: false, captures } => {
                match self.typed(*kinds, *ty) {
                    Check::Kinds(kinds) if !kinds.has(Kinds::NULL) => self.targets(captures, true),
                    Check::Whole => self.targets(captures, true),
                    _ => Vec::new(),
                }
            }
            Pattern::Object(members) => {
                let members = members.iter().filter(|member| !member.optional);
                members.flat_map(|member| self.always_alone(&member.value)).collect()
            }
            Pattern::Array(elements) => {
                let elements = elements.iter().filter(|one| !one.optional && !one.spliced);
                elements.flat_map(|one| self.always_alone(&one.value)).collect()
            }
            _ => Vec::new(),
        }
    }
}
