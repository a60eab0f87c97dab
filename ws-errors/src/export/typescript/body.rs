//! The statements of a function that looks at a value: each check is a statement that leaves where it
//! fails, and what is kept is a variable.

use super::condition::{Condition, is_absent};
use super::layout::{Doc, block, concat, text};
use super::module::Module;
use super::statements::{constant, return_value, statement_if, without_unused};
use crate::export::client::Target;
use ws_errors_core::json::Json;
use ws_errors_core::reading::Step;

/// A value that is kept.
#[derive(Debug, Clone)]
pub(super) struct Captured {
    pub(super) target: Target,
    /// The variable that holds it.
    pub(super) value: String,
    /// Whether it stands alone, and not between other characters.
    pub(super) alone: bool,
    /// The condition under which it is there.
    pub(super) there: Condition,
}

/// What is known of a place before a function is called.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Fact {
    /// Something that is not `undefined`.
    There,
    Record,
    Array,
    Is(Json),
    /// The status over HTTP, which is compared with a parameter.
    Status,
}

/// Facts by their places.
pub(super) type Facts = Vec<(Vec<Step>, Fact)>;

pub(super) struct Body<'m, 'p> {
    pub(super) module: &'m mut Module<'p>,
    known: &'m [(Vec<Step>, Fact)],
    /// The statement that leaves where a value doesn't match.
    pub(super) leave: String,
    pub(super) lines: Vec<Doc>,
    pub(super) captured: Vec<Captured>,
    variables: usize,
    /// The condition under which the last statement leaves, and its place behind those before.
    last: Option<(usize, Condition)>,
    /// What says whether slots may end at a later separator: a parameter, where there is a second try.
    pub(super) again: &'static str,
    /// Whether the status over HTTP is a parameter of the function: it differs between entries whose
    /// bodies have one shape.
    pub(super) status: bool,
}

impl<'m, 'p> Body<'m, 'p> {
    pub(super) fn new(
        module: &'m mut Module<'p>,
        known: &'m [(Vec<Step>, Fact)],
        leave: &str,
    ) -> Self {
        let (lines, captured, leave) = (Vec::new(), Vec::new(), leave.to_owned());
        let (variables, last, again, status) = (0, None, "false", false);
        Self { module, known, leave, lines, captured, variables, last, again, status }
    }

    pub(super) fn name(&mut self, letter: &str) -> String {
        self.variables += 1;
        format!("{letter}{}", self.variables)
    }

    /// A variable that holds the value of an expression.
    pub(super) fn variable(&mut self, value: impl Into<String>) -> String {
        let name = self.name("v");
        self.lines.push(constant(&name, text(value)));
        name
    }

    pub(super) fn leave_if(&mut self, condition: &Condition) {
        self.lines.push(statement_if(condition.doc(), self.leave.clone()));
        self.last = Some((self.lines.len(), condition.clone()));
    }

    /// The statements of a function that says whether all is right.
    pub(super) fn returned(mut self) -> Vec<Doc> {
        let last = self.last.filter(|(place, _)| *place == self.lines.len());
        self.lines.truncate(last.as_ref().map_or(self.lines.len(), |(place, _)| place - 1));
        self.lines.push(match last {
            Some((_, leaves)) => return_value(leaves.not().doc()),
            None => text("return true;"),
        });
        self.lines
    }

    pub(super) fn capture(
        &mut self,
        targets: &[Target],
        value: &str,
        alone: bool,
        there: &Condition,
    ) {
        for target in targets {
            let (target, value, there) = (target.clone(), value.to_owned(), there.clone());
            self.captured.push(Captured { target, value, alone, there });
        }
    }

    /// The statements of something that is left by a statement of its own, and what is kept in it.
    pub(super) fn inside(
        &mut self,
        leave: &str,
        write: impl FnOnce(&mut Self),
    ) -> (Vec<Doc>, Vec<Captured>) {
        let lines = std::mem::take(&mut self.lines);
        let captured = std::mem::take(&mut self.captured);
        let leave = std::mem::replace(&mut self.leave, leave.to_owned());
        write(self);
        self.leave = leave;
        let captured = std::mem::replace(&mut self.captured, captured);
        let lines = std::mem::replace(&mut self.lines, lines);
        let used = captured.iter().flat_map(|one| [one.value.clone(), one.there.to_string()]);
        (without_unused(lines, &used.collect::<Vec<_>>()), captured)
    }

    /// Makes variables outside of statements for what is kept in them, and gives the statements that
    /// assign them. The same target has the same variable.
    pub(super) fn outside(&mut self, inner: Vec<Captured>, shared: &mut Vec<Captured>) -> Vec<Doc> {
        let mut assigned = Vec::new();
        // Which of the two counts is known where all are.
        let (alone, others): (Vec<_>, Vec<_>) = inner.into_iter().partition(|one| one.alone);
        for one in resolved(alone).into_iter().chain(resolved(others)) {
            let is_same =
                |other: &&Captured| other.target == one.target && other.alone == one.alone;
            let outer = match shared.iter().find(is_same) {
                Some(outer) => outer.value.clone(),
                None => {
                    let outer = self.name("v");
                    self.lines.push(text(format!("let {outer}: unknown;")));
                    let there = is_absent(&outer).not();
                    shared.push(Captured { value: outer.clone(), there, ..one.clone() });
                    outer
                }
            };
            assigned.push(assignment(&outer, &one.value, &one.there));
        }
        assigned
    }

    pub(super) fn is_known(&self, place: Option<&[Step]>, fact: &Fact) -> bool {
        place.is_some_and(|place| self.known.iter().any(|(at, one)| at == place && one == fact))
    }
}

/// `if (condition) place = value;`
pub(super) fn assignment(place: &str, value: &str, condition: &Condition) -> Doc {
    let assign = format!("{place} = {value};");
    match condition.is_always() {
        true => text(assign),
        false => statement_if(condition.doc(), assign),
    }
}

/// What is kept, each target once: of several values what stands alone counts, and then the first.
pub(super) fn resolved(captured: Vec<Captured>) -> Vec<Captured> {
    let mut out: Vec<Captured> = Vec::new();
    let (alone, others): (Vec<_>, Vec<_>) = captured.into_iter().partition(|one| one.alone);
    for one in alone.into_iter().chain(others) {
        let Some(first) = out.iter_mut().find(|other| other.target == one.target) else {
            out.push(one);
            continue;
        };
        if first.there.is_always() {
            continue;
        }
        first.value = format!("{} ? {} : {}", first.there, first.value, one.value);
        first.there = match one.there.is_always() {
            true => one.there,
            false => Condition::any([first.there.clone(), one.there]),
        };
    }
    out
}

/// `const name = (parameter): gives => { lines };`
pub(super) fn arrow(name: &str, parameter: &str, gives: &str, lines: Vec<Doc>) -> Doc {
    let head = text(format!("const {name} = ({parameter}): {gives} => "));
    concat([head, block("{", lines, ""), text(";")])
}
