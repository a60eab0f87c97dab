//! What distinguishes the messages of two entries, for people who read of it.

use super::plan::{FramePattern, MemberPattern, Pattern, Plan, Reading};
use super::told_apart::takes;
use crate::catalog::Entry;

impl Plan {
    /// The places in which the messages of two entries differ, as they are written in JavaScript
    /// (`error.kind`, `[3].type`), each once: another constant, another kind of value, or a member
    /// that only one of the two always has. There is none where it is the frame as a whole, or what
    /// comes with the occurrence.
    pub fn differences(&self, one: &Entry, other: &Entry) -> Vec<String> {
        let of = |entry: &Entry| {
            let name = entry.name;
            let is_its = move |reading: &&Reading| reading.entry.is_some_and(|e| e.name == name);
            self.readings.iter().filter(is_its)
        };
        let mut found = Vec::new();
        for one in of(one) {
            for other in of(other).filter(|other| other.context == one.context) {
                if let (FramePattern::Json(one), FramePattern::Json(other)) =
                    (&one.frame, &other.frame)
                {
                    compare(one, other, "", &mut found);
                }
            }
        }
        found
    }
}

fn compare(one: &Pattern, other: &Pattern, path: &str, found: &mut Vec<String>) {
    match (one, other) {
        (Pattern::Both(one, _), other) | (other, Pattern::Both(one, _)) => {
            compare(one, other, path, found);
        }
        (Pattern::Object(one), Pattern::Object(other)) => {
            for key in one.iter().chain(other).map(|member| &member.key) {
                let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let of = |members: &'_ [MemberPattern]| {
                    members.iter().position(|member| member.key == *key)
                };
                let of = [of(one).map(|at| &one[at]), of(other).map(|at| &other[at])];
                let of = of.map(|one| one.map(|one| (&one.value, one.optional)));
                compare_in_place(of, &place, found);
            }
        }
        (Pattern::Array(one), Pattern::Array(other)) => {
            if one.iter().chain(other).any(|element| element.spliced) {
                return;
            }
            for index in 0..one.len().max(other.len()) {
                let of = [one.get(index), other.get(index)];
                let of = of.map(|one| one.map(|one| (&one.value, one.optional)));
                compare_in_place(of, &format!("{path}[{index}]"), found);
            }
        }
        _ if !takes(one, other, false) && !takes(other, one, false) => add(found, path),
        _ => {}
    }
}

/// Compares what stands in a place of both, or of one: a pattern, and whether it may be absent.
fn compare_in_place(of: [Option<(&Pattern, bool)>; 2], path: &str, found: &mut Vec<String>) {
    match of {
        [Some((one, false)), Some((other, false))] => compare(one, other, path, found),
        [Some((_, false)), None] | [None, Some((_, false))] => add(found, path),
        _ => {}
    }
}

fn add(found: &mut Vec<String>, path: &str) {
    if !path.is_empty() && found.iter().all(|other| other != path) {
        found.push(path.to_owned());
    }
}
