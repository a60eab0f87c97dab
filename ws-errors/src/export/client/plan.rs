//! The reading plan as JSON, for a client that interprets it.
//!
//! Python's modules are the only ones that do so today. It stands here all the same: nothing in it is
//! Python's, and the next language that has no need of checks printed as code takes it as it is.
//!
//! A module in a language that doesn't print its checks as code has this JSON as a constant, and a reader
//! that interprets it. Of the plan it has `types` by name, what codes mean `success` (texts, and ranges as
//! `[first, last]`) and which are `declared`, the `ends` of frames with several messages, the `closes` in
//! order, each with its `kind`, and, unless any will do, its `code` and its `reason`, and two [groups](group)
//! of readings: `messages`, and `responses` over HTTP.
//!
//! What the place of a pattern says has been worked out: whether it is a value or the characters of one,
//! and whether objects are closed. What is left are:
//!
//! | Pattern | What it matches |
//! | --- | --- |
//! | a number | a value of one of these kinds, each a bit: null 1, booleans 2, numbers 4, strings 8, arrays 16, objects 32 |
//! | `["is", constant]` | this value |
//! | `["whole"]` | a whole number |
//! | `["digits"]` | a string of nothing but digits |
//! | `["type", name]` | a value of one of the `types` |
//! | `["object", { key: [optional, pattern] }, others]` | an object with these members; all others match the pattern `others` |
//! | `["array", first, rest, last, least, most]` | an array of so many elements: the first and the last match one pattern each, and the list of those between them matches `rest` |
//! | `["each", pattern]` | an array whose elements all match |
//! | `["any", patterns]` | what the first of these matches that does |
//! | `["all", patterns]` | what all of them match |
//! | `["keep", name, alone, pattern]` | what the pattern matches, which is kept: of an error under the name, of its context under the name behind a `.` |
//! | `["code", codes]` | a string or a whole number that is one of these codes: `errors`, `undeclared`, or `success` |
//! | `["code in text", codes, kinds, names, alone]` | the same in a string, of which one may be a number by its kinds; kept under the names as it is where it stands alone or is a text, and else as a number |
//! | `["text", segments]` | a string that is taken apart |
//! | `["encoded", pattern]` | a string with JSON in it |
//!
//! A segment is a literal text, or one of `["json", begins, pattern]` (with the characters with which it can
//! begin), `["quoted", pattern]`, `["slot", escape, pattern]` and `["maybe", segments]`.

use super::{Client, Frames, Naming, Target, UNKNOWN, targets};
use crate::catalog::{Code, Filter, Format, Success};
use crate::export::tree::{Members, object};
use crate::types::{Member, Type};
use crate::wire::Tree;
use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::{
    Capture, Class, CloseCodePattern, CloseReading, Codes, ElementPattern, FramePattern, Pattern,
    Plan, Reading, Segment, Step,
};

