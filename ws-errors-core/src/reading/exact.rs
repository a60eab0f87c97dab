//! Values that stand in a message twice, of which one is as it was.

use super::plan::{Capture, FramePattern, Pattern};
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
        self.each_pattern_mut(&mut |pattern, filter| {
            pattern.each_captures(is_undone(filter), visit)
        });
    }
}

/// Whether a reader gets the characters that a filter was given.
fn is_undone(filter: Option<Filter>) -> bool {
    !matches!(filter, Some(Filter::Line | Filter::Word))
}

impl Pattern {
    fn each_captures(&mut self, is_exact: bool, visit: &mut impl FnMut(&mut Vec<Capture>, bool)) {
        match self {
            Self::Value { captures, .. } | Self::Code { captures, .. } => visit(captures, is_exact),
            pattern => pattern.each_child_mut(&mut |child, filter| {
                child.each_captures(is_exact && is_undone(filter), visit);
            }),
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
