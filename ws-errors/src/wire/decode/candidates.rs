//! The readings that a frame may have, found without trying each.

use std::collections::HashMap;

use memchr::memchr;
use memchr::memmem::Finder;

use super::hull::hull;
use super::same::is_same;
use super::scan::{FORMS, Forms, Scan};
use crate::catalog::Format;
use crate::wire::json::{Json, integer, member};
use ws_errors_core::escape::{plain_length, quote};
use ws_errors_core::json::{Json as Constant, Number};
use ws_errors_core::reading::{FramePattern, Pattern, Plan, Reading, Segment, Step};

/// The readings of one format whose frames are JSON, or something in its place.
#[derive(Debug)]
pub(super) struct OfJson {
    pub(super) format: Format,
    /// The envelope of a codec: codecs of one name may have different decoders.
    envelope: Option<usize>,
    /// Those that require a constant at the switch, by that constant.
    integers: HashMap<i64, Vec<usize>>,
    texts: HashMap<String, Vec<usize>>,
    others: Vec<(Constant, Vec<usize>)>,
    /// Those that require none.
    open: Vec<usize>,
    /// The forms of readings: those of one envelope in one context share one.
    forms: Vec<(usize, Forms)>,
    all_forms: Forms,
    scan: Scan,
    /// A string that each of their messages has, unless it has escapes.
    telling: Option<Finder<'static>>,
}

/// The readings whose frames are text.
#[derive(Debug, Default)]
pub(super) struct OfText {
    /// Each with the characters with which it begins.
    readings: Vec<(usize, String)>,
}

impl OfJson {
    /// The readings of each format.
    pub(super) fn all(plan: &Plan) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for reading in &plan.readings {
            let is_json = matches!(reading.frame, FramePattern::Json(_));
            if is_json && !all.iter().any(|of| of.has(reading)) {
                all.push(Self::of(plan, reading));
            }
        }
        all
    }

    /// Whether it is one of these readings.
    pub(super) fn has(&self, reading: &Reading) -> bool {
        self.format == reading.format && self.envelope.is_none_or(|one| one == reading.envelope)
    }

    fn of(plan: &Plan, first: &Reading) -> Self {
        let mut readings = Self {
            format: first.format,
            envelope: matches!(first.format, Format::With(_)).then_some(first.envelope),
            integers: HashMap::new(),
            texts: HashMap::new(),
            others: Vec::new(),
            open: Vec::new(),
            forms: Vec::new(),
            all_forms: 0,
            scan: Scan::default(),
            telling: None,
        };
        let mut places: HashMap<(usize, usize), usize> = HashMap::new();
        let mut hulls: Vec<Pattern> = Vec::new();
        // The most open come first into a hull, so that it has few constants.
        for (index, reading) in plan.readings.iter().enumerate().rev() {
            let FramePattern::Json(pattern) = &reading.frame else { continue };
            if !readings.has(reading) {
                continue;
            }
            readings.place(index, pattern.constant_at(&plan.switch));
            let next = hulls.len().min(FORMS - 1);
            let form = *places.entry((reading.context, reading.envelope)).or_insert(next);
            match hulls.get_mut(form) {
                Some(one) => {
                    let all = Pattern::OneOf(Vec::new());
                    *one = hull(std::mem::replace(one, all), pattern);
                }
                None => hulls.push(pattern.clone()),
            }
            readings.forms.push((index, 1 << form));
        }
        readings.forms.reverse();
        for (form, pattern) in hulls.iter().enumerate() {
            readings.all_forms |= 1 << form;
            readings.scan.require(1 << form, pattern);
        }
        readings.telling = telling(&readings.scan, readings.all_forms);
        readings
    }

    fn place(&mut self, index: usize, constant: Option<&Constant>) {
        let place = match constant {
            None => &mut self.open,
            Some(Constant::Number(Number::Integer(integer))) => {
                self.integers.entry(*integer).or_default()
            }
            Some(Constant::String(text)) => self.texts.entry(text.clone()).or_default(),
            Some(other) => {
                let found = self.others.iter().position(|(constant, _)| constant == other);
                let found = found.unwrap_or_else(|| {
                    self.others.push((other.clone(), Vec::new()));
                    self.others.len() - 1
                });
                &mut self.others[found].1
            }
        };
        place.push(index);
    }

    /// The forms that the JSON at the beginning of the text may have: none where it is ordinary
    /// traffic.
    pub(super) fn scan(&self, text: &str) -> Forms {
        let bytes = text.as_bytes();
        let may_have_it =
            |finder: &Finder<'_>| finder.find(bytes).is_some() || memchr(b'\\', bytes).is_some();
        match self.telling.as_ref().is_none_or(may_have_it) {
            true => self.scan.run(self.all_forms, text),
            false => 0,
        }
    }

    /// The readings of these forms that a value may have.
    pub(super) fn find(&self, plan: &Plan, json: &Json<'_>, forms: Forms, found: &mut Vec<usize>) {
        let with = match at(json, &plan.switch) {
            Some(Json::Number(number)) => match integer(number) {
                Some(integer) => self.integers.get(&integer),
                None => self.other(&Json::Number(number.clone())),
            },
            Some(Json::String(text)) => self.texts.get(&**text),
            Some(other) => self.other(other),
            None => None,
        };
        let has_form = |index: &usize| {
            let place = self.forms.binary_search_by_key(index, |(index, _)| *index);
            place.is_ok_and(|place| self.forms[place].1 & forms != 0)
        };
        let with = with.map_or(&[][..], Vec::as_slice);
        found.extend(with.iter().chain(&self.open).copied().filter(has_form));
    }

    fn other(&self, json: &Json<'_>) -> Option<&Vec<usize>> {
        self.others.iter().find(|(constant, _)| is_same(constant, json)).map(|(_, found)| found)
    }

    #[cfg(test)]
    pub(super) fn without_scan(&mut self) {
        (self.scan, self.telling) = (Scan::default(), None);
    }
}

