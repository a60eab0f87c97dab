//! A text that is taken apart: by statements where nothing but its end says where a slot ends, and
//! by a function of the runtime where separators do.

use super::body::{Body, Captured, arrow};
use super::condition::{Condition, is};
use super::layout::{Doc, concat, inline, list, text};
use super::names::quoted;
use super::statements::mentions;
use crate::catalog::Filter;
use crate::export::client::{Check, Part, begins};

/// A text with at most one slot: the characters before it, and those behind it.
struct Simple<'s> {
    before: String,
    slot: Option<(Option<Filter>, &'s Check)>,
    after: String,
}

impl<'s> Simple<'s> {
    fn of(parts: &'s [Part]) -> Option<Self> {
        let mut simple = Self { before: String::new(), slot: None, after: String::new() };
        for part in parts {
            match part {
                Part::Literal(text) if simple.slot.is_none() => simple.before.push_str(text),
                Part::Literal(text) => simple.after.push_str(text),
                Part::Slot(filter, check) if simple.slot.is_none() => {
                    simple.slot = Some((*filter, check));
                }
                _ => return None,
            }
        }
        Some(simple)
    }
}

impl Body<'_, '_> {
    /// The text of a variable.
    pub(super) fn text(&mut self, parts: &[Part], value: &str) {
        match Simple::of(parts) {
            Some(simple) => self.simple(&simple, value),
            None => self.split(parts, value),
        }
    }

    fn simple(&mut self, simple: &Simple<'_>, value: &str) {
        let Simple { before, slot, after } = simple;
        let Some((filter, check)) = slot else {
            return self.leave_if(&is(value, quoted(before)).not());
        };
        for (affix, has) in [(before, "startsWith"), (after, "endsWith")] {
            if !affix.is_empty() {
                self.leave_if(&Condition::Fails(format!("{value}.{has}({})", quoted(affix))));
            }
        }
        let (start, end) = (length(before), length(after));
        if start > 0 && end > 0 {
            let (length, least) = (format!("{value}.length"), (start + end).to_string());
            self.leave_if(&Condition::Compare(length, "<", least));
        }
        let lines = self.lines.len();
        let slice = match (start, end) {
            (0, 0) => value.to_owned(),
            (start, 0) => self.variable(format!("{value}.slice({start})")),
            (start, end) => self.variable(format!("{value}.slice({start}, -{end})")),
        };
        let (captured, after) = (self.captured.len(), self.lines.len());
        self.slot(*filter, check, &slice);
        if self.captured.len() == captured && self.lines.len() == after {
            self.lines.truncate(lines);
        }
    }

    /// A slot that holds these characters, of which a function of the runtime gives back those that a
    /// filter wrote.
    fn slot(&mut self, filter: Option<Filter>, check: &Check, value: &str) {
        let function = match filter {
            Some(Filter::Xml) => "withoutEntities",
            Some(Filter::Percent) => "percentDecoded",
            Some(Filter::Stomp) => "withoutStompEscapes",
            _ => return self.check(check, value, &Condition::ALWAYS, None),
        };
        let function = self.module.uses(function);
        let value = self.variable(format!("{function}({value})"));
        self.check(check, &value, &Condition::ALWAYS, None);
    }

    fn split(&mut self, parts: &[Part], value: &str) {
        let mut shared = Vec::new();
        let parts = self.parts(parts, &mut shared);
        self.captured.extend(shared);
        let (name, split) = (self.name("is"), self.module.uses("split"));
        self.lines.push(concat([
            text(format!("const {name} = {split}({value}, {}, ", self.again)),
            list("[", parts, "]"),
            text(");"),
        ]));
        self.leave_if(&Condition::Fails(name));
    }

    /// The parts as the runtime takes them: a text, or functions that look at what stands there and
    /// keep what is to be kept of it.
    fn parts(&mut self, parts: &[Part], shared: &mut Vec<Captured>) -> Vec<Doc> {
        let mut docs = Vec::new();
        for part in parts {
            docs.push(match part {
                Part::Literal(literal) => text(quoted(literal)),
                Part::Json(kinds, check) => {
                    let write =
                        |body: &mut Self| body.check(check, "json", &Condition::ALWAYS, None);
                    let function = self.compared("json", "json: unknown", shared, write);
                    let begins = text(format!("begins: {}", quoted(&begins(*kinds))));
                    inline(vec![begins, text(format!("json: {function}"))])
                }
                Part::Slot(filter, check) => {
                    let write = |body: &mut Self| body.slot(*filter, check, "text");
                    text(self.compared("text", "text: string", shared, write))
                }
                Part::Maybe(parts) => {
                    let mut inner = Vec::new();
                    let parts = self.parts(parts, &mut inner);
                    let mut members = vec![concat([text("maybe: "), list("[", parts, "]")])];
                    if !inner.is_empty() {
                        let name = self.name("none");
                        self.lines.push(arrow(&name, "", "void", forget(&inner)));
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
        let is_conditional = captured.iter().any(|one| !one.there.is_always());
        lines.extend(self.outside(captured, &mut own));
        if is_conditional {
            // What an earlier try has kept is forgotten.
            lines.splice(0..0, forget(&own));
        }
        shared.extend(own);
        if lines.is_empty() {
            return self.module.uses("any").to_owned();
        }
        let is_used = lines.iter().any(|line| mentions(&line.print(), value));
        let parameter = if is_used { parameter.to_owned() } else { format!("_{parameter}") };
        let name = self.name("is");
        lines.push(text("return true;"));
        self.lines.push(arrow(&name, &parameter, "boolean", lines));
        name
    }
}

/// The statements that forget what was kept.
fn forget(kept: &[Captured]) -> Vec<Doc> {
    kept.iter().map(|one| text(format!("{} = undefined;", one.value))).collect()
}

/// How long a text is in JavaScript.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}
