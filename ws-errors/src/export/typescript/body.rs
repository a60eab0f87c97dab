//! The statements of a function that compares a value with a pattern of the plan: each check is a
//! statement that leaves where it fails, and what is captured is a variable.

use super::checks::{Checks, Condition};
use super::layout::{Doc, block, concat, indent, list, text};
use super::names::quoted;
use super::statements::{all, block_if, condition, constant, joined, statement_if, without_unused};
use super::values::{Target, Typing, of_code, target};
use crate::catalog::{Catalog, Success};
use crate::types::Type;
use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::{Capture, ElementPattern, MemberPattern, Pattern, Plan, Step};

/// What the functions of a module have in common.
pub(super) struct Module<'p> {
    pub(super) catalog: &'static Catalog,
    pub(super) typing: &'p Typing,
    pub(super) checks: Checks,
    /// The kinds of the declared codes.
    declared: Kinds,
}

impl<'p> Module<'p> {
    pub(super) fn new(plan: &Plan, typing: &'p Typing) -> Self {
        let declared = plan.declared.iter().fold(Kinds::NONE, |all, code| all.or(code.kind()));
        Self { catalog: plan.catalog, typing, checks: Checks::default(), declared }
    }

    /// The conditions under which a code is none: it means success, or a catch-all doesn't take it.
    fn excluded(&mut self, catch_all: bool, code: &str, kinds: Kinds) -> Vec<String> {
        let mut excluded = Vec::new();
        if catch_all && !self.declared.and(kinds).is_empty() {
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
    Record,
    Array,
    Is(Json),
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
    /// Whether objects have no members but those shown.
    closed: bool,
    /// The statement that leaves where a value doesn't match.
    leave: String,
    pub(super) lines: Vec<Doc>,
    pub(super) captured: Vec<Captured>,
    variables: usize,
    /// Whether slots may end at a later separator is a parameter of the function.
    pub(super) again: bool,
}

impl<'m, 'p> Body<'m, 'p> {
    pub(super) fn new(module: &'m mut Module<'p>, known: &'m Facts, closed: bool) -> Self {
        Self {
            module,
            known,
            closed,
            leave: "return undefined;".to_owned(),
            lines: Vec::new(),
            captured: Vec::new(),
            variables: 0,
            again: false,
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
        if let Some(target) = target(captures) {
            let there = match there {
                [] => None,
                [only] => Some(only.clone()),
                all => Some(all.iter().map(|one| joined(one)).collect::<Vec<_>>().join(" && ")),
            };
            let alone = among == Among::Alone;
            self.captured.push(Captured { target, value: value.to_owned(), alone, there });
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
        for one in resolved(inner) {
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

    /// Compares a value; `place` is where it stands from the root, as far as there is one way to it.
    pub(super) fn pattern(
        &mut self,
        pattern: &Pattern,
        value: &str,
        among: Among,
        place: Option<&[Step]>,
    ) {
        if self.leaf(pattern, value, among, &[], place) {
            return;
        }
        match pattern {
            Pattern::Object(members) => {
                let value = self.json(value, among);
                self.object(members, &value, place);
            }
            Pattern::Array(elements) => {
                let value = self.json(value, among);
                self.array(elements, &value, place);
            }
            Pattern::Text(segments) => {
                if among == Among::Alone {
                    self.leave_if(&[format!("typeof {value} !== \"string\"")]);
                }
                self.text(segments, value);
            }
            Pattern::Encoded(inner) => {
                let value = self.json(value, among);
                let parsed = self.module.checks.uses("parsed");
                let inside = self.variable(format!(
                    "typeof {value} === \"string\" ? {parsed}({value}) : undefined"
                ));
                self.leave_if(&[format!("{inside} === undefined")]);
                self.pattern(inner, &inside, Among::Alone, None);
            }
            Pattern::OneOf(patterns) => self.one_of(patterns, value, among),
            Pattern::Both(one, other) => {
                self.pattern(one, value, among, place);
                self.pattern(other, value, among, None);
            }
            Pattern::Lenient(inner) => self.lenient(inner, value, among, &[]),
            Pattern::Constant(_) | Pattern::Value { .. } | Pattern::Code { .. } => {}
        }
    }

    /// The JSON that characters are.
    fn json(&mut self, value: &str, among: Among) -> String {
        match among {
            Among::Alone => value.to_owned(),
            Among::Characters => {
                let parsed = self.module.checks.uses("parsed");
                self.variable(format!("{parsed}({value})"))
            }
        }
    }

    fn is_known(&self, place: Option<&[Step]>, fact: &Fact) -> bool {
        place.is_some_and(|place| self.known.iter().any(|(at, one)| at == place && one == fact))
    }

    /// A pattern that needs no more than conditions. `there`: those under which it is looked at.
    fn leaf(
        &mut self,
        pattern: &Pattern,
        value: &str,
        among: Among,
        there: &[String],
        place: Option<&[Step]>,
    ) -> bool {
        match pattern {
            Pattern::Constant(constant) => {
                let is_known = self.is_known(place, &Fact::Is(constant.clone()));
                if is_known && there.is_empty() {
                    return true;
                }
                let value = match constant {
                    Json::String(_) => value.to_owned(),
                    _ => self.json(value, among),
                };
                let is_not = self.is_constant(constant, &value).is_not;
                self.leave_if(&[there, &is_not].concat());
            }
            Pattern::Value { kinds, ty, captures, .. } if among == Among::Alone => {
                if let Some(condition) = self.condition(*kinds, *ty, value, there) {
                    self.leave_if(&[there, &condition.is_not].concat());
                } else if there.is_empty() {
                    self.leave_if(&[format!("{value} === undefined")]);
                }
                self.capture(captures, value, among, there);
            }
            Pattern::Value { kinds, ty, optional, captures } => {
                let mut there = there.to_vec();
                if *optional {
                    there.push(format!("{value} !== \"\""));
                }
                let ty = self.module.typing.value(*kinds, *ty, false);
                let (read, condition) = self.read(&ty, value);
                if let Some(condition) = condition {
                    self.leave_if(&[&there[..], &condition.is_not].concat());
                }
                if read != value && ty.clone().without_null() != ty {
                    there.push(format!("{read} !== null"));
                }
                self.capture(captures, &read, among, &there);
            }
            Pattern::Code { kinds, quoted, catch_all, captures } => {
                let code = Code { kinds: *kinds, quoted: *quoted, catch_all: *catch_all };
                let (read, there) = self.code(code, value, among, there);
                self.capture(captures, &read, among, &there);
            }
            _ => return false,
        }
        true
    }

    fn is_constant(&mut self, constant: &Json, value: &str) -> Condition {
        match constant {
            Json::Array(elements) if elements.is_empty() => Condition {
                is: format!("Array.isArray({value}) && {value}.length === 0"),
                is_not: vec![format!("!(Array.isArray({value}) && {value}.length === 0)")],
            },
            Json::Array(_) | Json::Object(_) => {
                let same = self.module.checks.uses("same");
                let call = format!("{same}({value}, {constant})");
                Condition::new(call.clone(), format!("!{call}"))
            }
            scalar => {
                let scalar = scalar_text(scalar);
                Condition::new(format!("{value} === {scalar}"), format!("{value} !== {scalar}"))
            }
        }
    }

    /// Whether a value is of a type, where it is looked at under conditions.
    fn condition(
        &mut self,
        kinds: Kinds,
        ty: Option<usize>,
        value: &str,
        there: &[String],
    ) -> Option<Condition> {
        let ty = self.module.typing.value(kinds, ty, is_not_null(value, there));
        self.module.checks.condition(&ty, value)
    }

    /// The value of a type that characters are, and whether it is one: a string as it is, anything
    /// else as JSON.
    fn read(&mut self, ty: &Type, value: &str) -> (String, Option<Condition>) {
        if has_every_text(ty) {
            return (value.to_owned(), None);
        }
        let parsed = self.module.checks.uses("parsed");
        let read = match self.module.checks.condition(ty, value) {
            Some(condition) if has_some_text(ty) => {
                format!("{} ? {value} : {parsed}({value})", condition.is)
            }
            _ => format!("{parsed}({value})"),
        };
        let read = self.variable(read);
        let condition = self.module.checks.condition(ty, &read);
        (read, condition)
    }

    /// A code that is not constant: the variable that holds it, and when it is there.
    fn code(
        &mut self,
        code: Code,
        value: &str,
        among: Among,
        there: &[String],
    ) -> (String, Vec<String>) {
        let Code { kinds, quoted, catch_all } = code;
        let mut there = there.to_vec();
        let in_string = quoted || among == Among::Characters;
        if kinds.has(Kinds::NULL) {
            let nothing = if among == Among::Alone { "null" } else { "\"\"" };
            there.push(format!("{value} !== {nothing}"));
        }
        if !in_string {
            let mut is_not = Vec::new();
            if kinds.has(Kinds::STRING) {
                is_not.push(format!("typeof {value} !== \"string\""));
            }
            if kinds.has(Kinds::NUMBER) {
                is_not.push(format!("!Number.isInteger({value})"));
            }
            self.leave_if(&[&there[..], &is_not].concat());
            for excluded in self.module.excluded(catch_all, value, kinds) {
                self.leave_if(&[&there[..], &[excluded]].concat());
            }
            return (value.to_owned(), there);
        }
        if among == Among::Alone {
            self.leave_if(&[&there[..], &[format!("typeof {value} !== \"string\"")]].concat());
        }
        let mut read = value.to_owned();
        let is_number = !kinds.has(Kinds::STRING);
        let as_number = self.module.excluded(catch_all, "", Kinds::NUMBER);
        if is_number || !as_number.is_empty() {
            let digits = self.module.checks.uses("digits");
            let number = self.variable(format!("{digits}({value})"));
            if is_number {
                self.leave_if(&[&there[..], &[format!("{number} === undefined")]].concat());
            }
            for excluded in self.module.excluded(catch_all, &number, Kinds::NUMBER) {
                self.leave_if(&[&there[..], &[excluded]].concat());
            }
            if is_number && among == Among::Characters {
                read = number;
            }
        }
        for excluded in self.module.excluded(catch_all, value, Kinds::STRING) {
            self.leave_if(&[&there[..], &[excluded]].concat());
        }
        debug_assert!(!is_number || read != value || quoted || of_code(kinds, true) == Type::Any);
        (read, there)
    }

    fn object(&mut self, members: &[MemberPattern], value: &str, place: Option<&[Step]>) {
        if !self.is_known(place, &Fact::Record) {
            let is_record = self.module.checks.uses("isRecord");
            self.leave_if(&[format!("!{is_record}({value})")]);
        }
        self.members(members, value, place);
        // It takes longer than the others, so it comes last.
        if self.closed {
            let keys = members.iter().map(|member| text(quoted(&member.key))).collect();
            let call = format!("!{}({value}, ", self.module.checks.uses("hasOnly"));
            let condition = concat([text(call), list("[", keys, "]"), text(")")]);
            self.lines.push(statement_if(condition, self.leave.clone()));
        }
    }

    /// The members of what is known to be an object.
    fn members(&mut self, members: &[MemberPattern], value: &str, place: Option<&[Step]>) {
        let at = |key: &str| place.map(|place| [place, &[Step::Key(key.to_owned())]].concat());
        for member in members {
            let place = at(&member.key).filter(|_| !member.optional);
            if is_nothing(&member.value) && member.optional
                || is_settled(self, &member.value, place.as_deref())
            {
                continue;
            }
            let expression = self.module.checks.member(value, &member.key);
            let variable = match self.cast(place.as_deref()) {
                Some(cast) => self.variable(format!("{expression} as {cast}")),
                None => self.variable(expression),
            };
            self.in_place(member.optional, &member.value, &variable, place.as_deref());
        }
    }

    /// The type that a place is known to have.
    fn cast(&self, place: Option<&[Step]>) -> Option<&'static str> {
        if self.is_known(place, &Fact::Record) {
            Some("Record<string, unknown>")
        } else if self.is_known(place, &Fact::Array) {
            Some("unknown[]")
        } else {
            None
        }
    }

    /// What may be absent, which `null` is the same as.
    fn in_place(&mut self, optional: bool, pattern: &Pattern, value: &str, place: Option<&[Step]>) {
        if !optional {
            return self.pattern(pattern, value, Among::Alone, place);
        }
        let there = [format!("{value} != null")];
        let pattern = without_null(pattern);
        if let Pattern::Lenient(pattern) = pattern {
            return self.lenient(pattern, value, Among::Alone, &there);
        }
        if !self.leaf(pattern, value, Among::Alone, &there, None) {
            self.only_if(&there, |body| body.pattern(pattern, value, Among::Alone, None));
        }
    }

    /// Statements under a condition, with what is captured in them.
    fn only_if(&mut self, conditions: &[String], write: impl FnOnce(&mut Self)) {
        let leave = self.leave.clone();
        let (mut lines, inner) = self.inside(&leave, write);
        let mut outer = Vec::new();
        lines.extend(self.outside(inner, &mut outer));
        self.captured.extend(outer);
        if !lines.is_empty() {
            self.lines.push(block_if(conditions, lines));
        }
    }

    fn array(&mut self, elements: &[ElementPattern], value: &str, place: Option<&[Step]>) {
        if !self.is_known(place, &Fact::Array) {
            self.leave_if(&[format!("!Array.isArray({value})")]);
        }
        let list = elements.iter().position(|element| element.spliced);
        let (least, most) = match list {
            Some(_) => (elements.len() - 1, None),
            None => {
                let last = elements.iter().rposition(|element| !element.optional);
                (last.map_or(0, |last| last + 1), Some(elements.len()))
            }
        };
        if least > 0 {
            self.leave_if(&[format!("{value}.length < {least}")]);
        }
        if let Some(most) = most {
            self.leave_if(&[format!("{value}.length > {most}")]);
        }
        let after = list.map_or(0, |list| elements.len() - list - 1);
        for (index, element) in elements.iter().enumerate() {
            let is_behind = list.is_some_and(|list| index > list);
            if element.spliced {
                let end = if after > 0 { format!(", -{after}") } else { String::new() };
                let name = self.name("v");
                let slice = format!("const {name}: unknown = {value}.slice({index}{end});");
                self.lines.push(text(slice));
                self.pattern(&element.value, &name, Among::Alone, None);
                continue;
            }
            let optional = element.optional && list.is_none();
            let place = place
                .filter(|_| !optional && !is_behind)
                .map(|place| [place, &[Step::Index(index)]].concat());
            if is_nothing(&element.value) || is_settled(self, &element.value, place.as_deref()) {
                continue;
            }
            let at = match is_behind {
                true => format!("{value}[{value}.length - {}]", elements.len() - index),
                false => format!("{value}[{index}]"),
            };
            let name = self.name("v");
            self.lines.push(match self.cast(place.as_deref()) {
                Some(cast) => text(format!("const {name} = {at} as {cast};")),
                None => text(format!("const {name}: unknown = {at};")),
            });
            self.in_place(optional, &element.value, &name, place.as_deref());
        }
    }

    /// The first of several that matches.
    fn one_of(&mut self, patterns: &[Pattern], value: &str, among: Among) {
        if let Some((constant, pattern)) = or_constant(patterns) {
            let read = match constant {
                Json::String(_) => value.to_owned(),
                _ => self.json(value, among),
            };
            let is_not = self.is_constant(constant, &read).is_not;
            if !self.leaf(pattern, value, among, &is_not, None) {
                self.only_if(&is_not, |body| body.pattern(pattern, value, among, None));
            }
            return;
        }
        let Some((last, firsts)) = patterns.split_last() else {
            self.lines.push(text(self.leave.clone()));
            return;
        };
        let found = self.name("one");
        let mut shared = Vec::new();
        let mut blocks = Vec::new();
        for pattern in firsts {
            let other = self.name("other");
            let write = |body: &mut Self| body.pattern(pattern, value, among, None);
            let (mut lines, inner) = self.inside(&format!("break {other};"), write);
            lines.extend(self.outside(inner, &mut shared));
            lines.push(text(format!("break {found};")));
            blocks.push(concat([text(format!("{other}: ")), block("{", lines, "")]));
        }
        let leave = self.leave.clone();
        let write = |body: &mut Self| body.pattern(last, value, among, None);
        let (lines, inner) = self.inside(&leave, write);
        blocks.extend(lines);
        blocks.extend(self.outside(inner, &mut shared));
        self.lines.push(concat([text(format!("{found}: ")), block("{", blocks, "")]));
        self.captured.extend(shared);
    }

    /// What a pattern captures where it matches.
    fn lenient(&mut self, pattern: &Pattern, value: &str, among: Among, there: &[String]) {
        if !captures_something(pattern) {
            return;
        }
        let pattern = if there.is_empty() { pattern } else { without_null(pattern) };
        if let (Pattern::Object(members), Among::Alone, false) = (pattern, among, self.closed)
            && members.iter().all(|one| one.optional && matches!(one.value, Pattern::Lenient(_)))
        {
            let is_record = format!("{}({value})", self.module.checks.uses("isRecord"));
            return self.only_if(&[is_record], |body| body.members(members, value, None));
        }
        if let (Pattern::Value { kinds, ty, captures, .. }, Among::Alone) = (pattern, among) {
            let value_type = self.module.typing.value(*kinds, *ty, is_not_null(value, there));
            let there = match self.module.checks.condition(&value_type, value) {
                // The condition says that it is there.
                Some(condition) if !accepts_nothing(&value_type) => vec![condition.is],
                Some(condition) => [there, &[condition.is]].concat(),
                None if there.is_empty() => vec![format!("{value} !== undefined")],
                None => there.to_vec(),
            };
            return self.capture(captures, value, among, &there);
        }
        let no = self.name("no");
        let mut lines = Vec::new();
        if !there.is_empty() {
            let there: Vec<String> = there.iter().map(|one| one.replace("!=", "==")).collect();
            lines.push(statement_if(all(&there), format!("break {no};")));
        }
        let write = |body: &mut Self| body.pattern(pattern, value, among, None);
        let (inner_lines, inner) = self.inside(&format!("break {no};"), write);
        lines.extend(inner_lines);
        let mut outer = Vec::new();
        lines.extend(self.outside(inner, &mut outer));
        self.lines.push(concat([text(format!("{no}: ")), block("{", lines, "")]));
        self.captured.extend(outer);
    }
}

#[derive(Clone, Copy)]
struct Code {
    kinds: Kinds,
    quoted: bool,
    catch_all: bool,
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

/// A scalar, and the other of two patterns, where what is the one can't be the other, or the scalar
/// comes first.
fn or_constant(patterns: &[Pattern]) -> Option<(&Json, &Pattern)> {
    match patterns {
        [Pattern::Constant(constant), pattern] => Some((constant, pattern)),
        [pattern, Pattern::Constant(constant)]
            if pattern.kinds().and(constant.kind()).is_empty() =>
        {
            Some((constant, pattern))
        }
        _ => None,
    }
}

/// Whether the conditions say that a value is not `null`.
fn is_not_null(value: &str, there: &[String]) -> bool {
    there
        .iter()
        .any(|one| *one == format!("{value} != null") || *one == format!("{value} !== null"))
}

/// The pattern in a place where `null` is the same as absent.
fn without_null(pattern: &Pattern) -> &Pattern {
    match pattern {
        Pattern::OneOf(patterns) => match patterns.as_slice() {
            [Pattern::Constant(Json::Null), pattern] => pattern,
            _ => pattern,
        },
        pattern => pattern,
    }
}

/// Whether any value has the pattern, and nothing is captured of it.
fn is_nothing(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Lenient(pattern) => !captures_something(pattern),
        Pattern::Value { kinds: Kinds::ANY, ty: None, captures, .. } => target(captures).is_none(),
        _ => false,
    }
}

/// Whether all that the pattern says of a place is known.
fn is_settled(body: &Body<'_, '_>, pattern: &Pattern, place: Option<&[Step]>) -> bool {
    match pattern {
        Pattern::Constant(constant) => body.is_known(place, &Fact::Is(constant.clone())),
        _ => false,
    }
}

pub(super) fn captures_something(pattern: &Pattern) -> bool {
    use ws_errors_core::reading::Segment;
    fn in_segments(segments: &[Segment]) -> bool {
        segments.iter().any(|segment| match segment {
            Segment::Literal(_) => false,
            Segment::Slot(pattern) | Segment::Filtered(_, pattern) | Segment::Json(pattern) => {
                captures_something(pattern)
            }
            Segment::Optional(segments) => in_segments(segments),
        })
    }
    match pattern {
        Pattern::Constant(_) => false,
        Pattern::Value { captures, .. } | Pattern::Code { captures, .. } => {
            target(captures).is_some()
        }
        Pattern::Object(members) => members.iter().any(|one| captures_something(&one.value)),
        Pattern::Array(elements) => elements.iter().any(|one| captures_something(&one.value)),
        Pattern::Text(segments) => in_segments(segments),
        Pattern::Encoded(pattern) | Pattern::Lenient(pattern) => captures_something(pattern),
        Pattern::OneOf(patterns) => patterns.iter().any(captures_something),
        Pattern::Both(one, other) => captures_something(one) || captures_something(other),
    }
}

fn scalar_text(json: &Json) -> String {
    match json {
        Json::String(text) => quoted(text),
        other => other.to_string(),
    }
}

/// Whether a condition for the type may hold for `null`, or for what is not there.
fn accepts_nothing(ty: &Type) -> bool {
    match ty {
        Type::Any | Type::Null | Type::Reference(_) => true,
        Type::Union(types) => types.iter().any(accepts_nothing),
        Type::Intersection(types) => types.iter().all(accepts_nothing),
        _ => false,
    }
}

/// Whether every text is of the type.
fn has_every_text(ty: &Type) -> bool {
    match ty {
        Type::Any | Type::String(_) => true,
        Type::Union(types) => types.iter().any(has_every_text),
        _ => false,
    }
}

/// Whether a text may be of the type.
fn has_some_text(ty: &Type) -> bool {
    match ty {
        Type::Null | Type::Boolean | Type::Number(_) | Type::Integer(_) => false,
        Type::Array(_) | Type::Object(_) => false,
        Type::Constant(constant) => constant.is_string(),
        Type::Union(types) => types.iter().any(has_some_text),
        _ => true,
    }
}

/// `name: { lines }`, indented.
pub(super) fn arrow(name: &str, parameter: &str, gives: &str, lines: Vec<Doc>) -> Doc {
    concat([
        text(format!("const {name} = ({parameter}): {gives} => {{")),
        indent(concat(lines.into_iter().flat_map(|line| [Doc::Hard, line]))),
        Doc::Hard,
        text("};"),
    ])
}
