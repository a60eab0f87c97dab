//! The statements of a function that compares a value with a pattern of the plan: each check is a
//! statement that leaves where it fails, and what is captured is a variable.

use super::checks::Checks;
use super::layout::{Doc, block, concat, text};
use super::statements::{all, condition, constant, joined, statement_if, without_unused};
use crate::catalog::{Catalog, Success};
use crate::export::client::{Client, Target, Values, targets};
use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::{Capture, Codes, Reading, Step};

/// What the functions of a module have in common.
pub(super) struct Module<'p> {
    pub(super) catalog: Catalog,
    pub(super) client: &'p Client,
    pub(super) checks: Checks,
    /// The kinds of the declared codes.
    declared: Kinds,
}

impl<'p> Module<'p> {
    pub(super) fn new(client: &'p Client) -> Self {
        let Client { plan, .. } = client;
        let declared = plan.declared.iter().fold(Kinds::NONE, |all, code| all.or(code.kind()));
        Self { catalog: plan.catalog, client, checks: Checks::default(), declared }
    }

    /// The conditions under which a code is none of these.
    pub(super) fn excluded(&mut self, codes: Codes, code: &str, kinds: Kinds) -> Vec<String> {
        let mut excluded = Vec::new();
        if codes == Codes::Success {
            return vec![format!("!{}({code})", self.checks.uses("succeeded"))];
        }
        if codes == Codes::Undeclared && !self.declared.and(kinds).is_empty() {
            excluded.push(format!("{}({code})", self.checks.uses("isDeclared")));
        }
        let is_of = |success: &Success| match success {
            Success::Numbers(..) => kinds.has(Kinds::NUMBER),
            Success::Text(_) => kinds.has(Kinds::STRING),
        };
        if self.catalog.success.iter().any(is_of) {
            excluded.push(format!("{}({code})", self.checks.uses("succeeded")));
        }
        excluded
    }
}

/// A value that is captured.
#[derive(Debug, Clone)]
pub(super) struct Captured {
    pub(super) target: Target,
    /// The variable that holds it.
    pub(super) value: String,
    /// Whether it stands alone, and not between other characters.
    pub(super) alone: bool,
    /// The condition under which it is there, where it may be absent.
    pub(super) there: Option<String>,
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

/// Where a value stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Among {
    /// It is a value of its own.
    Alone,
    /// It is the characters of one.
    Characters,
}

pub(super) struct Body<'m, 'p> {
    pub(super) module: &'m mut Module<'p>,
    known: &'m Facts,
    /// What the messages of the entry hold.
    of_entry: Option<&'p Values>,
    /// Whether objects have no members but those shown.
    pub(super) closed: bool,
    /// The statement that leaves where a value doesn't match.
    pub(super) leave: String,
    pub(super) lines: Vec<Doc>,
    pub(super) captured: Vec<Captured>,
    variables: usize,
    /// Whether slots may end at a later separator is a parameter of the function.
    pub(super) again: bool,
    /// Whether the status over HTTP is a parameter of the function: it differs between entries whose
    /// bodies have one shape.
    pub(super) status: bool,
}

impl<'m, 'p> Body<'m, 'p> {
    pub(super) fn new(module: &'m mut Module<'p>, known: &'m Facts, reading: &Reading) -> Self {
        Self {
            of_entry: module.client.values_of(reading),
            module,
            known,
            closed: reading.closed,
            leave: "return undefined;".to_owned(),
            lines: Vec::new(),
            captured: Vec::new(),
            variables: 0,
            again: false,
            status: false,
        }
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

    pub(super) fn leave_if(&mut self, conditions: &[String]) {
        self.lines.push(statement_if(all(conditions), self.leave.clone()));
    }

    pub(super) fn capture(
        &mut self,
        captures: &[Capture],
        value: &str,
        among: Among,
        there: &[String],
    ) {
        let there = match there {
            [] => None,
            [only] => Some(only.clone()),
            all => Some(all.iter().map(|one| joined(one)).collect::<Vec<_>>().join(" && ")),
        };
        let alone = among == Among::Alone;
        for target in targets(captures, self.of_entry) {
            let (value, there) = (value.to_owned(), there.clone());
            self.captured.push(Captured { target, value, alone, there });
        }
    }

    /// The statements of something that is left by a statement of its own, and what is captured in
    /// it.
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
        let used = captured.iter().map(|one| one.value.as_str());
        let used = used.chain(captured.iter().filter_map(|one| one.there.as_deref()));
        (without_unused(lines, &used.collect::<Vec<_>>()), captured)
    }

    /// Makes variables outside of statements for what is captured in them, and gives the statements
    /// that assign them. The same target has the same variable.
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
                    let there = Some(format!("{outer} !== undefined"));
                    shared.push(Captured { value: outer.clone(), there, ..one.clone() });
                    outer
                }
            };
            let assign = format!("{outer} = {};", one.value);
            assigned.push(match one.there {
                Some(there) => statement_if(condition(&there), assign),
                None => text(assign),
            });
        }
        assigned
    }

    /// The JSON that characters are.
    pub(super) fn json(&mut self, value: &str, among: Among) -> String {
        match among {
            Among::Alone => value.to_owned(),
            Among::Characters => {
                let parsed = self.module.checks.uses("parsed");
                self.variable(format!("{parsed}({value})"))
            }
        }
    }

    pub(super) fn is_known(&self, place: Option<&[Step]>, fact: &Fact) -> bool {
        place.is_some_and(|place| self.known.iter().any(|(at, one)| at == place && one == fact))
    }
}

/// What is captured, each target once: of several values what stands alone counts, and then the
/// first.
pub(super) fn resolved(captured: Vec<Captured>) -> Vec<Captured> {
    let mut out: Vec<Captured> = Vec::new();
    let (alone, others): (Vec<_>, Vec<_>) = captured.into_iter().partition(|one| one.alone);
    for one in alone.into_iter().chain(others) {
        let Some(first) = out.iter_mut().find(|other| other.target == one.target) else {
            out.push(one);
            continue;
        };
        let Some(there) = &first.there else { continue };
        let value = format!("{there} ? {} : {}", first.value, one.value);
        let beside = |condition: &str| match condition.contains(" && ") {
            true => format!("({condition})"),
            false => condition.to_owned(),
        };
        let there = one.there.map(|other| format!("{} || {}", beside(there), beside(&other)));
        *first = Captured { value, there, ..first.clone() };
    }
    out
}

/// `const name = (parameter): gives => { lines };`
pub(super) fn arrow(name: &str, parameter: &str, gives: &str, lines: Vec<Doc>) -> Doc {
    let head = text(format!("const {name} = ({parameter}): {gives} => "));
    concat([head, block("{", lines, ""), text(";")])
}
