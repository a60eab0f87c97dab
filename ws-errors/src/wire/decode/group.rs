//! The entries that share an envelope in a context.

use std::collections::HashMap;

use serde_json::Value;

use super::choice::{Choice, Outcome, Told};
use super::kinds::{Kinds, integer};
use super::matching::{Input, Matching, Read};
use super::pattern::{Form, Fragment, Link, LinkValue, Pattern, Reading, kinds_of_code};
use super::scan::Scan;
use super::undeclared::{Undeclared, own_templates};
use crate::catalog::{Catalog, Code, Entry, Filter, Format, Node, Slot, Success};
use ws_errors_core::shape::Shape;

/// The entries that share an envelope in a context, and what it looks like for any other.
#[derive(Debug)]
pub(super) struct Group {
    /// The index in [`Catalog::contexts`].
    context: usize,
    /// The kind of frame.
    pub(super) format: Format,
    /// What an entry that nobody declared looks like.
    undeclared: Form,
    carried: Carried,
    /// The types that codes have in this catalog.
    codes: Kinds,
    /// The codes that are no errors.
    success: &'static [Success],
    /// The text before the JSON of a chain, and the scan of that JSON.
    chain: Option<(String, Scan)>,
    candidates: Vec<Candidate>,
    numbers: HashMap<i64, Vec<usize>>,
    texts: HashMap<&'static str, Vec<usize>>,
    catch_alls: Vec<usize>,
    /// Those without a code, which the shape tells, and the text.
    codeless: Vec<usize>,
}

#[derive(Debug)]
struct Candidate {
    entry: &'static Entry,
    form: Form,
}

/// What is the same in a group.
#[derive(PartialEq)]
struct Key {
    context: usize,
    envelope: usize,
    own: Vec<(&'static str, &'static Node)>,
}

