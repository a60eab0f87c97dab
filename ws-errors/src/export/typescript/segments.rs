//! A text that is taken apart: by statements where nothing but its end says where a slot ends, and
//! by a function of the runtime where separators do.

use super::body::{Among, Body, Captured, arrow};
use super::layout::{Doc, concat, inline, list, text};
use super::names::quoted;
use super::statements::mentions;
use crate::catalog::Filter;
use crate::export::client::begins;
use ws_errors_core::reading::{Pattern, Segment};

/// A text with at most one slot: the characters before it, and those behind it.
struct Simple<'s> {
    before: String,
    slot: Option<&'s Segment>,
    after: String,
}

impl<'s> Simple<'s> {
    fn of(segments: &'s [Segment]) -> Option<Self> {
        let mut simple = Self { before: String::new(), slot: None, after: String::new() };
        for segment in segments {
            match segment {
                Segment::Literal(text) if simple.slot.is_none() => simple.before.push_str(text),
                Segment::Literal(text) => simple.after.push_str(text),
                Segment::Slot(_) | Segment::Filtered(..) if simple.slot.is_none() => {
                    if matches!(segment, Segment::Filtered(Filter::Quoted, _)) {
                        return None;
                    }
                    simple.slot = Some(segment);
                }
                _ => return None,
            }
        }
        Some(simple)
    }
}

/// Whether where a slot of the pattern ends may take a second try.
pub(super) fn is_retried(pattern: &Pattern) -> bool {
    pattern.any(&|one| matches!(one, Pattern::Text(segments) if Simple::of(segments).is_none()))
}

/// The same of the segments of a text.
pub(super) fn are_retried(segments: &[Segment]) -> bool {
    let mut is_one = Simple::of(segments).is_none();
    let mut look = |pattern| is_one |= is_retried(pattern);
    segments.iter().for_each(|segment| segment.each_pattern(&mut look));
    is_one
}

impl Body<'_, '_> {
    /// The text of a variable.
    pub(super) fn text(&mut self, segments: &[Segment], value: &str) {
        match Simple::of(segments) {
            Some(simple) => self.simple(&simple, value),
            None => self.split(segments, value),
        }
    }

    fn simple(&mut self, simple: &Simple<'_>, value: &str) {
        let Simple { before, slot, after } = simple;
        let Some(slot) = slot else {
            return self.leave_if(&[format!("{value} !== {}", quoted(before))]);
        };
        if !before.is_empty() {
            self.leave_if(&[format!("!{value}.startsWith({})", quoted(before))]);
        }
        if !after.is_empty() {
            self.leave_if(&[format!("!{value}.endsWith({})", quoted(after))]);
        }
        let (start, end) = (length(before), length(after));
        if start > 0 && end > 0 {
            self.leave_if(&[format!("{value}.length < {}", start + end)]);
        }
        let lines = self.lines.len();
        let slice = match (start, end) {
            (0, 0) => value.to_owned(),
            (start, 0) => self.variable(format!("{value}.slice({start})")),
            (start, end) => self.variable(format!("{value}.slice({start}, -{end})")),
        };
        let (captured, after) = (self.captured.len(), self.lines.len());
        self.slot(slot, &slice);
        if self.captured.len() == captured && self.lines.len() == after {
            self.lines.truncate(lines);
        }
    }

    /// A slot that holds these characters.
    fn slot(&mut self, segment: &Segment, value: &str) {
        match segment {
            Segment::Filtered(Filter::Len, _) => {
                self.leave_if(&[format!("!/^[0-9]+$/.test({value})")]);
            }
            Segment::Filtered(Filter::Xml, pattern) => {
                self.without("withoutEntities", pattern, value);
            }
            Segment::Filtered(Filter::Percent, pattern) => {
                self.without("percentDecoded", pattern, value);
            }
            Segment::Filtered(Filter::Stomp, pattern) => {
                self.without("withoutStompEscapes", pattern, value);
            }
            Segment::Slot(pattern) | Segment::Filtered(_, pattern) => {
                self.pattern(pattern, value, Among::Characters, None);
            }
            Segment::Literal(_) | Segment::Json(_) | Segment::Optional(_) => {}
        }
    }

