//! What a module checks of values: conditions where a line says it, functions for anything more.

use std::collections::BTreeSet;

use super::body::Body;
use super::condition::{Condition, is, is_absent};
use super::layout::{Doc, concat, list, text};
use super::names::{quoted, scalar};
use super::statements::{function, return_value};
use crate::catalog::{Catalog, Success};
use crate::export::client::{Check, Client};
use crate::types::Type;
use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::Codes;

/// The keys that every object inherits.
const INHERITED: [&str; 12] = [
    "__defineGetter__",
    "__defineSetter__",
    "__lookupGetter__",
    "__lookupSetter__",
    "__proto__",
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// What the functions of a module have in common.
pub(super) struct Module<'p> {
    pub(super) catalog: Catalog,
    pub(super) client: &'p Client,
    /// The helpers of the runtime that are called.
    pub(super) used: BTreeSet<&'static str>,
    /// The kinds of the declared codes.
    declared: Kinds,
    /// What has a function of its own.
    types: Vec<Check>,
    functions: Vec<Doc>,
}

impl<'p> Module<'p> {
    pub(super) fn new(client: &'p Client) -> Self {
        let (plan, used) = (&client.plan, BTreeSet::new());
        let declared = plan.declared.iter().fold(Kinds::NONE, |all, code| all.or(code.kind()));
        let (types, functions) = (Vec::new(), Vec::new());
        Self { catalog: plan.catalog, client, used, declared, types, functions }
    }

    pub(super) fn uses(&mut self, helper: &'static str) -> &'static str {
        self.used.insert(helper);
        helper
    }

    /// A member of a record.
    pub(super) fn member(&mut self, record: &str, key: &str) -> String {
        if INHERITED.contains(&key) {
            format!("{}({record}, {})", self.uses("own"), quoted(key))
        } else {
            format!("{record}[{}]", quoted(key))
        }
    }

    /// The conditions under which a code of these kinds is none of those that it may be.
    pub(super) fn excluded(&mut self, codes: Codes, code: &str, kinds: Kinds) -> Vec<Condition> {
        if codes == Codes::Success {
            return vec![Condition::Fails(format!("{}({code})", self.uses("succeeded")))];
        }
        let is_of = |success: &Success| match success {
            Success::Numbers(..) => kinds.has(Kinds::NUMBER),
            Success::Text(_) => kinds.has(Kinds::STRING),
        };
        let is_declared = codes == Codes::Undeclared && !self.declared.and(kinds).is_empty();
        let succeeds = self.catalog.success.iter().any(is_of);
        let excluded = [(is_declared, "isDeclared"), (succeeds, "succeeded")].into_iter();
        let excluded = excluded.filter(|(is_possible, _)| *is_possible);
        excluded.map(|(_, is)| Condition::Holds(format!("{}({code})", self.uses(is)))).collect()
    }

    /// Whether a value is right, where a line says it and nothing is kept.
    pub(super) fn condition(&mut self, check: &Check, value: &str) -> Option<Condition> {
        let call = |function: &str| Condition::Holds(format!("{function}({value})"));
        Some(match check {
            Check::Kinds(Kinds::ANY) => Condition::ALWAYS,
            Check::Kinds(kinds) => {
                let kinds = Kinds::EACH.into_iter().filter(|kind| kinds.has(*kind));
                Condition::any(kinds.map(|kind| match kind {
                    Kinds::NULL => is(value, "null"),
                    Kinds::ARRAY => call("Array.isArray"),
                    Kinds::OBJECT => call(self.uses("isRecord")),
                    kind => is(format!("typeof {value}"), quoted(type_of(kind))),
                }))
            }
            Check::Is(Json::Array(elements)) if elements.is_empty() => {
                call("Array.isArray").and(is(format!("{value}.length"), "0"))
            }
            Check::Is(constant @ (Json::Array(_) | Json::Object(_))) => {
                Condition::Holds(format!("{}({value}, {constant})", self.uses("same")))
            }
            Check::Is(constant) => is(value, scalar(constant)),
            Check::Whole => call("Number.isInteger"),
            Check::Digits => call("/^[0-9]+$/.test"),
            Check::Type(Type::Reference(name)) => call(&format!("is{name}")),
            Check::Type(ty) => match Check::inside(ty) {
                Check::Any(checks) if [1, 2].contains(&checks.len()) => {
                    self.condition(&Check::Any(checks), value)?
                }
                check => call(&self.function(check)),
            },
            Check::Encoded(inner) if matches!(**inner, Check::Is(_)) => {
                let parsed = format!("{}({value})", self.uses("parsed"));
                self.condition(inner, &parsed)?
            }
            Check::Any(checks) if !check.keeps() => Condition::any(self.conditions(checks, value)?),
            Check::All(checks) if !check.keeps() => Condition::all(self.conditions(checks, value)?),
            _ => return None,
        })
    }

    fn conditions(&mut self, checks: &[Check], value: &str) -> Option<Vec<Condition>> {
        checks.iter().map(|one| self.condition(one, value)).collect()
    }

    /// The function to call for each of several values.
    pub(super) fn each(&mut self, check: &Check) -> String {
        match check {
            Check::Whole => "Number.isInteger".to_owned(),
            Check::Kinds(Kinds::ARRAY) => "Array.isArray".to_owned(),
            Check::Kinds(Kinds::OBJECT) => self.uses("isRecord").to_owned(),
            Check::Type(Type::Reference(name)) => format!("is{name}"),
            Check::Type(ty) => self.function(Check::inside(ty)),
            check => self.function(check.clone()),
        }
    }

    /// The function that says whether a value is right.
    fn function(&mut self, check: Check) -> String {
        let name = |index: usize| format!("isType{}", index + 1);
        if let Some(index) = self.types.iter().position(|other| *other == check) {
            return name(index);
        }
        self.types.push(check.clone());
        let name = name(self.types.len() - 1);
        let lines = self.lines(&check);
        self.functions.push(function(&name, &["value: unknown"], "boolean", lines));
        name
    }

    /// All functions so far.
    pub(super) fn functions(&mut self) -> Vec<Doc> {
        std::mem::take(&mut self.functions)
    }

    /// The functions for the named types.
    ///
    /// Where such a type holds itself and a value may be of several types in it, what a value inside
    /// came to is remembered: each level would take twice as long as the one within otherwise.
    pub(super) fn definitions(&mut self) -> Vec<Doc> {
        let definitions = &self.client.definitions;
        let find = |name: &str| definitions.iter().find(|one| one.name == name).map(|one| &one.ty);
        let mut out = Vec::new();
        for definition in definitions {
            let (name, ty) = (&definition.name, &definition.ty);
            let (mut holds_itself, mut is_ambiguous) = (false, false);
            each_reached(ty, &find, &mut BTreeSet::new(), &mut |inside| match inside {
                Type::Reference(other) => holds_itself |= other == name,
                Type::Union(types) => is_ambiguous |= are_ambiguous(types),
                _ => {}
            });
            let lines = self.lines(&Check::inside(ty));
            let mut push = |name: &str, lines| {
                out.push(function(name, &["value: unknown"], "boolean", lines));
            };
            if holds_itself && is_ambiguous {
                let call = format!("return {}(compare{name}, value);", self.uses("once"));
                push(&format!("is{name}"), vec![text(call)]);
                push(&format!("compare{name}"), lines);
            } else {
                push(&format!("is{name}"), lines);
            }
        }
        out
    }

    /// The statements of a function that says whether `value` is right.
    pub(super) fn lines(&mut self, check: &Check) -> Vec<Doc> {
        if let Check::Any(checks) = check
            && checks.len() > 2
            && let Some(constants) = checks.iter().map(constant).collect::<Option<Vec<_>>>()
        {
            let constants = list("[", constants, "]");
            return vec![
                concat([text("const constants: readonly unknown[] = "), constants, text(";")]),
                text("return constants.includes(value);"),
            ];
        }
        match self.condition(check, "value") {
            Some(condition) if condition.is_always() => {
                vec![return_value(is_absent("value").not().doc())]
            }
            Some(condition) => vec![return_value(condition.doc())],
            None => {
                let mut body = Body::new(self, &[], "return false;");
                body.check(check, "value", &Condition::ALWAYS, None);
                body.returned()
            }
        }
    }
}

/// What `typeof` says of values of a kind.
pub(super) const fn type_of(kind: Kinds) -> &'static str {
    match kind {
        Kinds::BOOL => "boolean",
        Kinds::NUMBER => "number",
        Kinds::STRING => "string",
        _ => "object",
    }
}