impl Client {
    /// The plan, with what the members of errors are called.
    pub(in crate::export) fn plan_as_json(&self, naming: Naming<'_>) -> Members {
        let types = self.definitions.iter().map(|one| (one.name.clone(), of_type(&one.ty)));
        let success = self.plan.catalog.success.iter().map(|one| match *one {
            Success::Text(text) => text.into(),
            Success::Numbers(first, last) => list([first.into(), last.into()]),
        });
        let mut declared: Vec<Tree<'_>> = Vec::new();
        for code in self.plan.declared.iter().map(constant) {
            if !declared.contains(&code) {
                declared.push(code);
            }
        }
        let is_response = |one: &&Reading| Some(one.context) == self.http;
        let (responses, messages): (Vec<&Reading>, Vec<&Reading>) =
            self.plan.readings.iter().partition(is_response);
        Members::new()
            .with("types", object(types))
            .with("success", success.collect::<Tree<'_>>())
            .with("declared", declared)
            .with("ends", super::ends(&self.plan).into_iter().map(Tree::from).collect::<Tree<'_>>())
            .with(
                "closes",
                self.plan.closes.iter().map(|one| close(one).into()).collect::<Tree<'_>>(),
            )
            .with("messages", group(self, &messages, naming))
            .with("responses", group(self, &responses, naming))
    }
}

/// Readings that are tried together: the way to the `switch`, the `readings`, and the `tries` in order, each
/// with the index of a reading and whether slots may end at a later separator.
///
/// Of a reading there are its `frames`, the `pattern`, or the `segments` of a text, the `constant` that it
/// requires at the switch, and the `kind` of the error, if it is one.
fn group(client: &Client, readings: &[&Reading], naming: Naming<'_>) -> Members {
    let switch = Plan::switch_among(readings.iter().copied());
    let index = |reading| readings.iter().position(|one| std::ptr::eq(*one, reading));
    let tries = Plan::tries(readings.iter().copied()).filter_map(|(reading, again)| {
        Some(list([i64::try_from(index(reading)?).ok()?.into(), again.into()]))
    });
    let tries: Tree<'_> = tries.collect();
    let steps = switch.iter().map(|step| match step {
        Step::Key(key) => key.clone().into(),
        Step::Index(index) => number(*index),
    });
    let steps: Tree<'_> = steps.collect();
    let readings =
        readings.iter().map(|reading| of_reading(client, reading, &switch, naming).into());
    let readings: Tree<'_> = readings.collect();
    Members::new().with("switch", steps).with("readings", readings).with("tries", tries)
}

fn of_reading(client: &Client, reading: &Reading, switch: &[Step], naming: Naming<'_>) -> Members {
    let lowering = Lowering { client, reading, naming };
    let frames = match (Frames::of(reading), reading.format) {
        _ if Some(reading.context) == client.http => "http",
        (Frames::Json, _) => "json",
        (Frames::Packed, _) => "packed",
        (Frames::Text, Format::Binary) => "bytes",
        (Frames::Text, _) => "text",
    };
    let kind = match reading.class {
        Class::Success => None,
        _ => Some(reading.entry.map_or(UNKNOWN, |entry| entry.name)),
    };
    let members = Members::new().with("frames", frames).perhaps("kind", kind);
    match &reading.frame {
        FramePattern::Json(pattern) => members
            .perhaps("constant", pattern.constant_at(switch).map(constant))
            .with("pattern", lowering.value(pattern)),
        FramePattern::Text(segments) => members.with("segments", lowering.segments(segments)),
    }
}

/// A close; a reason shows its fields as text.
fn close(reading: &CloseReading) -> Members {
    let code = match reading.code {
        CloseCodePattern::Constant(code) => Some(code),
        CloseCodePattern::Field(_) => None,
    };
    let segments = reading.reason.iter().map(|segment| match segment {
        Segment::Literal(literal) => literal.clone().into(),
        _ => list(["slot".into(), "".into(), kinds(Kinds::STRING)]),
    });
    let reason = reading.compared.then(|| segments.collect::<Tree<'_>>());
    Members::new().with("kind", reading.entry.name).perhaps("code", code).perhaps("reason", reason)
}

/// Works out what the places of the patterns of a reading say.
struct Lowering<'c> {
    client: &'c Client,
    reading: &'c Reading,
    naming: Naming<'c>,
}

impl Lowering<'_> {
    fn value(&self, pattern: &Pattern) -> Tree<'static> {
        match pattern {
            Pattern::Constant(json) => is(json),
            Pattern::Value { kinds: of, ty, captures, .. } => {
                self.keep(captures, true, self.of(kinds(*of), *ty))
            }
            Pattern::Code { kinds: of, quoted, codes, captures } => match quoted {
                true => self.code_in_text(*codes, *of, captures, true),
                false => {
                    let code = list(["code".into(), word(*codes)]);
                    self.keep(captures, true, all([kinds(*of), code]))
                }
            },
            Pattern::Object(members) => {
                let members = members.iter().map(|one| {
                    let pattern = optional(one.optional, self.value(&one.value));
                    (one.key.clone(), list([one.optional.into(), pattern]))
                });
                let others = if self.reading.closed { Kinds::NONE } else { Kinds::ANY };
                list(["object".into(), object(members).into(), kinds(others)])
            }
            Pattern::Array(elements) => self.array(elements),
            Pattern::Text(segments) => list(["text".into(), self.segments(segments)]),
            Pattern::Encoded(inner) => encoded(self.value(inner)),
            Pattern::OneOf(patterns) => any(patterns.iter().map(|one| self.value(one))),
            Pattern::Both(one, other) => all([self.value(one), self.value(other)]),
            Pattern::Lenient(inner) => any([self.value(inner), kinds(Kinds::ANY)]),
        }
    }

