//! What can be asked of a pattern.

use super::entry::filter_constants;
use super::plan::{Capture, FramePattern, Pattern, Reading, Segment, Step};
use crate::catalog::Filter;
use crate::json::{Json, Kinds};

impl FramePattern {
    /// The constant that it requires in a place of its JSON.
    pub fn constant_at(&self, path: &[Step]) -> Option<&Json> {
        match self {
            Self::Json(pattern) => pattern.constant_at(path),
            Self::Text(_) => None,
        }
    }
}

impl Pattern {
    /// The types of the values that it matches, as far as they are known.
    pub fn kinds(&self) -> Kinds {
        match self {
            Self::Constant(json) => json.kind(),
            Self::Value { kinds, .. } => *kinds,
            Self::Code { quoted: true, .. } => Kinds::STRING,
            Self::Code { kinds, .. } => *kinds,
            Self::Object(_) => Kinds::OBJECT,
            Self::Array(_) => Kinds::ARRAY,
            Self::Text(_) | Self::Encoded(_) => Kinds::STRING,
            Self::OneOf(patterns) => {
                patterns.iter().fold(Kinds::NONE, |kinds, pattern| kinds.or(pattern.kinds()))
            }
            Self::Both(one, other) => one.kinds().and(other.kinds()),
            Self::Lenient(_) => Kinds::ANY,
        }
    }

    /// The constant that it requires in a place.
    pub fn constant_at(&self, path: &[Step]) -> Option<&Json> {
        match (self, path) {
            (Self::Constant(json), []) => json.is_scalar().then_some(json),
            (Self::Both(one, _), path) => one.constant_at(path),
            (Self::Object(members), [Step::Key(key), rest @ ..]) => members
                .iter()
                .find(|member| member.key == *key && !member.optional)
                .and_then(|member| member.value.constant_at(rest)),
            (Self::Array(elements), [Step::Index(index), rest @ ..]) => {
                let element = elements.get(*index).filter(|element| !element.optional)?;
                let is_placed = elements.iter().take(index + 1).all(|element| !element.spliced);
                is_placed.then(|| element.value.constant_at(rest)).flatten()
            }
            _ => None,
        }
    }