    /// A slot whose characters a function of the runtime gives back.
    fn without(&mut self, function: &'static str, pattern: &Pattern, value: &str) {
        let function = self.module.checks.uses(function);
        let value = self.variable(format!("{function}({value})"));
        self.pattern(pattern, &value, Among::Characters, None);
    }

    fn split(&mut self, segments: &[Segment], value: &str) {
        let mut shared = Vec::new();
        let segments = self.elements(segments, &mut shared);
        self.captured.extend(shared);
        let (name, split) = (self.name("is"), self.module.checks.uses("split"));
        self.again = true;
        self.lines.push(concat([
            text(format!("const {name} = {split}({value}, again, ")),
            list("[", segments, "]"),
            text(");"),
        ]));
        self.leave_if(&[format!("!{name}")]);
    }

    /// The segments as the runtime takes them: a text, or functions that compare what stands there
    /// and keep what is captured of it.
    fn elements(&mut self, segments: &[Segment], shared: &mut Vec<Captured>) -> Vec<Doc> {
        let mut docs = Vec::new();
        for segment in segments {
            docs.push(match segment {
                Segment::Literal(literal) => text(quoted(literal)),
                Segment::Json(pattern) => {
                    let write = |body: &mut Self| body.pattern(pattern, "json", Among::Alone, None);
                    let function = self.compared("json", "json: unknown", shared, write);
                    let begins = text(format!("begins: {}", quoted(&begins(pattern.kinds()))));
                    inline(vec![begins, text(format!("json: {function}"))])
                }
                Segment::Filtered(Filter::Quoted, _) => {
                    let write = |body: &mut Self| body.slot(segment, "text");
                    let function = self.compared("text", "text: string", shared, write);
                    inline(vec![text(format!("quoted: {function}"))])
                }
                Segment::Slot(_) | Segment::Filtered(..) => {
                    let write = |body: &mut Self| body.slot(segment, "text");
                    text(self.compared("text", "text: string", shared, write))
                }
                Segment::Optional(segments) => {
                    let mut inner = Vec::new();
                    let elements = self.elements(segments, &mut inner);
                    let mut members = vec![concat([text("maybe: "), list("[", elements, "]")])];
                    if !inner.is_empty() {
                        let name = self.name("none");
                        let reset = inner.iter();
                        let reset = reset.map(|one| text(format!("{} = undefined;", one.value)));
                        self.lines.push(arrow(&name, "", "void", reset.collect()));
                        members.push(text(format!("none: {name}")));
                    }
                    shared.extend(inner);
                    inline(members)
                }
            });
        }
        docs
    }

    /// A function that compares what it is given, and keeps what is captured of it.
    fn compared(
        &mut self,
        value: &str,
        parameter: &str,
        shared: &mut Vec<Captured>,
        write: impl FnOnce(&mut Self),
    ) -> String {
        let (mut lines, captured) = self.inside("return false;", write);
        // Of values that are met twice each has a variable: the first counts.
        let mut own = Vec::new();
        let is_conditional = captured.iter().any(|one| one.there.is_some());
        lines.extend(self.outside(captured, &mut own));
        if is_conditional {
            // What an earlier try has kept is forgotten.
            let forget = own.iter().map(|one| text(format!("{} = undefined;", one.value)));
            lines.splice(0..0, forget.collect::<Vec<_>>());
        }
        shared.extend(own);
        if lines.is_empty() {
            return self.module.checks.uses("any").to_owned();
        }
        let is_used = lines.iter().any(|line| mentions(&line.print(), value));
        let parameter = if is_used { parameter.to_owned() } else { format!("_{parameter}") };
        let name = self.name("is");
        lines.push(text("return true;"));
        self.lines.push(arrow(&name, &parameter, "boolean", lines));
        name
    }
}

/// How long a text is in JavaScript.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