    /// The same of the characters of a value, as they stand in a string or in a text.
    fn characters(&self, pattern: &Pattern) -> Tree<'static> {
        let nothing = |may_be| Some(is(&"".into())).filter(|_| may_be);
        match pattern {
            Pattern::Constant(Json::String(_)) | Pattern::Text(_) => self.value(pattern),
            Pattern::Value { kinds: of, ty, optional, captures } => {
                let keep = |of| self.keep(captures, false, self.of(kinds(of), *ty));
                let may_be_text = of.has(Kinds::STRING);
                let text = may_be_text.then(|| keep(Kinds::STRING));
                // What is no text has the characters of its JSON.
                let others = if may_be_text { Kinds::ANY } else { *of };
                let json = (!may_be_text || ty.is_some()).then(|| encoded(keep(others)));
                any(nothing(*optional).into_iter().chain(text).chain(json))
            }
            Pattern::Code { kinds: of, codes, captures, .. } => {
                self.code_in_text(*codes, *of, captures, false)
            }
            Pattern::OneOf(patterns) => any(patterns.iter().map(|one| self.characters(one))),
            Pattern::Both(one, other) => all([self.characters(one), self.characters(other)]),
            Pattern::Lenient(inner) => any([self.characters(inner), kinds(Kinds::ANY)]),
            Pattern::Constant(_) | Pattern::Object(_) | Pattern::Array(_) | Pattern::Encoded(_) => {
                encoded(self.value(pattern))
            }
        }
    }

    /// An array of which the list is spliced, where there is one, and all others are there.
    fn array(&self, elements: &[ElementPattern]) -> Tree<'static> {
        let Some(at) = elements.iter().position(|one| one.spliced) else {
            let first = elements.iter().map(|one| optional(one.optional, self.value(&one.value)));
            let least = elements.iter().rposition(|one| !one.optional).map_or(0, |last| last + 1);
            return array(
                first.collect(),
                kinds(Kinds::ANY),
                list([]),
                least,
                Some(elements.len()),
            );
        };
        let all = |elements: &[ElementPattern]| {
            elements.iter().map(|one| self.value(&one.value)).collect()
        };
        let (first, last) = (all(&elements[..at]), all(&elements[at + 1..]));
        array(first, self.value(&elements[at].value), last, elements.len() - 1, None)
    }

    fn segments(&self, segments: &[Segment]) -> Tree<'static> {
        let segments = segments.iter().map(|segment| match segment {
            Segment::Literal(literal) => literal.clone().into(),
            Segment::Json(inner) => {
                let begins = super::begins(inner.kinds());
                list(["json".into(), begins.into(), self.value(inner)])
            }
            Segment::Optional(inner) => list(["maybe".into(), self.segments(inner)]),
            Segment::Filtered(Filter::Quoted, inner) => {
                list(["quoted".into(), self.characters(inner)])
            }
            Segment::Filtered(Filter::Len, _) => {
                list(["slot".into(), "".into(), list(["digits".into()])])
            }
            Segment::Slot(inner) => list(["slot".into(), "".into(), self.characters(inner)]),
            Segment::Filtered(filter, inner) => {
                list(["slot".into(), escape(*filter).into(), self.characters(inner)])
            }
        });
        segments.collect()
    }

    fn code_in_text(
        &self,
        codes: Codes,
        of: Kinds,
        captures: &[Capture],
        alone: bool,
    ) -> Tree<'static> {
        let names: Tree<'_> = self.names(captures).map(Tree::from).collect();
        list(["code in text".into(), word(codes), kinds(of), names, alone.into()])
    }

    /// A value that is of the type, too.
    fn of(&self, pattern: Tree<'static>, ty: Option<usize>) -> Tree<'static> {
        match ty {
            Some(ty) => {
                all([pattern, of_type(&self.client.typing.value(Kinds::ANY, Some(ty), false))])
            }
            None => pattern,
        }
    }

    fn keep(&self, captures: &[Capture], alone: bool, pattern: Tree<'static>) -> Tree<'static> {
        let keep =
            |pattern, name: String| list(["keep".into(), name.into(), alone.into(), pattern]);
        self.names(captures).fold(pattern, keep)
    }

    /// What a value is kept as.
    fn names(&self, captures: &[Capture]) -> impl Iterator<Item = String> {
        let targets = targets(captures, self.client.values_of(self.reading));
        targets.into_iter().filter_map(|target| self.name(target))
    }

    /// The name of what a value is kept as; a code that is constant is not kept.
    fn name(&self, target: Target) -> Option<String> {
        let code = self.reading.entry.map(|entry| entry.code);
        match (target, code) {
            (Target::Context(name), _) => Some(format!(".{}", (self.naming)(name))),
            (Target::Error(name), Some(Code::Number(_) | Code::Text(_))) if name == "code" => None,
            (Target::Error(name), _) => Some((self.naming)(&name)),
        }
    }
}

/// A type of values.
fn of_type(ty: &Type) -> Tree<'static> {
    match ty {
        Type::Any => kinds(Kinds::ANY),
        Type::Null => kinds(Kinds::NULL),
        Type::Boolean => kinds(Kinds::BOOL),
        Type::Number(_) => kinds(Kinds::NUMBER),
        Type::String(_) => kinds(Kinds::STRING),
        Type::Integer(_) => list(["whole".into()]),
        Type::Constant(value) => list(["is".into(), Tree::of(value)]),
        Type::Reference(name) => list(["type".into(), name.clone().into()]),
        Type::Array(one) => {
            let rest = list(["each".into(), of_type(&one.rest)]);
            array(one.first.iter().map(of_type).collect(), rest, list([]), one.least, one.most)
        }
        Type::Object(one) => {
            let member = |one: &Member| list([one.optional.into(), of_type(&one.ty)]);
            let members = one.members.iter().map(|one| (one.key.clone(), member(one)));
            let others = one.others.as_deref().map_or(kinds(Kinds::ANY), of_type);
            list(["object".into(), object(members).into(), others])
        }
        Type::Union(types) => any(types.iter().map(of_type)),
        Type::Intersection(types) => all(types.iter().map(of_type)),
    }
}

