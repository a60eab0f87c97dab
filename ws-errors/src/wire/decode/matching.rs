//! A value against a pattern.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::same::{is_same, kind};
use super::text::split_json;
use super::types::Types;
use crate::wire::json::{Json, integer, is_integer, member};
use ws_errors_core::json::{Json as Constant, Kinds};
use ws_errors_core::reading::{
    Capture, Codes, ElementPattern, FramePattern, MemberPattern, Pattern, Plan, Reading,
};

/// A frame that is read, and the JSON in its texts, each parsed once.
#[derive(Default)]
pub(super) struct Texts {
    /// By the place of the text in memory, which doesn't move while a frame is read.
    parsed: RefCell<HashMap<(usize, usize), Parsed>>,
}

/// The JSON with which a text begins, and the length of what follows it.
type Parsed = Option<(Rc<Json<'static>>, usize)>;

impl Texts {
    /// The JSON with which a text begins, and what follows it.
    pub(super) fn split<'t>(&self, text: &'t str) -> Option<(Rc<Json<'static>>, &'t str)> {
        let key = (text.as_ptr() as usize, text.len());
        let mut parsed = self.parsed.borrow_mut();
        let (json, rest) = parsed
            .entry(key)
            .or_insert_with(|| {
                split_json(text)
                    .map(|(json, rest): (Json<'_>, _)| (Rc::new(json.into_owned()), rest.len()))
            })
            .as_ref()?;
        Some((Rc::clone(json), text.get(text.len() - rest..)?))
    }

    fn whole(&self, text: &str) -> Option<Rc<Json<'static>>> {
        self.split(text).filter(|(_, rest)| rest.trim_ascii().is_empty()).map(|(json, _)| json)
    }
}

/// A value that was read.
pub(super) struct Kept {
    pub(super) capture: Capture,
    pub(super) value: Value,
    /// Whether it stood alone, and not between other characters of a string.
    alone: bool,
}

/// One try to read a frame, or a part of it.
pub(super) struct Matching<'m> {
    pub(super) plan: &'m Plan,
    /// `None` where types are not checked.
    pub(super) types: Option<&'m Types>,
    pub(super) texts: &'m Texts,
    /// Whether objects have no members but those shown.
    pub(super) closed: bool,
    /// Whether slots may end at a later separator than the first.
    pub(super) again: bool,
    /// How many ends of slots were tried.
    pub(super) tries: u32,
    /// What was read, where it is wanted: of the first reading, or of one that is known to match.
    pub(super) kept: Option<Vec<Kept>>,
}

