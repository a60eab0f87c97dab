//! Values that stand in a message twice, of which one is as it was.

use super::plan::{Capture, FramePattern, Pattern, Segment};
use crate::catalog::Filter;

impl FramePattern {
    /// Keeps a value where it is as it was, and not where a filter has replaced characters of it.
    pub(super) fn keep_what_is_exact(&mut self) {
        let mut exact: Vec<Capture> = Vec::new();
        self.each_captures(&mut |captures, is_exact| {
            if is_exact {
                exact.extend(captures.iter().copied());
            }
        });
        self.each_captures(&mut |captures, is_exact| {
            if !is_exact {
                captures.retain(|one| !exact.iter().any(|other| one.is_same(*other)));
            }
        });
    }

    fn each_captures(&mut self, visit: &mut impl FnMut(&mut Vec<Capture>, bool)) {
        match self {
            Self::Json(pattern) => pattern.each_captures(true, visit),
            Self::Text(segments) => {
                segments.iter_mut().for_each(|segment| segment.each_captures(true, visit));
            }
        }
    }
}

impl Pattern {
    fn each_captures(&mut self, is_exact: bool, visit: &mut impl FnMut(&mut Vec<Capture>, bool)) {
        match self {
            Self::Constant(_) => {}
            Self::Value { captures, .. } | Self::Code { captures, .. } => visit(captures, is_exact),
            Self::Object(members) => {
                members.iter_mut().for_each(|one| one.value.each_captures(is_exact, visit));
            }
            Self::Array(elements) => {
                elements.iter_mut().for_each(|one| one.value.each_captures(is_exact, visit));
            }
            Self::Text(segments) => {
                segments.iter_mut().for_each(|one| one.each_captures(is_exact, visit));
            }
            Self::Encoded(pattern) | Self::Lenient(pattern) => {
                pattern.each_captures(is_exact, visit);
            }
            Self::OneOf(patterns) => {
                patterns.iter_mut().for_each(|one| one.each_captures(is_exact, visit));
            }
            Self::Both(one, other) => {
                one.each_captures(is_exact, visit);
                other.each_captures(is_exact, visit);
            }
        }
    }
}

impl Segment {
    fn each_captures(&mut self, is_exact: bool, visit: &mut impl FnMut(&mut Vec<Capture>, bool)) {
        match self {
            Self::Literal(_) => {}
            Self::Slot(pattern) | Self::Json(pattern) => pattern.each_captures(is_exact, visit),
            Self::Filtered(filter, pattern) => {
                let is_undone = !matches!(filter, Filter::Line | Filter::Word);
                pattern.each_captures(is_exact && is_undone, visit);
            }
            Self::Optional(segments) => {
                segments.iter_mut().for_each(|one| one.each_captures(is_exact, visit));
            }
        }
    }
}

impl Capture {
    /// Whether two are kept as the same.
    fn is_same(self, other: Self) -> bool {
        match (self, other) {
            (Self::Code, Self::Code)
            | (Self::Message, Self::Message)
            | (Self::Details, Self::Details) => true,
            (Self::Field(one), Self::Field(other)) => one.ident == other.ident,
            (Self::Context(one), Self::Context(other)) => one.name == other.name,
            _ => false,
        }
    }
}
