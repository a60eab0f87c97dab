//! A value against a pattern.

use serde_json::Value;

use super::kinds::{Kinds, integer, is_same, member};
use super::pattern::{Element, Form, Member, Pattern, Reading};
use crate::catalog::{Field, Filter};
use crate::wire::json::Json;

/// What came in.
#[derive(Debug, Clone, Copy)]
pub(super) enum Input<'a> {
    /// A text that is JSON.
    Json(&'a Json<'a>),
    /// Any text.
    Text(&'a str),
}

/// How far a message has a form, and what was read from it.
#[derive(Debug, Default)]
pub(super) struct Matching {
    /// How many constants there were. A string counts as one, however many literals it has: slots
    /// that are constant in one entry make fewer of them, and not more.
    pub(super) constants: usize,
    /// How many bytes of its strings were constant.
    pub(super) literal: usize,
    /// How many members and elements the form explains.
    pub(super) explained: usize,
    /// How many members of objects it does not.
    pub(super) unexplained: usize,
    pub(super) readings: Vec<Read>,
}

/// A value that was read.
#[derive(Debug, Clone)]
pub(super) struct Read {
    pub(super) reading: Reading,
    pub(super) value: Value,
    /// Whether it stood alone, and not between other characters of a string.
    pub(super) alone: bool,
}

impl Matching {
    /// How the input has this form; `None` where it has not.
    pub(super) fn strict(form: &Form, input: Input<'_>) -> Option<Self> {
        let mut matching = Self::default();
        matching.form(form, input).then_some(matching)
    }

    /// Whether it could be anything: nothing of it is constant, and not all of it explained.
    pub(super) fn is_ordinary(&self) -> bool {
        self.constants == 0 && self.unexplained > 0
    }

    /// The code; the name where an envelope has no other.
    pub(super) fn code(&self) -> Option<&Read> {
        self.read_as(|reading| matches!(reading, Reading::Code { .. }))
            .or_else(|| self.read_as(|reading| matches!(reading, Reading::Name)))
    }

    /// What was read as this.
    pub(super) fn find(&self, is_wanted: impl Fn(Reading) -> bool) -> Option<&Value> {
        self.read_as(is_wanted).map(|read| &read.value)
    }

    /// What was read as this: where it stands alone, or else between other characters.
    fn read_as(&self, is_wanted: impl Fn(Reading) -> bool) -> Option<&Read> {
        let mut wanted = self.readings.iter().filter(|read| is_wanted(read.reading));
        let first = wanted.clone().next();
        wanted.find(|read| read.alone).or(first)
    }

    fn form(&mut self, form: &Form, input: Input<'_>) -> bool {
        match (form, input) {
            (Form::Json(pattern), Input::Json(json)) => self.value(pattern, json),
            (Form::Text(pattern), Input::Text(text)) => self.characters(pattern, text),
            (Form::Chain(links), Input::Text(text)) => self.links(links, text),
            _ => false,
        }
    }

    pub(super) fn value(&mut self, pattern: &Pattern, json: &Json<'_>) -> bool {
        match (pattern, json) {
            (Pattern::Constant(constant), json) => {
                let same = is_same(constant, json);
                if same {
                    self.constant(constant);
                }
                same
            }
            (Pattern::Open(kinds, reading), json) => {
                let is_open = kinds.has(Kinds::of(json));
                if is_open {
                    self.read(*reading, true, || json.to_value());
                }
                is_open
            }
            (Pattern::Typed(ty, kinds, reading), json) => {
                let is_typed = kinds.has(Kinds::of(json)) && ty.has(json);
                if is_typed {
                    self.read(*reading, true, || json.to_value());
                }
                is_typed
            }
            (Pattern::Lenient(pattern), json) => {
                self.attempt(|matching| matching.value(pattern, json));
                true
            }
            (Pattern::Code { kinds, .. }, Json::Null) => kinds.has(Kinds::NULL),
            (Pattern::Code { quoted: true, .. }, Json::String(text)) => {
                self.code_in_string(pattern, text, true)
            }
            (Pattern::Code { kinds, quoted: false, field }, json) => {
                let is_code = kinds.has(Kinds::of(json))
                    && match json {
                        Json::Number(number) => integer(number).is_some(),
                        json => matches!(json, Json::String(_)),
                    };
                if is_code {
                    self.read_code(*field, false, true, || json.to_value());
                }
                is_code
            }
            (Pattern::Object(pattern), Json::Object(members)) => self.object(pattern, members),
            (Pattern::Array(pattern), Json::Array(elements)) => self.array(pattern, elements),
            (Pattern::Composed(fragments), Json::String(text)) => self.fragments(fragments, text),
            (Pattern::Default(pattern, default), json) => {
                if matches!(default.as_ref(), Pattern::Constant(constant) if is_same(constant, json))
                {
                    return true;
                }
                self.attempt(|matching| matching.value(pattern, json))
                    || self.attempt(|matching| matching.value(default, json))
            }
            (Pattern::Encoded(pattern), Json::String(text)) => {
                Json::parse(text).is_ok_and(|json| self.value(pattern, &json))
            }
            _ => false,
        }
    }

    fn constant(&mut self, constant: &Json<'_>) {
        self.constants += 1;
        if let Json::String(text) = constant {
            self.literal += text.len();
        }
    }

