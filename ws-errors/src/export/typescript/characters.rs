//! Values and codes that are the characters of a text.

use super::alternatives::may_be_null;
use super::body::Body;
use super::condition::{Condition, is, is_absent};
use crate::export::client::{Check, Target};
use crate::types::Type;
use ws_errors_core::json::Kinds;
use ws_errors_core::reading::Codes;

impl Body<'_, '_> {
    /// The value that characters are: themselves where that is right, and else as JSON.
    pub(super) fn characters(
        &mut self,
        targets: &[Target],
        check: &Check,
        value: &str,
        there: &Condition,
    ) {
        let parsed = self.module.uses("parsed");
        let read = match self.module.condition(check, value).filter(|_| may_be_text(check)) {
            Some(is) => format!("{is} ? {value} : {parsed}({value})"),
            None => format!("{parsed}({value})"),
        };
        let read = self.variable(read);
        self.check(check, &read, there, None);
        let there = match check {
            Check::Type(ty) if ty.clone().without_null() == *ty => there.clone(),
            check if !may_be_null(check) => there.clone(),
            _ => there.and(is(&read, "null").not()),
        };
        self.capture(targets, &read, false, &there);
    }

    /// A code that is not constant, in a text: what it is as one of its kinds.
    pub(super) fn code_in_text(
        &mut self,
        codes: Codes,
        kinds: Kinds,
        value: &str,
        there: &Condition,
    ) -> String {
        let is_number = !kinds.has(Kinds::STRING);
        if codes == Codes::Success {
            let (digits, succeeded) = (self.module.uses("digits"), self.module.uses("succeeded"));
            let fails = |code: String| Condition::Fails(format!("{succeeded}({code})"));
            let number = fails(format!("{digits}({value})"));
            self.leave_if(&Condition::all([there.clone(), fails(value.to_owned()), number]));
            return value.to_owned();
        }
        let mut read = value.to_owned();
        if is_number || !self.module.excluded(codes, "", Kinds::NUMBER).is_empty() {
            let digits = self.module.uses("digits");
            let number = self.variable(format!("{digits}({value})"));
            if is_number {
                self.leave_if(&there.and(is_absent(&number)));
                read.clone_from(&number);
            }
            for excluded in self.module.excluded(codes, &number, Kinds::NUMBER) {
                self.leave_if(&there.and(excluded));
            }
        }
        for excluded in self.module.excluded(codes, value, Kinds::STRING) {
            self.leave_if(&there.and(excluded));
        }
        read
    }
}

/// Whether a text may be right.
fn may_be_text(check: &Check) -> bool {
    match check {
        Check::Kinds(kinds) => kinds.has(Kinds::STRING),
        Check::Is(constant) => constant.kind() == Kinds::STRING,
        Check::Type(Type::Union(types)) => types.iter().map(Check::of).any(|one| may_be_text(&one)),
        Check::Type(ty) => !matches!(ty, Type::Array(_) | Type::Object(_)),
        _ => false,
    }
}
