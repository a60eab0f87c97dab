//! Entries that a client can't tell apart, or only by their messages.

use std::collections::HashMap;

use super::build::switch;
use super::entry::opened;
use super::plan::{Class, FramePattern, Pattern, Plan, Reading, Segment};
use super::rank::Count;
use crate::catalog::{Entry, Filter, Message, Piece};
use crate::json::{Json, Kinds};

impl Plan {
    /// The readings of entries that a client can't tell apart, each pair by its indices in
    /// [`Plan::readings`]: the frames of the second are read as the first, whatever values they
    /// have, or the two match the same frames, and neither comes first by what it requires.
    ///
    /// Each second reading is in one pair at most. It takes time in proportion to the readings, but
    /// for those that have neither a code nor a constant of their own.
    pub fn not_told_apart(&self) -> Vec<[usize; 2]> {
        let mut pairs = Vec::new();
        for bucket in buckets(&self.readings) {
            for (place, &second) in bucket.iter().enumerate() {
                let first = bucket[..place].iter().copied().find(|&first| {
                    is_other(&self.readings, first, second)
                        && !self.are_alike(first, second)
                        && self.readings[first].takes(&self.readings[second])
                });
                pairs.extend(first.map(|first| [first, second]));
            }
        }
        pairs.sort_unstable();
        pairs
    }

    /// Whether a client knows an entry by its text only, so that no other text may stand in for it.
    pub fn is_known_by_message(&self, entry: &Entry) -> bool {
        let is_it = |reading: &Reading| reading.entry.is_some_and(|one| one.name == entry.name);
        self.readings.iter().any(|reading| reading.compares_message && is_it(reading))
    }
}

impl Plan {
    /// Whether one of two entries says why it may look like another.
    fn are_alike(&self, first: usize, second: usize) -> bool {
        let entries = [first, second].map(|index| self.readings[index].entry);
        entries.into_iter().flatten().any(|entry| entry.alike)
    }
}

/// Compares the messages of entries that nothing else tells apart.
pub(super) fn compare_messages(readings: &mut [Reading]) {
    let ranks: Vec<_> = readings.iter().map(Reading::rank).collect();
    let constants: Vec<_> =
        readings.iter().map(|reading| Count::of(&reading.frame).constants).collect();
    let mut compared = Vec::new();
    for bucket in buckets(readings) {
        for &one in &bucket {
            let may_be_taken_for = |&other: &usize| {
                is_other(readings, one, other) && {
                    let takes = readings[one].takes(&readings[other]);
                    let is_level = constants[one] == constants[other];
                    // One that requires more, and so comes first, may take what others write where
                    // a default is.
                    takes && (is_level || ranks[one] < ranks[other])
                        || is_level && readings[other].takes(&readings[one])
                }
            };
            if !compared.contains(&one) && bucket.iter().any(may_be_taken_for) {
                compared.push(one);
            }
        }
    }
    for one in compared {
        let reading = &mut readings[one];
        let Some(text) = reading.entry.and_then(|entry| message_pattern(entry.message)) else {
            continue;
        };
        reading.compares_message = true;
        reading.frame.compare_message(&text);
    }
}

/// What the message's text looks like, where something of it is constant.
pub fn message_pattern(message: Message) -> Option<Pattern> {
    let text = message.text()?;
    if let Some(constant) = text.constant() {
        // The macro could read nothing of an empty `Display` text.
        return (!constant.is_empty()).then(|| Pattern::Constant(constant.into()));
    }
    text.0.iter().any(|piece| matches!(piece, Piece::Literal(_))).then(|| {
        let pieces = text.0.iter().map(|piece| match piece {
            Piece::Literal(text) => Segment::Literal((*text).to_owned()),
            Piece::Field { .. } => Segment::Slot(Pattern::Value {
                kinds: Kinds::STRING,
                ty: None,
                optional: true,
                captures: Vec::new(),
            }),
        });
        Pattern::Text(pieces.collect())
    })
}

/// Whether two are of different entries, in one kind of frame.
fn is_other(readings: &[Reading], one: usize, other: usize) -> bool {
    let (one, other) = (&readings[one], &readings[other]);
    one.entry.map(|entry| entry.name) != other.entry.map(|entry| entry.name)
        && one.format == other.format
}

