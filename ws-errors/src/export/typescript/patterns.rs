//! The patterns that are made of others.

use super::body::{Among, Body, Fact};
use super::facts::may_be_absent;
use super::layout::{block, concat, list, text};
use super::leaves::is_not_null;
use super::names::quoted;
use super::statements::{all, block_if, statement_if};
use crate::export::client::target;
use crate::types::Type;
use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::{ElementPattern, MemberPattern, Pattern, Step};

impl Body<'_, '_> {
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
                match (&**one, &**other) {
                    // It is the text that it was compared with.
                    (
                        Pattern::Constant(Json::String(_)),
                        Pattern::Value { kinds: Kinds::STRING, ty: None, captures, .. },
                    ) => self.capture(captures, value, among, &[]),
                    _ => self.pattern(other, value, among, None),
                }
            }
            Pattern::Lenient(inner) => self.lenient(inner, value, among, &[]),
            Pattern::Constant(_) | Pattern::Value { .. } | Pattern::Code { .. } => {}
        }
    }

    fn object(&mut self, members: &[MemberPattern], value: &str, place: Option<&[Step]>) {
        if !self.is_known(place, &Fact::Record) {
            let is_record = self.module.checks.uses("isRecord");
            self.leave_if(&[format!("!{is_record}({value})")]);
        }
        self.members(members, value, place);
        // It takes longer than the others, so it comes last.
        if self.closed {
            if members.iter().all(|one| !one.optional && !may_be_absent(&one.value)) {
                // They are all there, so that no others are where there are no more.
                let count = members.len();
                self.leave_if(&[format!("Object.keys({value}).length !== {count}")]);
                return;
            }
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
            let may_be_any = |one: &Pattern| matches!(one, Pattern::Value { .. });
            if let (false, Pattern::OneOf(patterns)) = (member.optional, &member.value)
                && patterns.iter().any(may_be_any)
            {
                self.leave_if(&[format!("{variable} === undefined")]);
            }
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
            let value_type =
                self.module.client.typing.value(*kinds, *ty, is_not_null(value, there));
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

fn captures_something(pattern: &Pattern) -> bool {
    pattern.any(&|one| match one {
        Pattern::Value { captures, .. } | Pattern::Code { captures, .. } => {
            target(captures).is_some()
        }
        _ => false,
    })
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
