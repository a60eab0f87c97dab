//! JSON that a text of another envelope would take: it is read as JSON first.

use super::plan::{FramePattern, Pattern, Reading, Segment};
use super::told_apart::{VALUE, compared, takes_characters, written};
use crate::json::Json;

/// Puts each reading of JSON before the first text of its class that takes its frames whatever their
/// values are: behind it, it would never be tried.
pub(super) fn put_json_before_texts_that_take_it(readings: &mut [Reading]) {
    if !readings.iter().any(may_be_json) {
        return;
    }
    for at in 0..readings.len() {
        let FramePattern::Json(pattern) = &readings[at].frame else { continue };
        let json = [false, true].map(|with_optional| {
            let mut json = String::new();
            write(&mut json, pattern, with_optional);
            json
        });
        let class = readings[at].class;
        let takes = |one: &Reading| match &one.frame {
            FramePattern::Text(segments) if one.class == class && may_be_json(one) => {
                let segments = compared(segments);
                json.iter().any(|json| takes_characters(&segments, json))
            }
            _ => false,
        };
        // What was moved before stands between them, and is JSON.
        if let Some(text) = readings[..at].iter().position(takes) {
            readings[text..=at].rotate_right(1);
        }
    }
}

/// Whether it is of a text that may begin as an object or an array does.
fn may_be_json(reading: &Reading) -> bool {
    match &reading.frame {
        FramePattern::Text(segments) => match segments.first() {
            Some(Segment::Literal(text)) => text.trim_start().starts_with(['{', '[']),
            first => first.is_some(),
        },
        FramePattern::Json(_) => false,
    }
}

/// The compact JSON of a pattern, with something in the place of each value.
fn write(json: &mut String, pattern: &Pattern, with_optional: bool) {
    match pattern {
        Pattern::Constant(constant) => json.push_str(&constant.to_string()),
        Pattern::Object(members) => {
            json.push('{');
            let there = members.iter().filter(|member| with_optional || !member.optional);
            for (index, member) in there.enumerate() {
                json.push_str(if index > 0 { "," } else { "" });
                json.push_str(&Json::from(member.key.as_str()).to_string());
                json.push(':');
                write(json, &member.value, with_optional);
            }
            json.push('}');
        }
        Pattern::Array(elements) => {
            json.push('[');
            let there = elements.iter().filter(|element| with_optional || !element.optional);
            for (index, element) in there.enumerate() {
                json.push_str(if index > 0 { "," } else { "" });
                write(json, &element.value, with_optional);
            }
            json.push(']');
        }
        Pattern::Text(segments) => {
            json.push_str(&Json::from(written(segments, with_optional).as_str()).to_string());
        }
        Pattern::Both(one, _) => write(json, one, with_optional),
        Pattern::Value { .. }
        | Pattern::Code { .. }
        | Pattern::Encoded(_)
        | Pattern::OneOf(_)
        | Pattern::Lenient(_) => json.push(VALUE),
    }
}
