//! What has to be absent from a message, because it would be another if it were there.

use std::collections::HashMap;

use super::build::open_code;
use super::plan::{Class, FramePattern, MemberPattern, Pattern, Reading, Segment};
use crate::json::Json;
use crate::shape::Shape;

impl MemberPattern {
    /// A member that is not there, or `null`.
    fn absent(key: &str) -> Self {
        Self { key: key.to_owned(), optional: true, value: Pattern::Constant(Json::Null) }
    }
}

impl FramePattern {
    /// An entry without a code is none that has one in the place of others. `with_code`: the shape of
    /// those.
    pub(super) fn require_no_code(&mut self, with_code: &Shape) {
        match (self, with_code) {
            (Self::Json(pattern), shape) => pattern.require_no_code(shape),
            (Self::Text(segments), Shape::Chain(items)) => {
                let json = segments.iter_mut().filter_map(|segment| match segment {
                    Segment::Json(pattern) => Some(pattern),
                    _ => None,
                });
                let shapes = items.iter().map(|item| &item.value);
                let shapes = shapes.filter(|shape| !matches!(shape, Shape::Composed(_)));
                json.zip(shapes).for_each(|(pattern, shape)| pattern.require_no_code(shape));
            }
            (Self::Text(_), _) => {}
        }
    }
}

impl Pattern {
    fn require_no_code(&mut self, with_code: &Shape) {
        match (self, with_code) {
            (Self::Object(members), Shape::Object(properties)) => {
                for property in properties {
                    match members.iter_mut().find(|member| member.key == property.key) {
                        Some(member) => member.value.require_no_code(&property.value),
                        None if open_code(&property.value).is_some() => {
                            members.push(MemberPattern::absent(property.key));
                        }
                        None => {}
                    }
                }
            }
            (Self::Encoded(pattern), Shape::Encoded(shape)) => pattern.require_no_code(shape),
            _ => {}
        }
    }
}

/// Where an entry has two shapes, and messages of the second would be read as the first, with members
/// that the first does not show: these tell the two apart.
pub(super) fn require_what_is_shown_elsewhere_absent(readings: &mut [Reading]) {
    let mut of_entries: HashMap<(&str, Class), Vec<usize>> = HashMap::new();
    for (index, reading) in readings.iter().enumerate() {
        if let (Some(entry), FramePattern::Json(Pattern::Object(_))) =
            (reading.entry, &reading.frame)
        {
            of_entries.entry((entry.name, reading.class)).or_default().push(index);
        }
    }
    for indices in of_entries.into_values() {
        for (place, &second) in indices.iter().enumerate() {
            for &first in indices.iter().take(place) {
                let (Some(one), Some(other)) = (readings.get(first), readings.get(second)) else {
                    continue;
                };
                if !one.takes(other) {
                    continue;
                }
                let absent = shown_only_by(other, one);
                if let Some(Reading {
                    frame: FramePattern::Json(Pattern::Object(members)), ..
                }) = readings.get_mut(first)
                {
                    members.extend(absent);
                }
            }
        }
    }
}

/// The members that only one of two readings shows, as absent from the other.
fn shown_only_by(one: &Reading, other: &Reading) -> Vec<MemberPattern> {
    let (FramePattern::Json(Pattern::Object(shown)), FramePattern::Json(Pattern::Object(others))) =
        (&one.frame, &other.frame)
    else {
        return Vec::new();
    };
    let is_other = |member: &&MemberPattern| others.iter().all(|other| other.key != member.key);
    shown.iter().filter(is_other).map(|member| MemberPattern::absent(&member.key)).collect()
}