impl Matching<'_> {
    pub(super) fn reading(
        &mut self,
        reading: &Reading,
        json: Option<&Json<'_>>,
        text: &str,
    ) -> bool {
        match (&reading.frame, json) {
            (FramePattern::Json(pattern), Some(json)) => self.value(pattern, json),
            (FramePattern::Json(_), None) => false,
            (FramePattern::Text(segments), _) => self.text(segments, text),
        }
    }

    pub(super) fn value(&mut self, pattern: &Pattern, json: &Json<'_>) -> bool {
        match (pattern, json) {
            (Pattern::Constant(constant), _) => is_same(constant, json),
            (Pattern::Value { kinds, ty, captures, .. }, _) => {
                let is_value = kinds.has(kind(json)) && self.is_of(*ty, |ty, of| of.has(ty, json));
                is_value && self.keep(captures, true, || json.to_value())
            }
            (Pattern::Code { quoted: true, .. }, Json::String(text)) => {
                self.code_in_string(pattern, text, true)
            }
            (Pattern::Code { kinds, quoted: false, codes, captures }, _) => {
                let is_code = match json {
                    Json::Number(number) => is_integer(number),
                    json => matches!(json, Json::String(_)),
                };
                is_code
                    && kinds.has(kind(json))
                    && self.is_one_of(*codes, json)
                    && self.keep(captures, true, || json.to_value())
            }
            (Pattern::Object(pattern), Json::Object(members)) => self.object(pattern, members),
            (Pattern::Array(pattern), Json::Array(elements)) => self.array(pattern, elements),
            (Pattern::Text(segments), Json::String(text)) => self.text(segments, text),
            (Pattern::Encoded(pattern), Json::String(text)) => {
                self.texts.whole(text).is_some_and(|json| self.value(pattern, &json))
            }
            (Pattern::OneOf(patterns), _) => {
                patterns.iter().any(|one| self.attempt(|matching| matching.value(one, json)))
            }
            (Pattern::Both(one, other), _) => self.value(one, json) && self.value(other, json),
            (Pattern::Lenient(pattern), _) => {
                self.attempt(|matching| matching.value(pattern, json));
                true
            }
            (
                Pattern::Code { quoted: true, .. }
                | Pattern::Object(_)
                | Pattern::Array(_)
                | Pattern::Text(_)
                | Pattern::Encoded(_),
                _,
            ) => false,
        }
    }

    /// The characters of a value, as they stand in a string or in a text frame.
    pub(super) fn characters(&mut self, pattern: &Pattern, text: &str) -> bool {
        match pattern {
            Pattern::Constant(Constant::String(constant)) => constant == text,
            Pattern::Value { kinds, ty, optional, captures } => {
                // Nothing has no characters.
                if text.is_empty() && *optional {
                    return true;
                }
                // What is no text has the characters of its JSON.
                if !kinds.has(Kinds::STRING)
                    && !self.texts.whole(text).is_some_and(|json| kinds.has(kind(&json)))
                {
                    return false;
                }
                if !self.is_of(*ty, |ty, of| of.has_characters(ty, text)) {
                    return false;
                }
                // The characters of a null that is no text are nothing.
                let is_text = |ty, of: &Types| of.has(ty, &Json::String(text.into()));
                text == "null" && !self.is_of(*ty, is_text)
                    || self.keep(captures, false, || Value::String(text.to_owned()))
            }
            Pattern::Code { .. } => self.code_in_string(pattern, text, false),
            Pattern::Text(segments) => self.text(segments, text),
            Pattern::OneOf(patterns) => {
                patterns.iter().any(|one| self.attempt(|matching| matching.characters(one, text)))
            }
            Pattern::Both(one, other) => self.characters(one, text) && self.characters(other, text),
            Pattern::Lenient(pattern) => {
                self.attempt(|matching| matching.characters(pattern, text));
                true
            }
            Pattern::Constant(_) | Pattern::Object(_) | Pattern::Array(_) | Pattern::Encoded(_) => {
                self.texts.whole(text).is_some_and(|json| self.value(pattern, &json))
            }
        }
    }

    /// A code in a string: one of a number has the digits of one.
    fn code_in_string(&mut self, pattern: &Pattern, text: &str, alone: bool) -> bool {
        let Pattern::Code { kinds, codes, captures, .. } = pattern else { return false };
        let digits = text.parse::<i64>().ok().filter(|number| number.to_string() == text);
        let is_text = self.is_one_of(*codes, &Json::String(text.into()));
        let is_number = digits.map(|number| self.is_one_of(*codes, &Json::Number(number.into())));
        let is_code = match codes {
            Codes::Success => is_text || is_number == Some(true),
            Codes::Errors | Codes::Undeclared => is_text && is_number != Some(false),
        };
        (kinds.has(Kinds::STRING) || digits.is_some())
            && is_code
            && self.keep(captures, alone, || Value::String(text.to_owned()))
    }

    /// Whether a code is one of these.
    fn is_one_of(&self, codes: Codes, code: &Json<'_>) -> bool {
        let means_success = self.plan.catalog.success.iter().any(|success| match code {
            Json::Number(number) => integer(number).is_some_and(|code| success.has_number(code)),
            Json::String(text) => success.has_text(text),
            _ => false,
        });
        let is_declared = || self.plan.declared.iter().any(|declared| is_same(declared, code));
        match codes {
            Codes::Errors => !means_success,
            Codes::Undeclared => !means_success && !is_declared(),
            Codes::Success => means_success,
        }
    }

    fn object(
        &mut self,
        pattern: &[MemberPattern],
        members: &[(impl AsRef<str>, Json<'_>)],
    ) -> bool {
        let is_shown =
            |key: &str| pattern.iter().any(|MemberPattern { key: shown, .. }| shown == key);
        pattern.iter().all(|MemberPattern { key, optional, value }| match member(members, key) {
            None => *optional,
            Some(Json::Null) if *optional => true,
            Some(json) => self.value(value, json),
        }) && !(self.closed && members.iter().any(|(key, _)| !is_shown(key.as_ref())))
    }

    fn array(&mut self, pattern: &[ElementPattern], elements: &[Json<'_>]) -> bool {
        let Some(at) = pattern.iter().position(|element| element.spliced) else {
            return elements.len() <= pattern.len()
                && pattern.iter().enumerate().all(|(index, element)| match elements.get(index) {
                    None => element.optional,
                    Some(Json::Null) if element.optional => true,
                    Some(json) => self.value(&element.value, json),
                });
        };
        // What the elements around the list leave is the list's.
        let (before, after) = (&pattern[..at], &pattern[at + 1..]);
        let end = elements.len().checked_sub(after.len()).filter(|end| *end >= at);
        let Some(((head, list), tail)) = end
            .and_then(|end| elements.split_at_checked(end))
            .and_then(|(all, tail)| Some((all.split_at_checked(at)?, tail)))
        else {
            return false;
        };
        let all = |elements: &[ElementPattern], json: &[Json<'_>], matching: &mut Self| {
            elements.iter().zip(json).all(|(element, json)| matching.value(&element.value, json))
        };
        all(before, head, self)
            && self
                .apart(|matching| matching.value(&pattern[at].value, &Json::Array(list.to_vec())))
            && all(after, tail, self)
    }

    /// Matches what is not part of the frame, but was made of it, and doesn't stay.
    pub(super) fn apart(&mut self, matches: impl FnOnce(&mut Matching<'_>) -> bool) -> bool {
        let texts = Texts::default();
        let mut matching = Matching { texts: &texts, kept: self.kept.take(), ..*self };
        let success = matches(&mut matching);
        (self.tries, self.kept) = (matching.tries, matching.kept);
        success
    }

    /// Whether a value is of a type, where types are checked.
    fn is_of(&self, ty: Option<usize>, is: impl Fn(usize, &Types) -> bool) -> bool {
        match (self.types, ty) {
            (Some(types), Some(ty)) => is(ty, types),
            _ => true,
        }
    }

    /// Tries something, and forgets what it kept where it fails.
    pub(super) fn attempt(&mut self, attempt: impl FnOnce(&mut Self) -> bool) -> bool {
        let kept = self.kept.as_ref().map_or(0, Vec::len);
        let success = attempt(self);
        if !success && let Some(all) = &mut self.kept {
            all.truncate(kept);
        }
        success
    }

    /// Keeps a value, where it is wanted.
    fn keep(&mut self, captures: &[Capture], alone: bool, value: impl Fn() -> Value) -> bool {
        if let Some(kept) = &mut self.kept {
            let values =
                captures.iter().map(|capture| Kept { capture: *capture, value: value(), alone });
            kept.extend(values);
        }
        true
    }

    /// What was kept: a value that stands alone before one between other characters.
    pub(super) fn into_kept(self) -> Vec<Kept> {
        let mut kept = self.kept.unwrap_or_default();
        kept.sort_by_key(|kept| !kept.alone);
        kept
    }
}
