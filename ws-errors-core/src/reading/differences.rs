//! What distinguishes the messages of two entries, for people who read of it.

use std::fmt::Write as _;

use super::plan::{FramePattern, Pattern, Plan, Reading};
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
            let keys = one.iter().chain(other).map(|member| &member.key);
            for key in keys {
                let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                let of = |members: &[super::plan::MemberPattern]| {
                    members.iter().position(|member| member.key == *key)
                };
                match (of(one).map(|at| &one[at]), of(other).map(|at| &other[at])) {
                    (Some(one), Some(other)) if !one.optional && !other.optional => {
                        compare(&one.value, &other.value, &place, found);
                    }
                    (Some(only), None) | (None, Some(only)) if !only.optional => {
                        add(found, &place);
                    }
                    _ => {}
                }
            }
        }
        (Pattern::Array(one), Pattern::Array(other)) => {
            if one.iter().chain(other).any(|element| element.spliced) {
                return;
            }
            for index in 0..one.len().max(other.len()) {
                let mut place = path.to_owned();
                let _ = write!(place, "[{index}]");
                match (one.get(index), other.get(index)) {
                    (Some(one), Some(other)) if !one.optional && !other.optional => {
                        compare(&one.value, &other.value, &place, found);
                    }
                    (Some(only), None) | (None, Some(only)) if !only.optional => {
                        add(found, &place);
                    }
                    _ => {}
                }
            }
        }
        _ if !takes(one, other, false) && !takes(other, one, false) => add(found, path),
        _ => {}
    }
}

fn add(found: &mut Vec<String>, path: &str) {
    if !path.is_empty() && found.iter().all(|other| other != path) {
        found.push(path.to_owned());
    }
}
