//! The checks that need more than a condition.

use super::body::{Body, Fact};
use super::condition::{Condition, is, is_absent, is_something};
use super::layout::{concat, list, text};
use super::names::quoted;
use super::statements::statement_if;
use crate::export::client::{Check, MemberCheck};
use ws_errors_core::json::Kinds;
use ws_errors_core::reading::Step;

impl Body<'_, '_> {
    /// Leaves unless a value is right. `there`: the condition under which it is looked at; `place`: where
    /// it stands from the root, as far as there is one way to it.
    pub(super) fn check(
        &mut self,
        check: &Check,
        value: &str,
        there: &Condition,
        place: Option<&[Step]>,
    ) {
        if !there.is_always() && !is_leaf(check) {
            return self.only_if(there, |body| body.check(check, value, &Condition::ALWAYS, None));
        }
        match check {
            Check::Is(_) if self.is_settled(check, place) => {}
            Check::Is(_) if self.is_known(place, &Fact::Status) => {
                self.status = true;
                self.leave_if(&is(value, "status").not());
            }
            Check::Keep { targets, alone, value: inner } => {
                self.check(inner, value, there, place);
                self.capture(targets, value, *alone, there);
            }
            Check::All(checks) => {
                checks.iter().for_each(|one| self.check(one, value, there, place));
            }
            Check::Code(codes, kinds) => {
                for excluded in self.module.excluded(*codes, value, *kinds) {
                    self.leave_if(&there.and(excluded));
                }
            }
            Check::CodeInText { codes, kinds, targets, alone } => {
                let code = self.code_in_text(*codes, *kinds, value, there);
                let is_read = !alone && !kinds.has(Kinds::STRING);
                self.capture(targets, if is_read { &code } else { value }, *alone, there);
            }
            Check::Characters(targets, inner) => self.characters(targets, inner, value, there),
            Check::Object { members, others } => self.object(members, others, value, place),
            Check::Array { first, rest, last, least, most } => {
                self.array([first, last], rest, (*least, *most), value, place);
            }
            Check::Text(parts) => self.text(parts, value),
            Check::Any(checks) => {
                if let ([kept, _], true) = (checks.as_slice(), check.is_lenient()) {
                    self.lenient(kept, value, there);
                } else if let [first, other] = checks.as_slice()
                    && let Some(is) = self.module.condition(first, value)
                {
                    self.check(other, value, &there.and(is.not()), None);
                } else if let Some(is) = self.module.condition(check, value) {
                    self.leave_if(&there.and(is.not()));
                } else {
                    self.only_if(there, |body| body.first_of(checks, value));
                }
            }
            check => match self.module.condition(check, value) {
                Some(is) if is.is_always() => {}
                Some(is) => self.leave_if(&there.and(is.not())),
                None => self.inside_of(check, value),
            },
        }
    }

    /// The JSON that characters are, and the list whose elements are all right.
    fn inside_of(&mut self, check: &Check, value: &str) {
        match check {
            Check::Encoded(inner) => {
                let parsed = self.module.uses("parsed");
                let inside = self.variable(format!("{parsed}({value})"));
                self.required(inner, &inside, None);
            }
            Check::Each(inner) => {
                let each = self.module.each(inner);
                self.leave_if(&Condition::Fails(format!("{value}.every({each})")));
            }
            _ => {}
        }
    }

    /// What has to be there.
    fn required(&mut self, check: &Check, value: &str, place: Option<&[Step]>) {
        if check.takes_anything() {
            self.leave_if(&is_absent(value));
        }
        self.check(check, value, &Condition::ALWAYS, place);
    }

    /// What may be absent; where `null` is the same, the check says so.
    fn in_place(&mut self, optional: bool, check: &Check, value: &str, place: Option<&[Step]>) {
        match check.something() {
            _ if !optional => self.required(check, value, place),
            Some(something) => self.check(something, value, &is_something(value), None),
            None => self.check(check, value, &is_absent(value).not(), None),
        }
    }

    fn object(
        &mut self,
        members: &[MemberCheck],
        others: &Check,
        value: &str,
        place: Option<&[Step]>,
    ) {
        if !self.is_known(place, &Fact::Record) {
            let is_record = self.module.uses("isRecord");
            self.leave_if(&Condition::Fails(format!("{is_record}({value})")));
        }
        self.members(members, value, place);
        let keys = || list("[", members.iter().map(|one| text(quoted(&one.key))).collect(), "]");
        // It takes longer than the others, so it comes last.
        match others {
            Check::Kinds(Kinds::ANY) => {}
            // They are all there, so that no others are where there are no more.
            Check::Kinds(Kinds::NONE) if members.iter().all(|one| !one.optional) => {
                let count = format!("Object.keys({value}).length");
                self.leave_if(&is(count, members.len().to_string()).not());
            }
            Check::Kinds(Kinds::NONE) => {
                let call = format!("!{}({value}, ", self.module.uses("hasOnly"));
                let condition = concat([text(call), keys(), text(")")]);
                self.lines.push(statement_if(condition, self.leave.clone()));
            }
            others => {
                let each = self.module.each(others);
                let mut all = format!("Object.values({value}).every({each})");
                if !members.is_empty() {
                    self.lines.push(concat([text("const named = "), keys(), text(";")]));
                    let unnamed =
                        format!("Object.keys({value}).filter((key) => !named.includes(key))");
                    let unnamed = self.variable(unnamed);
                    all = format!("{unnamed}.every((key) => {each}({value}[key]))");
                }
                self.leave_if(&Condition::Fails(all));
            }
        }
    }

