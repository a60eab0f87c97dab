//! The patterns that need no more than conditions: constants, values and codes.

use super::body::{Among, Body, Fact};
use super::checks::Condition;
use super::names::scalar;
use crate::export::client::has_every_text;
use crate::types::Type;
use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::{Codes, Pattern, Step};

impl Body<'_, '_> {
    /// A pattern that needs no more than conditions. `there`: those under which it is looked at.
    pub(super) fn leaf(
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
                if self.is_known(place, &Fact::Status) {
                    self.status = true;
                    self.leave_if(&[format!("{value} !== status")]);
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
                // Of a value without a type any characters are one, where it may be a text.
                let ty = match ty {
                    None if kinds.has(Kinds::STRING) => Type::Any,
                    _ => self.module.client.typing.value(*kinds, *ty, false),
                };
                let (read, condition) = self.read(&ty, value);
                if let Some(condition) = condition {
                    self.leave_if(&[&there[..], &condition.is_not].concat());
                }
                if read != value && ty.clone().without_null() != ty {
                    there.push(format!("{read} !== null"));
                }
                self.capture(captures, &read, among, &there);
            }
            Pattern::Code { kinds, quoted, codes, captures } => {
                let code = Code { kinds: *kinds, quoted: *quoted, codes: *codes };
                let read = self.code(code, value, among, there);
                self.capture(captures, &read, among, there);
            }
            _ => return false,
        }
        true
    }

    pub(super) fn is_constant(&mut self, constant: &Json, value: &str) -> Condition {
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
            constant => {
                let constant = scalar(constant);
                Condition::new(format!("{value} === {constant}"), format!("{value} !== {constant}"))
            }
        }
    }

    /// Whether a value is of a type, where it is looked at under conditions.
    pub(super) fn condition(
        &mut self,
        kinds: Kinds,
        ty: Option<usize>,
        value: &str,
        there: &[String],
    ) -> Option<Condition> {
        let ty = self.module.client.typing.value(kinds, ty, is_not_null(value, there));
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

    /// A code that is not constant: the variable that holds it.
    fn code(&mut self, code: Code, value: &str, among: Among, there: &[String]) -> String {
        let Code { kinds, quoted, codes } = code;
        if !quoted && among == Among::Alone {
            let mut is_not = Vec::new();
            if kinds.has(Kinds::STRING) {
                is_not.push(format!("typeof {value} !== \"string\""));
            }
            if kinds.has(Kinds::NUMBER) {
                is_not.push(format!("!Number.isInteger({value})"));
            }
            self.leave_if(&[there, &is_not].concat());
            for excluded in self.module.excluded(codes, value, kinds) {
                self.leave_if(&[there, &[excluded]].concat());
            }
            return value.to_owned();
        }
        if among == Among::Alone {
            self.leave_if(&[there, &[format!("typeof {value} !== \"string\"")]].concat());
        }
        let mut read = value.to_owned();
        let is_number = !kinds.has(Kinds::STRING);
        if codes == Codes::Success {
            let (digits, succeeded) =
                (self.module.checks.uses("digits"), self.module.checks.uses("succeeded"));
            let is_code = format!("!{succeeded}({value}) && !{succeeded}({digits}({value}))");
            self.leave_if(&[there, &[is_code]].concat());
            return read;
        }
        let as_number = self.module.excluded(codes, "", Kinds::NUMBER);
        if is_number || !as_number.is_empty() {
            let digits = self.module.checks.uses("digits");
            let number = self.variable(format!("{digits}({value})"));
            if is_number {
                self.leave_if(&[there, &[format!("{number} === undefined")]].concat());
            }
            for excluded in self.module.excluded(codes, &number, Kinds::NUMBER) {
                self.leave_if(&[there, &[excluded]].concat());
            }
            if is_number && among == Among::Characters {
                read = number;
            }
        }
        for excluded in self.module.excluded(codes, value, Kinds::STRING) {
            self.leave_if(&[there, &[excluded]].concat());
        }
        read
    }
}

#[derive(Clone, Copy)]
struct Code {
    kinds: Kinds,
    quoted: bool,
    codes: Codes,
}

/// Whether the conditions say that a value is not `null`.
pub(super) fn is_not_null(value: &str, there: &[String]) -> bool {
    there
        .iter()
        .any(|one| *one == format!("{value} != null") || *one == format!("{value} !== null"))
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