fn constant(check: &Check) -> Option<Doc> {
    match check {
        Check::Is(constant) => Some(text(scalar(constant))),
        _ => None,
    }
}

/// Visits a type with all that is written in it, and behind the names in it.
fn each_reached<'d>(
    ty: &'d Type,
    find: &dyn Fn(&str) -> Option<&'d Type>,
    seen: &mut BTreeSet<&'d str>,
    visit: &mut dyn FnMut(&'d Type),
) {
    ty.each_inside(&mut |inside| {
        visit(inside);
        if let Type::Reference(name) = inside
            && seen.insert(name)
            && let Some(ty) = find(name)
        {
            each_reached(ty, find, seen, visit);
        }
    });
}

/// Whether a value may be of several of these types, by what can be seen at once.
fn are_ambiguous(types: &[Type]) -> bool {
    let types = types.iter().filter(|ty| matches!(Check::of(ty), Check::Type(_)));
    let types: Vec<&Type> = types.collect();
    let mut pairs = types
        .iter()
        .enumerate()
        .flat_map(|(index, one)| types.iter().skip(index + 1).map(move |other| (*one, *other)));
    pairs.any(|(one, other)| !are_told_apart(one, other))
}

/// Whether no value seems to be of both types.
fn are_told_apart(one: &Type, other: &Type) -> bool {
    match (one, other) {
        (Type::Object(one), Type::Object(other)) => one.members.iter().any(|member| {
            let constant = |ty: &Type| matches!(ty, Type::Constant(_));
            !member.optional
                && constant(&member.ty)
                && other.member(&member.key).is_some_and(|ty| constant(ty) && *ty != member.ty)
        }),
        (Type::Array(_), Type::Object(_)) | (Type::Object(_), Type::Array(_)) => true,
        _ => false,
    }
}