/// The readings of entries that may be taken for each other: with the same code, or without one, and
/// with no constants that differ.
pub(super) fn buckets(readings: &[Reading]) -> Vec<Vec<usize>> {
    let mut buckets: HashMap<(bool, Option<String>), Vec<usize>> = HashMap::new();
    for (index, reading) in readings.iter().enumerate().filter(|(_, r)| r.entry.is_some()) {
        let code = reading.code.as_ref().filter(|_| reading.class == Class::Declared);
        let is_json = matches!(reading.frame, FramePattern::Json(_));
        buckets.entry((is_json, code.map(Json::to_string))).or_default().push(index);
    }
    buckets.into_values().filter(|one| one.len() > 1).flat_map(|one| split(readings, one)).collect()
}

/// A bucket by the constants of its own, or by the characters with which its texts begin.
fn split(readings: &[Reading], bucket: Vec<usize>) -> Vec<Vec<usize>> {
    let path = switch(bucket.iter().map(|index| &readings[*index]));
    let start = bucket.iter().map(|index| readings[*index].start().len()).min().unwrap_or(0);
    let mut by_constant: HashMap<Vec<u8>, Vec<usize>> = HashMap::new();
    let mut open = Vec::new();
    for index in bucket {
        let key = match &readings[index].frame {
            FramePattern::Json(pattern) => {
                pattern.constant_at(&path).map(|json| json.to_string().into_bytes())
            }
            FramePattern::Text(_) => {
                readings[index].start().as_bytes().get(..start).map(<[u8]>::to_vec)
            }
        };
        match key {
            Some(key) => by_constant.entry(key).or_default().push(index),
            None => open.push(index),
        }
    }
    if by_constant.is_empty() {
        return vec![open];
    }
    let mut buckets: Vec<Vec<usize>> = by_constant.into_values().collect();
    for bucket in &mut buckets {
        bucket.extend(&open);
        bucket.sort_unstable();
    }
    buckets
}

impl Reading {
    /// The characters with which a text begins.
    fn start(&self) -> &str {
        match &self.frame {
            FramePattern::Text(segments) => match segments.first() {
                Some(Segment::Literal(text)) => text,
                _ => "",
            },
            FramePattern::Json(_) => "",
        }
    }

    /// Whether it matches frames that are written as another reading shows them, whatever their
    /// values are. A value may be any, and is no constant.
    pub fn takes(&self, written: &Self) -> bool {
        match (&self.frame, &written.frame) {
            (FramePattern::Json(pattern), FramePattern::Json(written)) => {
                takes(pattern, written, self.closed)
            }
            (FramePattern::Text(segments), FramePattern::Text(written)) => {
                takes_text(segments, written, self.closed)
            }
            _ => false,
        }
    }
}

pub(super) fn takes(pattern: &Pattern, written: &Pattern, closed: bool) -> bool {
    match (pattern, written) {
        (Pattern::Lenient(_), _) => true,
        (_, Pattern::Lenient(written) | Pattern::Both(written, _)) => {
            takes(pattern, written, closed)
        }
        (_, Pattern::OneOf(written)) => written.iter().any(|one| takes(pattern, one, closed)),
        (Pattern::OneOf(patterns), _) => patterns.iter().any(|one| takes(one, written, closed)),
        (Pattern::Both(one, other), _) => {
            takes(one, written, closed) && takes(other, written, closed)
        }
        (Pattern::Constant(constant), Pattern::Constant(written)) => constant.is_same(written),
        (
            Pattern::Object(_) | Pattern::Array(_),
            Pattern::Constant(written @ (Json::Object(_) | Json::Array(_))),
        ) => takes(pattern, &opened(written.clone()), closed),
        (Pattern::Constant(Json::String(text)), Pattern::Encoded(written)) => {
            Json::parse(text).is_some_and(|json| takes(&opened(json), written, closed))
        }
        (Pattern::Constant(_), _) => false,
        (Pattern::Object(members), Pattern::Object(written)) => {
            members.iter().all(|member| match written.iter().find(|w| w.key == member.key) {
                Some(there) => {
                    member.optional && there.optional || takes(&member.value, &there.value, closed)
                }
                None => member.optional,
            }) && !(closed
                && written.iter().any(|there| {
                    !there.optional && members.iter().all(|member| member.key != there.key)
                }))
        }
        (Pattern::Array(elements), Pattern::Array(written)) => {
            if elements.iter().chain(written).any(|element| element.spliced) {
                return true;
            }
            let least = written.iter().filter(|element| !element.optional).count();
            least <= elements.len()
                && elements.iter().enumerate().all(|(index, element)| match written.get(index) {
                    Some(there) => {
                        element.optional && there.optional
                            || takes(&element.value, &there.value, closed)
                    }
                    None => element.optional,
                })
        }
        (Pattern::Text(segments), Pattern::Text(written)) => takes_text(segments, written, closed),
        (Pattern::Text(segments), Pattern::Constant(Json::String(text))) => {
            takes_text(segments, &[Segment::Literal(text.clone())], closed)
        }
        (Pattern::Encoded(pattern), Pattern::Encoded(written)) => takes(pattern, written, closed),
        (Pattern::Object(_) | Pattern::Array(_) | Pattern::Text(_) | Pattern::Encoded(_), _) => {
            false
        }
        (Pattern::Value { .. } | Pattern::Code { .. }, _) => {
            !pattern.kinds().and(written.kinds()).is_empty()
        }
    }
}

