//! The order in which readings are tried.

use std::cmp::Reverse;

use super::plan::{Class, FramePattern, Pattern, Reading, Segment};
use crate::catalog::Code;
use crate::json::Json;

/// What of a pattern is constant, and what it requires.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Count {
    /// Required constants.
    pub(super) constants: usize,
    /// Required codes that are not constant.
    codes: usize,
    /// The characters of required constants.
    characters: usize,
    /// Required members and elements.
    required: usize,
    /// Members and elements.
    shown: usize,
    /// The characters of messages that are compared.
    compared: usize,
}

/// The place of a reading: the least is tried first.
pub(super) type Rank =
    (Class, Reverse<(usize, usize)>, bool, Reverse<usize>, bool, Reverse<(usize, usize)>);

impl Reading {
    pub(super) fn rank(&self) -> Rank {
        let count = Count::of(&self.frame);
        // A code that stands twice identifies no more than one.
        let constants = count.constants + count.codes.min(1);
        let specific = (constants, count.characters);
        // What nobody declared requires its constants and a code. Its places only say where those are.
        let is_unknown = self.entry.is_none();
        let is_catch_all = self.class == Class::Undeclared
            && self.entry.is_some_and(|entry| matches!(entry.code, Code::Field(_)));
        let required = Reverse(count.required);
        let rest = Reverse((count.compared, count.shown));
        (self.class, Reverse(specific), is_unknown, required, is_catch_all, rest)
    }
}

impl Count {
    pub(super) fn of(frame: &FramePattern) -> Self {
        match frame {
            FramePattern::Json(pattern) => Self::of_pattern(pattern),
            FramePattern::Text(segments) => Self::of_segments(segments),
        }
    }

    fn of_pattern(pattern: &Pattern) -> Self {
        match pattern {
            // A list or an object without members may have some in another version.
            Pattern::Constant(Json::Array(_) | Json::Object(_)) => Self::default(),
            Pattern::Constant(json) => {
                let characters = match json {
                    Json::String(text) => text.chars().count(),
                    _ => 0,
                };
                Self { constants: 1, characters, ..Self::default() }
            }
            Pattern::Lenient(_) => Self::default(),
            Pattern::Code { .. } => Self { codes: 1, ..Self::default() },
            Pattern::Object(members) => Self::sum(
                members.iter().map(|member| Self::of_place(member.optional, &member.value)),
            ),
            Pattern::Array(elements) => Self::sum(elements.iter().map(|element| {
                Self::of_place(element.optional || element.spliced, &element.value)
            })),
            Pattern::Text(segments) => Self::of_segments(segments),
            // What `null` may stand for is what is there.
            Pattern::OneOf(patterns)
                if matches!(patterns.as_slice(), [Pattern::Constant(Json::Null), _]) =>
            {
                patterns.last().map(Self::of_pattern).unwrap_or_default()
            }
            // What each of them requires is required.
            Pattern::OneOf(patterns) => patterns
                .iter()
                .map(Self::of_pattern)
                .reduce(|one, other| Self {
                    constants: one.constants.min(other.constants),
                    codes: one.codes.min(other.codes),
                    characters: one.characters.min(other.characters),
                    required: one.required.min(other.required),
                    shown: one.shown.max(other.shown),
                    compared: one.compared.min(other.compared),
                })
                .unwrap_or_default(),
            // Whether a message is compared depends on other entries: it is no reason to come first.
            Pattern::Both(message, value) => {
                let message = Self::of_pattern(message);
                Self { compared: message.characters, ..Self::of_pattern(value) }
            }
            pattern => {
                let mut count = Self::default();
                pattern.each_child(&mut |child| count = count.and(Self::of_pattern(child)));
                count
            }
        }
    }

    fn of_place(optional: bool, value: &Pattern) -> Self {
        if optional {
            return Self { shown: 1, ..Self::default() };
        }
        Self::of_pattern(value).and(Self { required: 1, shown: 1, ..Self::default() })
    }

    /// The characters of a text are one constant, in however many pieces they are: slots that are
    /// constant in one entry make fewer pieces of it, and not more.
    fn of_segments(segments: &[Segment]) -> Self {
        let mut count = Self::default();
        let (mut is_constant, mut has_code) = (false, false);
        for segment in segments {
            match segment {
                Segment::Literal(text) => {
                    is_constant = true;
                    count.characters += text.chars().count();
                }
                Segment::Slot(pattern) | Segment::Filtered(_, pattern) => {
                    let inner = Self::of_pattern(pattern);
                    is_constant |= inner.constants > 0;
                    count.characters += inner.characters;
                    count.compared += inner.compared;
                    has_code |= inner.codes > 0;
                }
                Segment::Json(pattern) => count = count.and(Self::of_pattern(pattern)),
                Segment::Optional(_) => count.shown += 1,
            }
        }
        count.constants += usize::from(is_constant);
        // A code among constant characters is one with them, as it is where it is constant.
        count.codes += usize::from(has_code && !is_constant);
        count
    }

    fn sum(counts: impl Iterator<Item = Self>) -> Self {
        counts.fold(Self::default(), Self::and)
    }

    fn and(self, other: Self) -> Self {
        Self {
            constants: self.constants + other.constants,
            codes: self.codes + other.codes,
            characters: self.characters + other.characters,
            required: self.required + other.required,
            shown: self.shown + other.shown,
            compared: self.compared + other.compared,
        }
    }
}
