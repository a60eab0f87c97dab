//! The readings of the plan, as the reader takes them.

use super::names::json;
use super::types::{check, kinds, truth, tuple};
use crate::catalog::{Filter, Format};
use crate::export::client::{Client, Frames, Target, begins, quoted, target};
use ws_errors_core::json::Json;
use ws_errors_core::reading::{
    Capture, Class, Codes, ElementPattern, FramePattern, MemberPattern, Pattern, Reading, Segment,
    Step,
};

/// Prints the patterns of one reading.
pub(super) struct Printer<'c> {
    pub(super) client: &'c Client,
    /// The attribute for a target; none where the error has no such attribute.
    pub(super) attribute: &'c dyn Fn(&Reading, &Target) -> Option<String>,
}

impl Printer<'_> {
    /// A reading; `made` is what an error is made of: its class, and that of its context.
    pub(super) fn reading(&self, reading: &Reading, switch: &[Step], made: &str) -> String {
        let tier = match reading.class {
            Class::Declared => 0,
            Class::Success => 1,
            Class::Undeclared | Class::Codeless => 2,
        };
        let frames = match (Frames::of(reading), reading.format) {
            _ if Some(reading.context) == self.client.http => "http",
            (Frames::Json, _) => "json",
            (Frames::Packed, _) => "packed",
            (Frames::Text, Format::Binary) => "bytes",
            (Frames::Text, _) => "text",
        };
        let (constant, pattern) = match &reading.frame {
            FramePattern::Json(pattern) => {
                let constant = pattern.constant_at(switch).map(json);
                (constant, self.pattern(reading, pattern))
            }
            FramePattern::Text(segments) => (None, self.segments(reading, segments)),
        };
        let constant = constant.unwrap_or_else(|| "_NO_JSON".to_owned());
        let separated = truth(reading.separated);
        format!("_Reading({tier}, \"{frames}\", {separated}, {constant}, {pattern}, {made})")
    }

    fn pattern(&self, of: &Reading, pattern: &Pattern) -> String {
        let ty = |ty: &Option<usize>| {
            let ty = ty.map(|ty| {
                self.client.typing.value(ws_errors_core::json::Kinds::ANY, Some(ty), false)
            });
            ty.map_or("None".to_owned(), |ty| check(&ty))
        };
        match pattern {
            Pattern::Constant(constant) => format!("(\"is\", {})", json(constant)),
            Pattern::Value { kinds: of_kinds, ty: of_type, optional, captures } => {
                let (kinds, ty, optional) = (kinds(*of_kinds), ty(of_type), truth(*optional));
                format!("(\"value\", {kinds}, {ty}, {optional}, {})", self.name(of, captures))
            }
            Pattern::Code { kinds: of_kinds, quoted, codes, captures } => {
                let codes = match codes {
                    Codes::Errors => "errors",
                    Codes::Undeclared => "undeclared",
                    Codes::Success => "success",
                };
                let (kinds, quoted) = (kinds(*of_kinds), truth(*quoted));
                format!("(\"code\", {kinds}, {quoted}, \"{codes}\", {})", self.name(of, captures))
            }
            Pattern::Object(members) => {
                let members = members.iter().map(|MemberPattern { key, optional, value }| {
                    format!("({}, {}, {})", quoted(key), truth(*optional), self.pattern(of, value))
                });
                format!("(\"object\", {}, {})", truth(of.closed), tuple(members))
            }
            Pattern::Array(elements) => {
                let elements =
                    elements.iter().map(|ElementPattern { optional, spliced, value }| {
                        format!(
                            "({}, {}, {})",
                            truth(*optional),
                            truth(*spliced),
                            self.pattern(of, value)
                        )
                    });
                format!("(\"array\", {})", tuple(elements))
            }
            Pattern::Text(segments) => format!("(\"text\", {})", self.segments(of, segments)),
            Pattern::Encoded(inner) => format!("(\"encoded\", {})", self.pattern(of, inner)),
            Pattern::Lenient(inner) => format!("(\"lenient\", {})", self.pattern(of, inner)),
            Pattern::OneOf(patterns) => {
                format!("(\"one of\", {})", tuple(patterns.iter().map(|one| self.pattern(of, one))))
            }
            Pattern::Both(one, other) => {
                format!("(\"both\", {}, {})", self.pattern(of, one), self.pattern(of, other))
            }
        }
    }

    fn segments(&self, of: &Reading, segments: &[Segment]) -> String {
        let slot = |undo: &str, pattern: &Pattern| {
            format!("(\"slot\", {}, {})", quoted(undo), self.pattern(of, pattern))
        };
        tuple(segments.iter().map(|segment| match segment {
            Segment::Literal(literal) => quoted(literal),
            Segment::Json(pattern) => {
                format!(
                    "(\"json\", {}, {})",
                    quoted(&begins(pattern.kinds())),
                    self.pattern(of, pattern)
                )
            }
            Segment::Optional(inner) => format!("(\"maybe\", {})", self.segments(of, inner)),
            Segment::Slot(pattern) => slot("", pattern),
            Segment::Filtered(Filter::Quoted, pattern) => {
                format!("(\"quoted\", {})", self.pattern(of, pattern))
            }
            Segment::Filtered(filter, pattern) => slot(undo(*filter), pattern),
        }))
    }

    fn name(&self, of: &Reading, captures: &[Capture]) -> String {
        let target = target(captures);
        quoted(&target.and_then(|target| (self.attribute)(of, &target)).unwrap_or_default())
    }

    /// A close: its code, its reason where that is compared, and its class.
    pub(super) fn reason(&self, segments: &[Segment]) -> String {
        tuple(segments.iter().map(|segment| match segment {
            Segment::Literal(literal) => quoted(literal),
            // A reason shows its fields as text.
            _ => "(\"slot\", \"\", (\"value\", 8, None, False, \"\"))".to_owned(),
        }))
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

/// Where the constant stands that tells the most readings apart.
pub(super) fn path(switch: &[Step]) -> String {
    tuple(switch.iter().map(|step| match step {
        Step::Key(key) => quoted(key),
        Step::Index(index) => index.to_string(),
    }))
}

/// A constant as the reader has it.
pub(super) fn constants(codes: &[Json]) -> String {
    let mut all: Vec<String> = codes.iter().map(json).collect();
    all.sort();
    all.dedup();
    if all.is_empty() {
        "frozenset()".to_owned()
    } else {
        format!("frozenset({{{}}})", all.join(", "))
    }
}
