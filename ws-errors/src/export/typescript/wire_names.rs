//! Where the members of an error stand in its messages: what the doc comments say of members that have
//! another name on the wire.

use std::collections::BTreeMap;

use super::names::is_identifier;
use super::values::{Target, target};
use ws_errors_core::reading::{FramePattern, Pattern, Reading, Segment, Step};

/// The places of each value in the messages of an entry.
#[derive(Default)]
pub(super) struct WireNames {
    error: Places,
    context: Places,
}

/// The places by the names that the values have in the module.
type Places = BTreeMap<String, Vec<Vec<Step>>>;

impl WireNames {
    /// Those of an entry that is read in these ways.
    pub(super) fn of<'r>(readings: impl Iterator<Item = &'r Reading>) -> Self {
        let mut names = Self::default();
        for reading in readings {
            // Of a text that is no JSON nothing has a name.
            if let FramePattern::Json(pattern) = &reading.frame {
                names.pattern(pattern, &mut Vec::new());
            }
        }
        names
    }

    fn pattern(&mut self, pattern: &Pattern, place: &mut Vec<Step>) {
        match pattern {
            Pattern::Constant(_) => {}
            Pattern::Value { captures, .. } | Pattern::Code { captures, .. } => {
                let (places, name) = match target(captures) {
                    Some(Target::Error(name)) => (&mut self.error, name),
                    Some(Target::Context(name)) => (&mut self.context, name.to_owned()),
                    None => return,
                };
                let places = places.entry(name).or_default();
                if !places.contains(place) {
                    places.push(place.clone());
                }
            }
            Pattern::Object(members) => {
                for member in members {
                    place.push(Step::Key(member.key.clone()));
                    self.pattern(&member.value, place);
                    place.pop();
                }
            }
            Pattern::Array(elements) => {
                // Behind a list the place of an element depends on its length.
                let placed = elements.iter().take_while(|element| !element.spliced);
                for (index, element) in placed.enumerate() {
                    place.push(Step::Index(index));
                    self.pattern(&element.value, place);
                    place.pop();
                }
            }
            Pattern::Text(segments) => self.segments(segments, place),
            Pattern::Encoded(inner) | Pattern::Lenient(inner) => self.pattern(inner, place),
            Pattern::OneOf(patterns) => {
                patterns.iter().for_each(|pattern| self.pattern(pattern, place));
            }
            Pattern::Both(one, other) => {
                self.pattern(one, place);
                self.pattern(other, place);
            }
        }
    }

    fn segments(&mut self, segments: &[Segment], place: &mut Vec<Step>) {
        for segment in segments {
            match segment {
                Segment::Literal(_) => {}
                Segment::Slot(pattern) | Segment::Filtered(_, pattern) | Segment::Json(pattern) => {
                    self.pattern(pattern, place);
                }
                Segment::Optional(segments) => self.segments(segments, place),
            }
        }
    }

    /// What a member of the error is on the wire, where it is not called the same there.
    pub(super) fn of_member(&self, name: &str) -> Option<String> {
        let place = shown(name, self.error.get(name)?)?;
        Some(format!("On the wire: {place}."))
    }

    /// The same for the members of the context.
    pub(super) fn of_context(&self) -> Option<String> {
        let all = self.context.iter();
        let all =
            all.filter_map(|(name, places)| Some(format!("`{name}` is {}", shown(name, places)?)));
        let all: Vec<String> = all.collect();
        (!all.is_empty()).then(|| format!("On the wire {}.", all.join(", ")))
    }
}

/// The places where a value stands, unless each ends with its name.
fn shown(name: &str, places: &[Vec<Step>]) -> Option<String> {
    let is_named = |place: &Vec<Step>| match place.last() {
        Some(Step::Key(key)) => key == name,
        Some(Step::Index(_)) => false,
        None => true,
    };
    if places.iter().all(is_named) {
        return None;
    }
    Some(places.iter().map(|place| path(place)).collect::<Vec<_>>().join(" or "))
}

/// `` `error.details[0]` ``
fn path(place: &[Step]) -> String {
    let mut out = String::new();
    for step in place {
        match step {
            Step::Key(key) if is_identifier(key) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(key);
            }
            Step::Key(key) => out.push_str(&format!("[{key:?}]")),
            Step::Index(index) => out.push_str(&format!("[{index}]")),
        }
    }
    format!("`{out}`")
}