    /// The characters of a value, as they stand in a string or in a text frame.
    pub(super) fn characters(&mut self, pattern: &Pattern, text: &str) -> bool {
        match pattern {
            Pattern::Constant(constant) => {
                let same = match constant {
                    Json::String(constant) => constant == text,
                    constant => Json::parse(text).is_ok_and(|json| is_same(constant, &json)),
                };
                if same {
                    self.constant(constant);
                }
                same
            }
            Pattern::Open(_, reading) => {
                // Nothing has no characters.
                if !(text.is_empty() && reading.is_optional()) {
                    self.read(*reading, false, || Value::String(text.to_owned()));
                }
                true
            }
            Pattern::Typed(ty, _, reading) => {
                if text.is_empty() && reading.is_optional() {
                    return true;
                }
                let is_typed = ty.has_characters(text);
                if is_typed {
                    self.read(*reading, false, || Value::String(text.to_owned()));
                }
                is_typed
            }
            Pattern::Lenient(pattern) => {
                self.attempt(|matching| matching.characters(pattern, text));
                true
            }
            Pattern::Code { kinds, .. } => {
                text.is_empty() && kinds.has(Kinds::NULL)
                    || self.code_in_string(pattern, text, false)
            }
            Pattern::Composed(fragments) => self.fragments(fragments, text),
            Pattern::Filtered(Filter::Len, _) => text.parse::<u64>().is_ok(),
            Pattern::Filtered(filter, pattern) => {
                filter.undo(text).is_some_and(|text| self.characters(pattern, &text))
            }
            Pattern::Default(pattern, default) => {
                if let Pattern::Constant(Json::String(constant)) = default.as_ref()
                    && constant == text
                {
                    return true;
                }
                self.attempt(|matching| matching.characters(pattern, text))
                    || self.attempt(|matching| matching.characters(default, text))
            }
            Pattern::Object(_) | Pattern::Array(_) | Pattern::Encoded(_) => {
                Json::parse(text).is_ok_and(|json| self.value(pattern, &json))
            }
        }
    }

    /// A code in a string: one of a number has the digits of one.
    fn code_in_string(&mut self, pattern: &Pattern, text: &str, alone: bool) -> bool {
        let Pattern::Code { kinds, field, .. } = pattern else { return false };
        let is_code = kinds.has(Kinds::STRING) || text.parse::<i64>().is_ok();
        if is_code {
            self.read_code(*field, true, alone, || Value::String(text.to_owned()));
        }
        is_code
    }

    fn read_code(
        &mut self,
        field: Option<&'static Field>,
        in_string: bool,
        alone: bool,
        value: impl Fn() -> Value,
    ) {
        self.read(Reading::Code { in_string }, alone, &value);
        if let Some(field) = field {
            self.read(Reading::Field(field), alone, value);
        }
    }

    fn object<K: AsRef<str>>(&mut self, pattern: &[Member], members: &[(K, Json<'_>)]) -> bool {
        for Member { key, optional, value: pattern } in pattern {
            let matches = match member(members, key) {
                Some(json) => {
                    self.explained += 1;
                    self.attempt(|matching| matching.value(pattern, json))
                }
                None => *optional,
            };
            if !matches {
                return false;
            }
        }
        self.unexplained += members
            .iter()
            .filter(|(key, _)| pattern.iter().all(|member| member.key != key.as_ref()))
            .count();
        true
    }

    fn array(&mut self, pattern: &[Element], elements: &[Json<'_>]) -> bool {
        if let Some(at) = pattern.iter().position(|element| element.spliced) {
            return self.spliced(pattern, at, elements);
        }
        if elements.len() > pattern.len() {
            return false;
        }
        for (index, Element { optional, value: pattern, .. }) in pattern.iter().enumerate() {
            let matches = match elements.get(index) {
                // It holds the place of an element that is nothing.
                Some(Json::Null) if *optional && index + 1 < elements.len() => {
                    self.explained += 1;
                    true
                }
                Some(json) => {
                    self.explained += 1;
                    self.attempt(|matching| matching.value(pattern, json))
                }
                None => *optional,
            };
            if !matches {
                return false;
            }
        }
        true
    }

    /// An array with a list in it: what the elements around it leave is the list's.
    fn spliced(&mut self, pattern: &[Element], at: usize, elements: &[Json<'_>]) -> bool {
        let after = pattern.len() - at - 1;
        let Some(end) = elements.len().checked_sub(after).filter(|end| *end >= at) else {
            return false;
        };
        let mut around = pattern.iter().filter(|element| !element.spliced);
        let matches = elements[..at].iter().chain(&elements[end..]).all(|json| {
            around.next().is_some_and(|element| {
                self.explained += 1;
                self.attempt(|matching| matching.value(&element.value, json))
            })
        });
        let list = Json::Array(elements[at..end].to_vec());
        matches && self.value(&pattern[at].value, &list)
    }

    /// Tries something, and forgets what it did where it fails.
    pub(super) fn attempt(&mut self, attempt: impl FnOnce(&mut Self) -> bool) -> bool {
        let (constants, literal, explained) = (self.constants, self.literal, self.explained);
        let (unexplained, readings) = (self.unexplained, self.readings.len());
        let success = attempt(self);
        if !success {
            (self.constants, self.literal, self.explained) = (constants, literal, explained);
            self.unexplained = unexplained;
            self.readings.truncate(readings);
        }
        success
    }

    /// Keeps a value, where it is wanted.
    fn read(&mut self, reading: Reading, alone: bool, value: impl FnOnce() -> Value) {
        if !matches!(reading, Reading::Nothing) {
            self.readings.push(Read { reading, value: value(), alone });
        }
    }
}