    /// All that it requires to be constant, each with its place.
    pub(super) fn constants<'p>(
        &'p self,
        path: &mut Vec<Step>,
        found: &mut impl FnMut(&[Step], &'p Json),
    ) {
        match self {
            Self::Constant(json) if json.is_scalar() => found(path, json),
            Self::Both(one, _) => one.constants(path, found),
            Self::Object(members) => {
                for member in members.iter().filter(|member| !member.optional) {
                    path.push(Step::Key(member.key.clone()));
                    member.value.constants(path, found);
                    path.pop();
                }
            }
            Self::Array(elements) => {
                let placed = elements.iter().take_while(|element| !element.spliced);
                for (index, element) in placed.enumerate().filter(|(_, e)| !e.optional) {
                    path.push(Step::Index(index));
                    element.value.constants(path, found);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    /// Calls `visit` for each pattern that stands directly in it.
    pub fn each_child<'p>(&'p self, visit: &mut impl FnMut(&'p Self)) {
        match self {
            Self::Constant(_) | Self::Value { .. } | Self::Code { .. } => {}
            Self::Object(members) => members.iter().for_each(|member| visit(&member.value)),
            Self::Array(elements) => elements.iter().for_each(|element| visit(&element.value)),
            Self::Text(segments) => segments.iter().for_each(|one| one.each_pattern(visit)),
            Self::Encoded(pattern) | Self::Lenient(pattern) => visit(pattern),
            Self::OneOf(patterns) => patterns.iter().for_each(visit),
            Self::Both(one, other) => {
                visit(one);
                visit(other);
            }
        }
    }

    /// The same for those that change it, with the filter behind which it stands.
    pub(super) fn each_child_mut(&mut self, visit: &mut impl FnMut(&mut Self, Option<Filter>)) {
        match self {
            Self::Constant(_) | Self::Value { .. } | Self::Code { .. } => {}
            Self::Object(members) => {
                members.iter_mut().for_each(|member| visit(&mut member.value, None));
            }
            Self::Array(elements) => {
                elements.iter_mut().for_each(|element| visit(&mut element.value, None));
            }
            Self::Text(segments) => {
                segments.iter_mut().for_each(|one| one.each_pattern_mut(visit));
            }
            Self::Encoded(pattern) | Self::Lenient(pattern) => visit(pattern, None),
            Self::OneOf(patterns) => patterns.iter_mut().for_each(|one| visit(one, None)),
            Self::Both(one, other) => {
                visit(one, None);
                visit(other, None);
            }
        }
    }

    /// Whether there is one in it of which this holds, itself among them.
    pub fn any(&self, is_wanted: &impl Fn(&Self) -> bool) -> bool {
        let mut found = is_wanted(self);
        if !found {
            self.each_child(&mut |child| found = found || child.any(is_wanted));
        }
        found
    }

    /// Whether it has the code of an error that nobody declared.
    pub(super) fn has_code(&self) -> bool {
        self.any(&|pattern| matches!(pattern, Self::Code { .. }))
    }

    /// Whether it has a constant or a code, by which messages are known.
    pub(super) fn is_telling(&self) -> bool {
        match self {
            Self::Constant(_) | Self::Code { .. } => true,
            Self::Lenient(_) => false,
            Self::Text(segments) => segments.iter().any(|segment| match segment {
                Segment::Literal(_) => true,
                Segment::Slot(pattern) | Segment::Filtered(_, pattern) | Segment::Json(pattern) => {
                    pattern.is_telling()
                }
                Segment::Optional(_) => false,
            }),
            // A constant among them is a default: what stands there otherwise tells.
            Self::OneOf(patterns) => {
                let is_constant = |pattern: &&Self| matches!(pattern, Self::Constant(_));
                patterns.iter().all(|pattern| is_constant(&pattern))
                    || patterns.iter().any(|pattern| !is_constant(&pattern) && pattern.is_telling())
            }
            pattern => {
                let mut is_telling = false;
                pattern.each_child(&mut |child| is_telling = is_telling || child.is_telling());
                is_telling
            }
        }
    }

    /// Has the text that is kept as the message compared with this, too.
    pub(super) fn compare_message(&mut self, text: &Self) {
        match self {
            Self::Value { captures, .. } => {
                if captures.iter().any(|capture| matches!(capture, Capture::Message)) {
                    *self = Self::Both(Box::new(text.clone()), Box::new(self.clone()));
                }
            }
            Self::Both(..) => {}
            pattern => pattern.each_child_mut(&mut |child, filter| {
                child.compare_behind(filter, text);
            }),
        }
    }

    fn compare_behind(&mut self, filter: Option<Filter>, text: &Self) {
        let mut text = text.clone();
        if let Some(filter) = filter {
            filter_constants(filter, &mut text);
        }
        self.compare_message(&text);
    }

    /// The pattern where nothing is not `null`: it is left out, or has no characters.
    pub(super) fn without_null(self) -> Self {
        match self {
            Self::OneOf(mut patterns)
                if matches!(patterns.as_slice(), [Self::Constant(Json::Null), _]) =>
            {
                patterns.swap_remove(1)
            }
            pattern => pattern,
        }
    }

    /// Any value, which is kept.
    pub(super) fn any_value(captures: Vec<Capture>) -> Self {
        Self::value(Kinds::ANY, captures)
    }

    /// A value of these types.
    pub(super) fn value(kinds: Kinds, captures: Vec<Capture>) -> Self {
        Self::Value { kinds, ty: None, optional: false, captures }
    }
}

impl Segment {
    /// Calls `visit` for each pattern that stands directly in it.
    pub fn each_pattern<'p>(&'p self, visit: &mut impl FnMut(&'p Pattern)) {
        match self {
            Self::Literal(_) => {}
            Self::Slot(pattern) | Self::Filtered(_, pattern) | Self::Json(pattern) => {
                visit(pattern)
            }
            Self::Optional(segments) => segments.iter().for_each(|one| one.each_pattern(visit)),
        }
    }

    fn each_pattern_mut(&mut self, visit: &mut impl FnMut(&mut Pattern, Option<Filter>)) {
        match self {
            Self::Literal(_) => {}
            Self::Slot(pattern) | Self::Json(pattern) => visit(pattern, None),
            Self::Filtered(filter, pattern) => visit(pattern, Some(*filter)),
            Self::Optional(segments) => {
                segments.iter_mut().for_each(|one| one.each_pattern_mut(visit));
            }
        }
    }
}

impl FramePattern {
    /// Calls `visit` for its patterns, each with the filter behind which it stands.
    pub(super) fn each_pattern_mut(
        &mut self,
        visit: &mut impl FnMut(&mut Pattern, Option<Filter>),
    ) {
        match self {
            Self::Json(pattern) => visit(pattern, None),
            Self::Text(segments) => segments.iter_mut().for_each(|one| one.each_pattern_mut(visit)),
        }
    }

    /// Has the text that is kept as the message compared with this, too.
    pub(super) fn compare_message(&mut self, text: &Pattern) {
        self.each_pattern_mut(&mut |pattern, filter| pattern.compare_behind(filter, text));
    }

    /// Whether where a slot ends may take a second try: not where nothing but literals comes behind it.
    pub(super) fn is_separated(&self) -> bool {
        let is_separated = |pattern: &Pattern| match pattern {
            Pattern::Text(segments) => are_separated(segments, false),
            _ => false,
        };
        match self {
            Self::Json(pattern) => pattern.any(&is_separated),
            Self::Text(segments) => {
                let mut found = are_separated(segments, false);
                let mut look = |pattern: &Pattern| found |= pattern.any(&is_separated);
                segments.iter().for_each(|segment| segment.each_pattern(&mut look));
                found
            }
        }
    }
}

/// Whether more than literals comes behind a slot, in the segments or `behind` them.
fn are_separated(segments: &[Segment], behind: bool) -> bool {
    segments.iter().enumerate().any(|(index, segment)| {
        let is_literal = |segment: &Segment| matches!(segment, Segment::Literal(_));
        let behind = behind || !segments.iter().skip(index + 1).all(is_literal);
        match segment {
            // They say themselves where they end.
            Segment::Literal(_) | Segment::Json(_) | Segment::Filtered(Filter::Quoted, _) => false,
            Segment::Slot(_) | Segment::Filtered(..) => behind,
            Segment::Optional(inner) => are_separated(inner, behind),
        }
    })
}

impl Reading {
    /// The constant characters with which a text ends.
    pub fn terminator(&self) -> Option<&str> {
        match &self.frame {
            FramePattern::Text(segments) => match segments.last()? {
                Segment::Literal(text) => Some(text),
                _ => None,
            },
            FramePattern::Json(_) => None,
        }
    }
}
