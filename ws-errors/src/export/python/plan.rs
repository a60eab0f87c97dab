//! The readings of the plan, as the reader takes them.

use super::classes::Classes;
use super::names::{json, tagged, truth, tuple};
use super::types::{check, kinds};
use crate::catalog::{Filter, Format};
use crate::export::client::{Frames, begins, quoted, target};
use ws_errors_core::json::Kinds;
use ws_errors_core::reading::{
    Capture, Class, Codes, FramePattern, Pattern, Plan, Reading, Segment, Step,
};

/// What finds the first of these readings that a frame has.
pub(super) fn finder(classes: &Classes<'_>, readings: &[&Reading]) -> String {
    let switch = Plan::switch_among(readings.iter().copied());
    let lines = readings.iter().map(|reading| {
        let printer = Printer { classes, reading };
        format!("        {},\n", printer.reading(&switch))
    });
    let lines: String = lines.collect();
    let path = tuple(switch.iter().map(|step| match step {
        Step::Key(key) => quoted(key),
        Step::Index(index) => index.to_string(),
    }));
    format!("_Finder(\n    (\n{lines}    ),\n    {path},\n)\n")
}

/// Prints the patterns of a reading.
struct Printer<'c> {
    classes: &'c Classes<'c>,
    reading: &'c Reading,
}

impl Printer<'_> {
    fn reading(&self, switch: &[Step]) -> String {
        let tier = match self.reading.class {
            Class::Declared => 0,
            Class::Success => 1,
            Class::Undeclared | Class::Codeless => 2,
        };
        let frames = match (Frames::of(self.reading), self.reading.format) {
            _ if Some(self.reading.context) == self.classes.client.http => "http",
            (Frames::Json, _) => "json",
            (Frames::Packed, _) => "packed",
            (Frames::Text, Format::Binary) => "bytes",
            (Frames::Text, _) => "text",
        };
        let (constant, pattern) = match &self.reading.frame {
            FramePattern::Json(pattern) => (pattern.constant_at(switch), self.pattern(pattern)),
            FramePattern::Text(segments) => (None, self.segments(segments)),
        };
        let constant = constant.map_or("_NO_JSON".to_owned(), json);
        let separated = truth(self.reading.separated);
        let made = self.classes.made(self.reading);
        format!("_Reading({tier}, \"{frames}\", {separated}, {constant}, {pattern}, {made})")
    }

    fn pattern(&self, pattern: &Pattern) -> String {
        let of = |is: &bool| truth(*is).to_owned();
        let all = |patterns: &[Pattern]| tuple(patterns.iter().map(|one| self.pattern(one)));
        match pattern {
            Pattern::Constant(constant) => tagged("is", [json(constant)]),
            Pattern::Value { kinds: of_kinds, ty, optional, captures } => {
                let typing = &self.classes.client.typing;
                let check = ty.map(|ty| check(&typing.value(Kinds::ANY, Some(ty), false)));
                let check = check.unwrap_or("None".to_owned());
                tagged("value", [kinds(*of_kinds), check, of(optional), self.name(captures)])
            }
            Pattern::Code { kinds: of_kinds, quoted: is_quoted, codes, captures } => {
                let codes = match codes {
                    Codes::Errors => "errors",
                    Codes::Undeclared => "undeclared",
                    Codes::Success => "success",
                };
                tagged(
                    "code",
                    [kinds(*of_kinds), of(is_quoted), quoted(codes), self.name(captures)],
                )
            }
            Pattern::Object(members) => {
                let members = members.iter().map(|one| {
                    tuple([quoted(&one.key), of(&one.optional), self.pattern(&one.value)])
                });
                tagged("object", [of(&self.reading.closed), tuple(members)])
            }
            Pattern::Array(elements) => {
                let elements = elements.iter().map(|one| {
                    tuple([of(&one.optional), of(&one.spliced), self.pattern(&one.value)])
                });
                tagged("array", [tuple(elements)])
            }
            Pattern::Text(segments) => tagged("text", [self.segments(segments)]),
            Pattern::Encoded(inner) => tagged("encoded", [self.pattern(inner)]),
            Pattern::Lenient(inner) => tagged("lenient", [self.pattern(inner)]),
            Pattern::OneOf(patterns) => tagged("one of", [all(patterns)]),
            Pattern::Both(one, other) => tagged("both", [self.pattern(one), self.pattern(other)]),
        }
    }

    fn segments(&self, segments: &[Segment]) -> String {
        tuple(segments.iter().map(|segment| match segment {
            Segment::Literal(literal) => quoted(literal),
            Segment::Json(inner) => {
                tagged("json", [quoted(&begins(inner.kinds())), self.pattern(inner)])
            }
            Segment::Optional(inner) => tagged("maybe", [self.segments(inner)]),
            Segment::Slot(inner) => tagged("slot", [quoted(""), self.pattern(inner)]),
            Segment::Filtered(Filter::Quoted, inner) => tagged("quoted", [self.pattern(inner)]),
            Segment::Filtered(filter, inner) => {
                tagged("slot", [quoted(undo(*filter)), self.pattern(inner)])
            }
        }))
    }

    fn name(&self, captures: &[Capture]) -> String {
        let name = target(captures).map(|target| self.classes.kept_as(self.reading, &target));
        quoted(&name.unwrap_or_default())
    }
}

/// The escapes that the reader undoes.
const fn undo(filter: Filter) -> &'static str {
    match filter {
        Filter::Xml => "xml",
        Filter::Percent => "percent",
        Filter::Stomp => "stomp",
        Filter::Len => "len",
        _ => "",
    }
}

/// A reason, which shows its fields as text.
pub(super) fn reason(segments: &[Segment]) -> String {
    tuple(segments.iter().map(|segment| match segment {
        Segment::Literal(literal) => quoted(literal),
        _ => "(\"slot\", \"\", (\"value\", 8, None, False, \"\"))".to_owned(),
    }))
}