fn list<const N: usize>(elements: [Tree<'static>; N]) -> Tree<'static> {
    elements.into_iter().collect()
}

fn number(number: usize) -> Tree<'static> {
    Tree::Number(number.into())
}

fn constant(json: &Json) -> Tree<'static> {
    // Every text of a constant is JSON.
    Tree::parse(&json.to_string()).map_or(Tree::Null, Tree::into_owned)
}

fn is(json: &Json) -> Tree<'static> {
    list(["is".into(), constant(json)])
}

/// A bit for each kind.
fn kinds(kinds: Kinds) -> Tree<'static> {
    let bits = Kinds::EACH.iter().enumerate().filter(|(_, kind)| kinds.has(**kind));
    bits.map(|(index, _)| 1_u32 << index).sum::<u32>().into()
}

fn encoded(pattern: Tree<'static>) -> Tree<'static> {
    list(["encoded".into(), pattern])
}

/// In a place that may be left out `null` is nothing, whatever the pattern.
fn optional(is_optional: bool, pattern: Tree<'static>) -> Tree<'static> {
    any(is_optional.then(|| kinds(Kinds::NULL)).into_iter().chain([pattern]))
}

fn any(patterns: impl IntoIterator<Item = Tree<'static>>) -> Tree<'static> {
    several("any", patterns)
}

fn all(patterns: impl IntoIterator<Item = Tree<'static>>) -> Tree<'static> {
    several("all", patterns)
}

fn several(word: &'static str, patterns: impl IntoIterator<Item = Tree<'static>>) -> Tree<'static> {
    let mut patterns: Vec<Tree<'_>> = patterns.into_iter().collect();
    match patterns.len() {
        1 => patterns.swap_remove(0),
        _ => list([word.into(), patterns.into()]),
    }
}

fn array(
    first: Tree<'static>,
    rest: Tree<'static>,
    last: Tree<'static>,
    least: usize,
    most: Option<usize>,
) -> Tree<'static> {
    let most = most.map_or(Tree::Null, number);
    list(["array".into(), first, rest, last, number(least), most])
}

fn word(codes: Codes) -> Tree<'static> {
    match codes {
        Codes::Errors => "errors".into(),
        Codes::Undeclared => "undeclared".into(),
        Codes::Success => "success".into(),
    }
}

/// The escapes that a reader undoes.
const fn escape(filter: Filter) -> &'static str {
    match filter {
        Filter::Xml => "xml",
        Filter::Percent => "percent",
        Filter::Stomp => "stomp",
        _ => "",
    }
}
