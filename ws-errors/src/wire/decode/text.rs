//! A text against segments.

use std::collections::HashSet;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::matching::Matching;
use crate::catalog::Filter;
use crate::wire::json::Json;
use ws_errors_core::json::Kinds;
use ws_errors_core::reading::{MAX_RETRIED, MAX_TRIES, Pattern, Segment};

/// What is known not to match: how many segments, and how much of the text, were left.
type Failed = HashSet<(usize, usize)>;

impl Matching<'_> {
    /// A text that is taken apart.
    pub(super) fn text(&mut self, segments: &[Segment], text: &str) -> bool {
        let again = self.again && text.len() <= MAX_RETRIED;
        let segments: Vec<&Segment> = segments.iter().collect();
        self.segments(&segments, text, again, &mut Failed::new())
    }

    fn segments(
        &mut self,
        segments: &[&Segment],
        text: &str,
        again: bool,
        failed: &mut Failed,
    ) -> bool {
        let Some((segment, after)) = segments.split_first() else { return text.is_empty() };
        let state = (segments.len(), text.len());
        if again && failed.contains(&state) {
            return false;
        }
        let matches = match segment {
            Segment::Literal(literal) => text
                .strip_prefix(literal.as_str())
                .is_some_and(|rest| self.segments(after, rest, again, failed)),
            Segment::Json(pattern) => self.texts.split(text).is_some_and(|(json, rest)| {
                self.attempt(|matching| {
                    matching.value(pattern, &json) && matching.segments(after, rest, again, failed)
                })
            }),
            // It says itself where it ends.
            Segment::Filtered(Filter::Quoted, pattern) => {
                self.texts.split(text).is_some_and(|(json, rest)| match &*json {
                    Json::String(slot) => self.attempt(|matching| {
                        matching.characters(pattern, slot)
                            && matching.segments(after, rest, again, failed)
                    }),
                    _ => false,
                })
            }
            Segment::Optional(inner) => {
                let with: Vec<&Segment> = inner.iter().chain(after.iter().copied()).collect();
                self.attempt(|matching| matching.segments(&with, text, again, &mut Failed::new()))
                    || self.segments(after, text, again, failed)
            }
            Segment::Slot(_) | Segment::Filtered(..) => {
                let mut ends = Ends { after, text, from: 0, again };
                std::iter::from_fn(|| ends.next_end()).take(if again { usize::MAX } else { 1 }).any(
                    |end| {
                        self.tries += 1;
                        let (slot, rest) = text.split_at(end);
                        self.tries <= MAX_TRIES
                            && self.attempt(|matching| {
                                matching.slot(segment, slot)
                                    && matching.segments(after, rest, again, failed)
                            })
                    },
                )
            }
        };
        if again && !matches {
            failed.insert(state);
        }
        matches
    }

    fn slot(&mut self, segment: &Segment, text: &str) -> bool {
        match segment {
            Segment::Slot(pattern) => self.characters(pattern, text),
            Segment::Filtered(Filter::Len, _) => {
                !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
            }
            Segment::Filtered(filter, pattern) => filter
                .undo(text)
                .is_some_and(|text| self.apart(|matching| matching.characters(pattern, &text))),
            Segment::Literal(_) | Segment::Json(_) | Segment::Optional(_) => false,
        }
    }
}

/// The places where a slot can end, from the left.
struct Ends<'a> {
    after: &'a [&'a Segment],
    text: &'a str,
    from: usize,
    again: bool,
}

impl Ends<'_> {
    fn next_end(&mut self) -> Option<usize> {
        let rest = self.text.get(self.from..)?;
        let is_literal = |segment: &&Segment| matches!(segment, Segment::Literal(_));
        let end = match self.after {
            [] => self.text.len(),
            // Nothing comes behind these literals, so they are the last of their kind.
            literals if !self.again && literals.iter().all(is_literal) => literals
                .iter()
                .rev()
                .try_fold(self.text, |text, literal| match literal {
                    Segment::Literal(literal) => text.strip_suffix(literal.as_str()),
                    _ => None,
                })?
                .len(),
            [Segment::Literal(literal), ..] => self.from + rest.find(literal.as_str())?,
            [Segment::Json(pattern), ..] => {
                self.from + rest.find(|character| opens(pattern, character))?
            }
            [Segment::Filtered(Filter::Quoted, _), ..] => self.from + rest.find('"')?,
            // Two slots side by side: all characters are the second's.
            [Segment::Slot(_) | Segment::Filtered(..), ..] if self.from == 0 => 0,
            [Segment::Slot(_) | Segment::Filtered(..), ..] => return None,
            [Segment::Optional(_), ..] => self.from,
        };
        let next = self.text.get(end..).and_then(|rest| rest.chars().next());
        self.from = end + next.map_or(1, char::len_utf8);
        Some(end)
    }
}

/// Whether JSON of this pattern can begin with the character.
fn opens(pattern: &Pattern, character: char) -> bool {
    let kind = match character {
        '{' => Kinds::OBJECT,
        '[' => Kinds::ARRAY,
        '"' => Kinds::STRING,
        '-' | '0'..='9' => Kinds::NUMBER,
        't' | 'f' => Kinds::BOOL,
        'n' => Kinds::NULL,
        _ => return false,
    };
    pattern.kinds().has(kind)
}

/// The JSON with which a text begins, and what follows it.
pub(super) fn split_json<'t, J: Deserialize<'t>>(text: &'t str) -> Option<(J, &'t str)> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let json = J::deserialize(&mut deserializer).ok()?;
    let end = deserializer.into_iter::<IgnoredAny>().byte_offset();
    Some((json, text.get(end..)?))
}