    /// The members of what is known to be an object.
    pub(super) fn members(&mut self, members: &[MemberCheck], value: &str, place: Option<&[Step]>) {
        for MemberCheck { key, optional, value: check } in members {
            let step = Step::Key(key.clone());
            let place = place.filter(|_| !optional).map(|place| [place, &[step]].concat());
            if *optional && check.is_open() || self.is_settled(check, place.as_deref()) {
                continue;
            }
            let expression = self.module.member(value, key) + self.cast(place.as_deref());
            let variable = self.variable(expression);
            self.in_place(*optional, check, &variable, place.as_deref());
        }
    }

    /// The type that a place is known to have.
    fn cast(&self, place: Option<&[Step]>) -> &'static str {
        if self.is_known(place, &Fact::Record) {
            " as Record<string, unknown>"
        } else if self.is_known(place, &Fact::Array) {
            " as unknown[]"
        } else {
            ""
        }
    }

    /// Whether all that is said of a place is known.
    fn is_settled(&self, check: &Check, place: Option<&[Step]>) -> bool {
        match check {
            Check::Is(constant) => self.is_known(place, &Fact::Is(constant.clone())),
            _ => false,
        }
    }

    fn array(
        &mut self,
        [first, last]: [&[Check]; 2],
        rest: &Check,
        (least, most): (usize, Option<usize>),
        value: &str,
        place: Option<&[Step]>,
    ) {
        if !self.is_known(place, &Fact::Array) {
            self.leave_if(&Condition::Fails(format!("Array.isArray({value})")));
        }
        let length = |operator, length: usize| {
            Condition::Compare(format!("{value}.length"), operator, length.to_string())
        };
        if most == Some(least) {
            self.leave_if(&length("!==", least));
        } else {
            let bounds =
                [(least > 0).then(|| length("<", least)), most.map(|most| length(">", most))];
            bounds.iter().flatten().for_each(|bound| self.leave_if(bound));
        }
        for (index, check) in first.iter().enumerate() {
            let optional = index >= least || check.something().is_some();
            let step = Step::Index(index);
            let place = place.filter(|_| !optional).map(|place| [place, &[step]].concat());
            let at = format!("{value}[{index}]{}", self.cast(place.as_deref()));
            self.element(optional, check, &at, place.as_deref());
        }
        let slice = match (first.len(), last.len()) {
            (0, 0) => value.to_owned(),
            (before, 0) => format!("{value}.slice({before})"),
            (before, behind) => format!("{value}.slice({before}, -{behind})"),
        };
        match rest {
            Check::Each(_) => self.check(rest, &slice, &Condition::ALWAYS, None),
            rest => self.element(false, rest, &slice, None),
        }
        for (index, check) in last.iter().enumerate() {
            let at = format!("{value}[{value}.length - {}]", last.len() - index);
            self.element(false, check, &at, None);
        }
    }

    fn element(&mut self, optional: bool, check: &Check, at: &str, place: Option<&[Step]>) {
        if check.is_open() || self.is_settled(check, place) {
            return;
        }
        let name = self.name("v");
        let ty = if at.contains(" as ") { "" } else { ": unknown" };
        self.lines.push(text(format!("const {name}{ty} = {at};")));
        match check.is_lenient() {
            // Nothing is required of it, and that it stands there says the length.
            true => self.check(check, &name, &Condition::ALWAYS, None),
            false => self.in_place(optional, check, &name, place),
        }
    }
}

/// Whether it needs no more than conditions, and so can be looked at under one.
fn is_leaf(check: &Check) -> bool {
    match check {
        Check::Object { .. } | Check::Array { .. } | Check::Each(_) | Check::Text(_) => false,
        Check::Encoded(inner) => matches!(**inner, Check::Is(_)),
        Check::Keep { value, .. } => is_leaf(value),
        Check::All(checks) => checks.iter().all(is_leaf),
        Check::Any(checks) => check.is_lenient() || checks.iter().all(is_leaf),
        _ => true,
    }
}