/// What a slot of the text that was written stands for here: no character of a literal.
pub(super) const VALUE: char = '\u{10FFFF}';

fn takes_text(segments: &[Segment], written: &[Segment], closed: bool) -> bool {
    let json = |segments: &[Segment]| {
        segments.iter().find_map(|segment| match segment {
            Segment::Json(pattern) => Some(pattern.clone()),
            _ => None,
        })
    };
    if let (Some(pattern), Some(written)) = (json(segments), json(written))
        && !takes(&pattern, &written, closed)
    {
        return false;
    }
    let compared = compared(segments);
    [false, true]
        .into_iter()
        .any(|with_optional| takes_characters(&compared, &self::written(written, with_optional)))
}

/// The segments, with the pieces of a message that is compared in its place.
pub(super) fn compared(segments: &[Segment]) -> Vec<Segment> {
    let mut compared = Vec::new();
    for segment in segments {
        let (message, filter) = match segment {
            Segment::Slot(Pattern::Both(message, _)) => (message, Filter::Raw),
            Segment::Filtered(filter, Pattern::Both(message, _)) => (message, *filter),
            segment => {
                compared.push(segment.clone());
                continue;
            }
        };
        match message.as_ref() {
            Pattern::Text(pieces) => push_filtered(&mut compared, filter, pieces),
            Pattern::Constant(Json::String(text)) => {
                push_filtered(&mut compared, filter, &[Segment::Literal(text.clone())]);
            }
            _ => compared.push(segment.clone()),
        }
    }
    compared
}

/// The pieces of a text as they stand on the wire behind a filter.
fn push_filtered(out: &mut Vec<Segment>, filter: Filter, pieces: &[Segment]) {
    let quote = (filter == Filter::Quoted).then(|| Segment::Literal("\"".to_owned()));
    out.extend(quote.clone());
    out.extend(pieces.iter().enumerate().map(|(index, piece)| match piece {
        Segment::Literal(text) => Segment::Literal(filter.apply_to_part(text, index == 0)),
        piece => piece.clone(),
    }));
    out.extend(quote);
}

pub(super) fn takes_characters(segments: &[Segment], text: &str) -> bool {
    let mut rest = text;
    let mut after_slot = false;
    for (index, segment) in segments.iter().enumerate() {
        let Segment::Literal(literal) = segment else {
            after_slot = true;
            continue;
        };
        let is_last = index + 1 == segments.len();
        let found = match after_slot {
            false => rest.strip_prefix(literal.as_str()),
            true if is_last => rest.ends_with(literal.as_str()).then_some(""),
            true => rest.find(literal.as_str()).and_then(|at| rest.get(at + literal.len()..)),
        };
        let Some(found) = found else { return false };
        rest = found;
        after_slot = false;
    }
    after_slot || rest.is_empty()
}

/// The characters of a text, with something in the place of each value.
pub(super) fn written(segments: &[Segment], with_optional: bool) -> String {
    let mut text = String::new();
    push_written(&mut text, segments, with_optional);
    text
}

fn push_written(text: &mut String, written: &[Segment], with_optional: bool) {
    for segment in &compared(written) {
        match segment {
            Segment::Literal(literal) => text.push_str(literal),
            Segment::Slot(_) | Segment::Filtered(..) | Segment::Json(_) => text.push(VALUE),
            Segment::Optional(segments) if with_optional => push_written(text, segments, true),
            Segment::Optional(_) => {}
        }
    }
}
