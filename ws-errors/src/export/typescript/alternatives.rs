//! Checks of which one of several counts, or that are made under a condition.

use super::body::{Body, Captured};
use super::condition::Condition;
use super::layout::{Doc, block, concat, text};
use super::statements::block_if;
use crate::export::client::{Check, MemberCheck};
use crate::types::Type;
use ws_errors_core::json::{Json, Kinds};

impl Body<'_, '_> {
    /// Statements under a condition, with what is kept in them.
    pub(super) fn only_if(&mut self, condition: &Condition, write: impl FnOnce(&mut Self)) {
        if condition.is_always() {
            return write(self);
        }
        let leave = self.leave.clone();
        let (mut lines, inner) = self.inside(&leave, write);
        let mut outer = Vec::new();
        lines.extend(self.outside(inner, &mut outer));
        self.captured.extend(outer);
        if !lines.is_empty() {
            self.lines.push(block_if(condition, lines));
        }
    }

    /// What the first of several says that is right.
    pub(super) fn first_of(&mut self, checks: &[Check], value: &str) {
        let Some((last, firsts)) = checks.split_last() else { return };
        let found = self.name("one");
        let mut shared = Vec::new();
        let mut blocks = Vec::new();
        for check in firsts {
            let write = |body: &mut Self| body.check(check, value, &Condition::ALWAYS, None);
            let after = text(format!("break {found};"));
            blocks.push(self.labelled("other", &mut shared, write, Some(after)));
        }
        let leave = self.leave.clone();
        let write = |body: &mut Self| body.check(last, value, &Condition::ALWAYS, None);
        let (lines, inner) = self.inside(&leave, write);
        blocks.extend(lines);
        blocks.extend(self.outside(inner, &mut shared));
        self.lines.push(concat([text(format!("{found}: ")), block("{", blocks, "")]));
        self.captured.extend(shared);
    }

    /// A block that is left where something in it isn't right.
    fn labelled(
        &mut self,
        label: &str,
        shared: &mut Vec<Captured>,
        write: impl FnOnce(&mut Self),
        after: Option<Doc>,
    ) -> Doc {
        let label = self.name(label);
        let (mut lines, inner) = self.inside(&format!("break {label};"), write);
        lines.extend(self.outside(inner, shared));
        lines.extend(after);
        concat([text(format!("{label}: ")), block("{", lines, "")])
    }

    /// What is kept of a value where it is right.
    pub(super) fn lenient(&mut self, check: &Check, value: &str, there: &Condition) {
        match check {
            Check::Object { members, others }
                if others.is_open() && members.iter().all(is_lenient) =>
            {
                let is_record = format!("{}({value})", self.module.uses("isRecord"));
                let is_record = Condition::Holds(is_record);
                return self.only_if(&is_record, |body| body.members(members, value, None));
            }
            Check::Keep { targets, alone, value: inner } => {
                if let Some(is) = self.module.condition(inner, value) {
                    // The condition may say that it is there.
                    let there = if may_be_null(inner) { there.and(is) } else { is };
                    return self.capture(targets, value, *alone, &there);
                }
            }
            _ => {}
        }
        let mut outer = Vec::new();
        let write = |body: &mut Self| {
            if !there.is_always() {
                body.leave_if(&there.clone().not());
            }
            body.check(check, value, &Condition::ALWAYS, None);
        };
        let block = self.labelled("no", &mut outer, write, None);
        self.lines.push(block);
        self.captured.extend(outer);
    }
}

fn is_lenient(member: &MemberCheck) -> bool {
    let is_lenient = |check: &Check| check.is_lenient() || check.is_open();
    member.optional && is_lenient(member.value.something().unwrap_or(&member.value))
}

/// Whether a condition may hold for `null`, or for what is not there.
pub(super) fn may_be_null(check: &Check) -> bool {
    match check {
        Check::Kinds(kinds) => kinds.has(Kinds::NULL),
        Check::Is(constant) => *constant == Json::Null,
        Check::Any(checks) => checks.iter().any(may_be_null),
        Check::All(checks) => checks.iter().all(may_be_null),
        Check::Type(ty @ (Type::Union(_) | Type::Intersection(_))) => {
            may_be_null(&Check::inside(ty))
        }
        Check::Type(ty) => matches!(ty, Type::Reference(_)),
        _ => false,
    }
}