/// The groups of a catalog: those of a context that is declared first come first, so that of equal
/// envelopes its own counts. Shapes that no entry uses are in none.
pub(super) fn groups(catalog: &'static Catalog) -> Vec<Group> {
    let mut keys: Vec<(Key, Vec<(&'static Entry, usize)>)> = Vec::new();
    for entry in catalog.entries {
        for &(context, index) in entry.envelopes {
            let Some(envelope) = catalog.envelopes.get(index) else { continue };
            let key =
                Key { context, envelope: index, own: own_templates(entry, &envelope.template) };
            match keys.iter_mut().find(|(other, _)| *other == key) {
                Some((_, members)) => members.push((entry, context)),
                None => keys.push((key, vec![(entry, context)])),
            }
        }
    }
    keys.sort_by_key(|(key, _)| key.context);
    let codes = kinds_of_codes(catalog);
    keys.iter().filter_map(|(key, members)| Group::new(catalog, key, members, codes)).collect()
}

/// The types of the codes that messages carry.
fn kinds_of_codes(catalog: &Catalog) -> Kinds {
    let with_message = catalog.entries.iter().filter(|entry| !entry.envelopes.is_empty());
    let kinds = with_message.fold(Kinds::NONE, |kinds, entry| match entry.code {
        Code::Number(_) => kinds.or(Kinds::NUMBER),
        Code::Text(_) => kinds.or(Kinds::STRING),
        Code::Field(_) | Code::None => kinds,
    });
    if kinds != Kinds::NONE {
        return kinds;
    }
    // Where all come from fields, theirs.
    let fields = catalog.entries.iter().filter_map(|entry| match entry.code {
        Code::Field(name) => entry.field(name),
        _ => None,
    });
    let kinds = fields.fold(Kinds::NONE, |kinds, field| kinds.or(kinds_of_code(field)));
    if kinds == Kinds::NONE { Kinds::CODE } else { kinds }
}

impl Group {
    fn new(
        catalog: &'static Catalog,
        key: &Key,
        members: &[(&'static Entry, usize)],
        codes: Kinds,
    ) -> Option<Self> {
        let envelope = catalog.envelopes.get(key.envelope)?;
        let entries: Vec<&'static Entry> = members.iter().map(|(entry, _)| *entry).collect();
        let context = catalog.contexts.get(key.context)?.fields;
        let form = |is_lenient| {
            Undeclared { entries: &entries, context, codes, is_lenient }.form(envelope)
        };
        let mut undeclared = form(false);
        if Carried::of(&undeclared) != Carried::Nothing {
            undeclared = form(true);
        }
        let mut group = Self {
            context: key.context,
            format: envelope.format,
            chain: scan_of_chain(&undeclared),
            carried: Carried::of(&undeclared),
            codes,
            success: catalog.success,
            candidates: Vec::with_capacity(members.len()),
            numbers: HashMap::new(),
            texts: HashMap::new(),
            catch_alls: Vec::new(),
            codeless: Vec::new(),
            undeclared,
        };
        for (entry, context) in members {
            // Whether it is recoverable tells nobody who it is.
            let shape = Shape::with_open(Slot::Recoverable, catalog, entry, *context);
            if let Some((shape, format)) = shape {
                group.add(entry, Form::of(entry, &shape, format));
            }
        }
        Some(group)
    }

    fn add(&mut self, entry: &'static Entry, form: Form) {
        let index = self.candidates.len();
        self.candidates.push(Candidate { entry, form });
        match (self.carried, entry.code) {
            (Carried::Code, Code::Number(code)) => {
                self.numbers.entry(code).or_default().push(index);
            }
            (Carried::Code, Code::Text(code)) => self.texts.entry(code).or_default().push(index),
            (Carried::Code, Code::Field(_)) => self.catch_alls.push(index),
            (Carried::Name, _) => self.texts.entry(entry.name).or_default().push(index),
            (Carried::Code, Code::None) | (Carried::Nothing, _) => self.codeless.push(index),
        }
    }

    /// What its frames look like, where they are JSON and nothing else.
    pub(super) fn json(&self) -> Option<&Pattern> {
        match &self.undeclared {
            Form::Json(pattern) => Some(pattern),
            Form::Text(_) | Form::Chain(_) => None,
        }
    }

    /// The constant text with which its frames end, where they are not JSON alone.
    pub(super) fn terminator(&self) -> Option<&str> {
        let fragments = match &self.undeclared {
            Form::Text(Pattern::Composed(fragments)) => fragments,
            Form::Chain(links) => match &links.last()?.value {
                LinkValue::Text(fragments) => fragments,
                LinkValue::Json(_) => return None,
            },
            Form::Json(_) | Form::Text(_) => return None,
        };
        match fragments.last()? {
            Fragment::Literal(text) => Some(text),
            Fragment::Open(_) => None,
        }
    }

    /// Whether a text that is not JSON can be a frame of the group, as far as a scan tells.
    pub(super) fn can_be(&self, text: &str) -> bool {
        self.chain.as_ref().is_none_or(|(before, scan)| {
            text.strip_prefix(before.as_str()).is_some_and(|json| scan.run(1, json) != 0)
        })
    }

    /// Finds the entry by its code, matches it, and puts what is found up for choice.
    pub(super) fn consider(&self, input: Input<'_>, choice: &mut Choice) {
        let Some(undeclared) = Matching::strict(&self.undeclared, input) else { return };
        let code = undeclared.code().cloned();
        let details = undeclared.find(|reading| matches!(reading, Reading::Details)).cloned();
        let mut put = |entry: Option<&'static Entry>, told: Told, matching: Matching| {
            let code = code.as_ref().map(|read| read.value.clone());
            let details = details.clone();
            choice.put(Outcome { context: self.context, entry, told, matching, code, details });
        };

        let known = code.as_ref().map_or(&[][..], |code| self.known(code));
        if known.is_empty() && code.as_ref().is_some_and(|code| self.is_success(code)) {
            return;
        }
        let mut is_matched = false;
        for (candidate, matching) in self.matches(known, input) {
            put(Some(candidate.entry), Told::Code, matching);
            is_matched = true;
        }
        if code.is_some() && known.is_empty() {
            for (candidate, matching) in self.matches(&self.catch_alls, input) {
                put(Some(candidate.entry), Told::CatchAll, matching);
            }
        }
        for (candidate, matching) in self.matches(&self.codeless, input) {
            put(Some(candidate.entry), Told::Shape, matching);
        }
        let is_ours = match &code {
            Some(code) => !is_matched && self.is_code(code) && !undeclared.is_ordinary(),
            None => undeclared.constants > 0,
        };
        if is_ours {
            put(None, Told::Nothing, undeclared);
        }
    }

    fn candidates(&self, indices: &[usize]) -> impl Iterator<Item = &Candidate> {
        indices.iter().filter_map(|index| self.candidates.get(*index))
    }

    fn matches(
        &self,
        indices: &[usize],
        input: Input<'_>,
    ) -> impl Iterator<Item = (&Candidate, Matching)> {
        self.candidates(indices)
            .filter_map(move |candidate| {
                Some((candidate, Matching::strict(&candidate.form, input)?))
            })
            .filter(|(_, matching)| !matching.is_ordinary())
    }

    fn known(&self, code: &Read) -> &[usize] {
        let found = match &code.value {
            Value::Number(number) => integer(number).and_then(|code| self.numbers.get(&code)),
            Value::String(text) => self
                .texts
                .get(text.as_str())
                .or_else(|| code.digits().and_then(|code| self.numbers.get(&code))),
            _ => None,
        };
        found.map_or(&[], Vec::as_slice)
    }

    /// Whether the enum says that it is no error's.
    fn is_success(&self, code: &Read) -> bool {
        let digits = code.digits().map(Value::from);
        self.success.iter().any(|success| {
            has(success, &code.value) || digits.as_ref().is_some_and(|d| has(success, d))
        })
    }

    /// Whether it is of a type that the catalog's codes have.
    fn is_code(&self, code: &Read) -> bool {
        match code.value {
            _ if self.carried == Carried::Name => true,
            Value::Number(_) => self.codes.has(Kinds::NUMBER),
            Value::String(_) => self.codes.has(Kinds::STRING) || code.digits().is_some(),
            _ => false,
        }
    }
}

impl Read {
    /// The number that was made a string.
    fn digits(&self) -> Option<i64> {
        match (self.reading, &self.value) {
            (Reading::Code { in_string: true }, Value::String(text)) => text.parse().ok(),
            _ => None,
        }
    }
}

/// What the messages of an envelope carry to tell their entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Carried {
    Nothing,
    Name,
    Code,
}

impl Carried {
    fn of(form: &Form) -> Self {
        match form {
            Form::Json(pattern) | Form::Text(pattern) => Self::of_pattern(pattern),
            Form::Chain(links) => links
                .iter()
                .map(|link| match &link.value {
                    LinkValue::Text(fragments) => Self::of_fragments(fragments),
                    LinkValue::Json(pattern) => Self::of_pattern(pattern),
                })
                .max()
                .unwrap_or(Self::Nothing),
        }
    }

    fn of_pattern(pattern: &Pattern) -> Self {
        match pattern {
            Pattern::Code { .. } => Self::Code,
            Pattern::Open(_, Reading::Name) => Self::Name,
            Pattern::Constant(_) | Pattern::Open(..) | Pattern::Typed(..) => Self::Nothing,
            Pattern::Object(members) => {
                let carried = members.iter().map(|member| Self::of_pattern(&member.value));
                carried.max().unwrap_or(Self::Nothing)
            }
            Pattern::Array(elements) => {
                let carried = elements.iter().map(|element| Self::of_pattern(&element.value));
                carried.max().unwrap_or(Self::Nothing)
            }
            Pattern::Composed(fragments) => Self::of_fragments(fragments),
            Pattern::Default(pattern, default) => {
                Self::of_pattern(pattern).max(Self::of_pattern(default))
            }
            Pattern::Filtered(Filter::Len, _) => Self::Nothing,
            Pattern::Encoded(pattern)
            | Pattern::Filtered(_, pattern)
            | Pattern::Lenient(pattern) => Self::of_pattern(pattern),
        }
    }

    fn of_fragments(fragments: &[Fragment]) -> Self {
        let carried = fragments.iter().map(|fragment| match fragment {
            Fragment::Literal(_) => Self::Nothing,
            Fragment::Open(pattern) => Self::of_pattern(pattern),
        });
        carried.max().unwrap_or(Self::Nothing)
    }
}

/// The constant text with which a chain begins, and the scan of the JSON behind it.
fn scan_of_chain(form: &Form) -> Option<(String, Scan)> {
    let Form::Chain(links) = form else { return None };
    let mut before = String::new();
    for Link { optional, value } in links {
        match value {
            _ if *optional => return None,
            LinkValue::Text(fragments) => match fragments.as_slice() {
                [] => {}
                [Fragment::Literal(text)] => before.push_str(text),
                _ => return None,
            },
            LinkValue::Json(pattern) => {
                let mut scan = Scan::default();
                scan.require(1, pattern);
                return Some((before, scan));
            }
        }
    }
    None
}

/// Whether a code is one of these. To JavaScript `200.0` is `200`.
fn has(success: &crate::catalog::Success, code: &Value) -> bool {
    let whole = || code.as_f64().filter(|code| code.fract() == 0.0).map(|code| code as i64);
    code.as_i64().or_else(whole).is_some_and(|code| success.has_number(code))
        || code.as_str().is_some_and(|code| success.has_text(code))
}
