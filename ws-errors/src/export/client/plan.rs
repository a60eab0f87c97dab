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
//! Its patterns are the [checks](Check):
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
//! | `["code", codes]` | one of these codes: `errors`, `undeclared`, or `success` |
//! | `["code in text", codes, kinds, names, alone]` | the same in a string, of which one may be a number by its kinds; kept under the names as it is where it stands alone or is a text, and else as a number |
//! | `["text", segments]` | a string that is taken apart |
//! | `["encoded", pattern]` | a string with JSON in it |
//!
//! A segment is a literal text, or one of `["json", begins, pattern]` (with the characters with which it can
//! begin), `["slot", escape, pattern]` and `["maybe", segments]`.

use super::check::{Check, FrameCheck, Part};
use super::{Client, Frames, Naming, Target, UNKNOWN};
use crate::catalog::{Filter, Success};
use crate::export::tree::{Members, object};
use crate::types::Type;
use crate::wire::Tree;
use ws_errors_core::distinct::distinct;
use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::{
    Class, CloseCodePattern, CloseReading, Codes, Plan, Reading, Segment, Step,
};

impl Client {
    /// The plan, with what the members of errors are called.
    pub(in crate::export) fn plan_as_json(&self, naming: Naming<'_>) -> Members {
        let types = self.definitions.iter();
        let types = types.map(|one| (one.name.clone(), tree(&Check::inside(&one.ty), naming)));
        let success = self.plan.catalog.success.iter().map(|one| match *one {
            Success::Text(text) => text.into(),
            Success::Numbers(first, last) => list([first.into(), last.into()]),
        });
        let declared = distinct(self.plan.declared.iter().map(constant));
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
    let frames = match Frames::of(reading) {
        _ if Some(reading.context) == client.http => "http",
        Frames::Json => "json",
        Frames::Text => "text",
        Frames::Bytes => "bytes",
        Frames::Packed => "packed",
    };
    let kind = match reading.class {
        Class::Success => None,
        _ => Some(reading.entry.map_or(UNKNOWN, |entry| entry.name)),
    };
    let members = Members::new().with("frames", frames).perhaps("kind", kind);
    let members = members.perhaps("constant", reading.frame.constant_at(switch).map(constant));
    match client.check(reading) {
        FrameCheck::Json(check) => members.with("pattern", tree(&check, naming)),
        FrameCheck::Text(parts) => members.with("segments", segments(&parts, naming)),
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

fn tree(check: &Check, naming: Naming<'_>) -> Tree<'static> {
    let all = |word: &'static str, checks: &[Check]| list([word.into(), trees(checks, naming)]);
    match check {
        Check::Kinds(of) => kinds(*of),
        Check::Is(json) => list(["is".into(), constant(json)]),
        Check::Whole => list(["whole".into()]),
        Check::Digits => list(["digits".into()]),
        Check::Type(Type::Reference(name)) => list(["type".into(), name.clone().into()]),
        Check::Type(ty) => tree(&Check::inside(ty), naming),
        Check::Object { members, others } => {
            let members = members.iter().map(|one| {
                (one.key.clone(), list([one.optional.into(), tree(&one.value, naming)]))
            });
            list(["object".into(), object(members).into(), tree(others, naming)])
        }
        Check::Array { first, rest, last, least, most } => list([
            "array".into(),
            trees(first, naming),
            tree(rest, naming),
            trees(last, naming),
            number(*least),
            most.map_or(Tree::Null, number),
        ]),
        Check::Each(one) => list(["each".into(), tree(one, naming)]),
        Check::Any(checks) => all("any", checks),
        Check::All(checks) => all("all", checks),
        Check::Keep { targets, alone, value } => {
            let keep = |inner, name| list(["keep".into(), name, (*alone).into(), inner]);
            names(targets, naming).fold(tree(value, naming), keep)
        }
        Check::Code(codes, _) => list(["code".into(), word(*codes)]),
        Check::CodeInText { codes, kinds: of, targets, alone } => list([
            "code in text".into(),
            word(*codes),
            kinds(*of),
            names(targets, naming).collect(),
            (*alone).into(),
        ]),
        Check::Text(parts) => list(["text".into(), segments(parts, naming)]),
        Check::Encoded(inner) => list(["encoded".into(), tree(inner, naming)]),
        Check::Characters(targets, inner) => {
            let (targets, value) = (targets.clone(), inner.clone());
            let kept = Check::Keep { targets, alone: false, value };
            all("any", &[kept.clone(), Check::Encoded(Box::new(kept))])
        }
    }
}

fn trees(checks: &[Check], naming: Naming<'_>) -> Tree<'static> {
    checks.iter().map(|check| tree(check, naming)).collect()
}

fn segments(parts: &[Part], naming: Naming<'_>) -> Tree<'static> {
    let segments = parts.iter().map(|part| match part {
        Part::Literal(literal) => literal.clone().into(),
        Part::Json(of, inner) => {
            list(["json".into(), super::begins(*of).into(), tree(inner, naming)])
        }
        Part::Slot(filter, inner) => {
            list(["slot".into(), filter.map_or("", escape).into(), tree(inner, naming)])
        }
        Part::Maybe(inner) => list(["maybe".into(), segments(inner, naming)]),
    });
    segments.collect()
}

/// What a value is kept as.
fn names(targets: &[Target], naming: Naming<'_>) -> impl Iterator<Item = Tree<'static>> {
    targets.iter().map(move |target| match target {
        Target::Context(name) => format!(".{}", naming(name)).into(),
        Target::Error(name) => naming(name).into(),
    })
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

/// A bit for each kind.
fn kinds(kinds: Kinds) -> Tree<'static> {
    let bits = Kinds::EACH.iter().enumerate().filter(|(_, kind)| kinds.has(**kind));
    bits.map(|(index, _)| 1_u32 << index).sum::<u32>().into()
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