/// Of the texts that each message of these forms has, the one that fewest others have: a value before
/// a key, and the longest of these.
fn telling(scan: &Scan, forms: Forms) -> Option<Finder<'static>> {
    let mut texts = Vec::new();
    scan.texts(forms, &mut texts);
    texts.retain(|(_, text)| plain_length(text.as_bytes()) == text.len());
    let (_, text) = texts.into_iter().max_by_key(|(place, text)| (*place, text.len()))?;
    Some(Finder::new(&quote(text)).into_owned())
}

/// The value in a place.
fn at<'j, 'de>(json: &'j Json<'de>, path: &[Step]) -> Option<&'j Json<'de>> {
    path.iter().try_fold(json, |json, step| match (step, json) {
        (Step::Key(key), Json::Object(members)) => member(members, key),
        (Step::Index(index), Json::Array(elements)) => elements.get(*index),
        _ => None,
    })
}

impl OfText {
    /// The readings of text frames, or of binary ones that hold text.
    pub(super) fn of(plan: &Plan, binary: bool) -> Self {
        let mut readings = Vec::new();
        for (index, reading) in plan.readings.iter().enumerate() {
            let FramePattern::Text(segments) = &reading.frame else { continue };
            if binary == (reading.format == Format::Binary) {
                let start = segments.iter().map_while(|segment| match segment {
                    Segment::Literal(text) => Some(text.as_str()),
                    _ => None,
                });
                readings.push((index, start.collect()));
            }
        }
        Self { readings }
    }

    /// The readings that a text may have.
    pub(super) fn find(&self, text: &str, found: &mut Vec<usize>) {
        let begin = self.readings.iter().filter(|(_, start)| text.starts_with(start.as_str()));
        found.extend(begin.map(|(index, _)| *index));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::METERED;
    use ws_errors_core::reading::MemberPattern;

    fn object(members: Vec<(&str, Pattern)>) -> Pattern {
        let members = members.into_iter().map(|(key, value)| MemberPattern {
            key: key.to_owned(),
            optional: false,
            value,
        });
        Pattern::Object(members.collect())
    }

    fn text(text: &str) -> Pattern {
        Pattern::Constant(text.into())
    }

    fn searched(patterns: &[Pattern]) -> Option<String> {
        let mut scan = Scan::default();
        for (form, pattern) in patterns.iter().enumerate() {
            scan.require(1 << form, pattern);
        }
        let finder = telling(&scan, (1 << patterns.len()) - 1)?;
        Some(String::from_utf8(finder.needle().to_vec()).unwrap())
    }

    #[test]
    fn what_all_forms_require_is_searched_for() {
        let error = || object(vec![("type", text("error")), ("requestId", text("a"))]);
        let reply = || object(vec![("type", text("error")), ("payload", object(vec![]))]);
        assert_eq!(searched(&[error()]).as_deref(), Some(r#""error""#));
        assert_eq!(searched(&[error(), reply()]).as_deref(), Some(r#""error""#));
        let other = || object(vec![("type", text("failure"))]);
        assert_eq!(searched(&[error(), other()]).as_deref(), Some(r#""type""#));
        assert_eq!(searched(&[error(), Pattern::Array(vec![])]), None);
        let either = Pattern::OneOf(vec![text("error"), text("failure")]);
        assert_eq!(searched(&[object(vec![("type", either)])]).as_deref(), Some(r#""type""#));
        assert_eq!(searched(&[object(vec![("a\nb", text("\""))])]), None, "both are escaped");
    }

    #[test]
    fn a_message_without_it_has_no_form_unless_something_is_escaped() {
        let plan = Plan::of(&METERED);
        let mut readings = OfJson::all(&plan).swap_remove(0);
        readings.telling = Some(Finder::new(r#""error""#).into_owned());
        // The scan allows all.
        (readings.scan, readings.all_forms) = (Scan::default(), 1);
        for (text, forms) in [
            (r#"{"type":"message"}"#, 0),
            (r#"{"type":"errors"}"#, 0),
            (r#"{"type":"error"}"#, 1),
            (r#"{"type":"\u0065rror"}"#, 1),
        ] {
            assert_eq!(readings.scan(text), forms, "{text}");
        }
    }
}
