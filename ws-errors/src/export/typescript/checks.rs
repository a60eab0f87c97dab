//! The checks of values for the types of fields: conditions where a line says it, functions for
//! anything more.

use std::collections::BTreeSet;

use super::layout::{Doc, concat, text};
use super::names::{literal, quoted};
use super::statements::{all, function, statement_if};
use crate::export::client::Definition;
use crate::types::{Array, Object, Type};

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

/// A condition, and what holds where it doesn't: all of these.
pub(super) struct Condition {
    pub(super) is: String,
    pub(super) is_not: Vec<String>,
}

impl Condition {
    pub(super) fn new(is: String, is_not: String) -> Self {
        Self { is, is_not: vec![is_not] }
    }

    fn call(function: &str, value: &str) -> Self {
        Self::new(format!("{function}({value})"), format!("!{function}({value})"))
    }
}

/// Prints checks, each once, and notes the helpers of the runtime that they call.
#[derive(Default)]
pub(super) struct Checks {
    /// The helpers of the runtime that are called.
    pub(super) used: BTreeSet<&'static str>,
    types: Vec<Type>,
    functions: Vec<Doc>,
}

impl Checks {
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

    /// Whether a value is of a type; `None` where any is.
    pub(super) fn condition(&mut self, ty: &Type, value: &str) -> Option<Condition> {
        let of = |name: &str| {
            Condition::new(
                format!("typeof {value} === \"{name}\""),
                format!("typeof {value} !== \"{name}\""),
            )
        };
        let is =
            |one: &str| Condition::new(format!("{value} === {one}"), format!("{value} !== {one}"));
        Some(match ty {
            Type::Any => return None,
            Type::String(_) => of("string"),
            Type::Number(_) => of("number"),
            Type::Boolean => of("boolean"),
            Type::Integer(_) => Condition::call("Number.isInteger", value),
            Type::Null => is("null"),
            Type::Constant(constant) => is(&literal(constant)),
            Type::Union(types) if types.len() == 2 && types.iter().all(is_scalar) => {
                let conditions: Vec<Condition> =
                    types.iter().filter_map(|ty| self.condition(ty, value)).collect();
                let is: Vec<&str> = conditions.iter().map(|one| one.is.as_str()).collect();
                let is_not = conditions.iter().flat_map(|one| one.is_not.clone()).collect();
                Condition { is: is.join(" || "), is_not }
            }
            Type::Object(object) if object.members.is_empty() && is_open(object) => {
                Condition::call(self.uses("isRecord"), value)
            }
            Type::Reference(name) => Condition::call(&format!("is{name}"), value),
            ty => Condition::call(&self.function(ty), value),
        })
    }

    /// The function that checks for a type.
    fn function(&mut self, ty: &Type) -> String {
        let name = |index: usize| format!("isType{}", index + 1);
        if let Some(index) = self.types.iter().position(|other| other == ty) {
            return name(index);
        }
        self.types.push(ty.clone());
        let name = name(self.types.len() - 1);
        let lines = self.lines(ty);
        self.functions.push(function(&name, &["value: unknown"], "boolean", lines));
        name
    }

    /// All functions so far.
    pub(super) fn functions(&mut self) -> Vec<Doc> {
        std::mem::take(&mut self.functions)
    }

    /// The checks for the named types.
    ///
    /// Where such a type holds itself and a value may be of several types in it, what a value inside
    /// came to is remembered: each level would take twice as long as the one within otherwise.
    pub(super) fn definitions(&mut self, definitions: &[Definition]) -> Vec<Doc> {
        let find = |name: &str| definitions.iter().find(|one| one.name == name);
        let mut out = Vec::new();
        for Definition { name, ty, .. } in definitions {
            let mut within = BTreeSet::new();
            reached(ty, &find, &mut within);
            let lines = self.lines(ty);
            let mut push = |name: &str, lines| {
                out.push(function(name, &["value: unknown"], "boolean", lines));
            };
            if within.contains(name.as_str()) && is_ambiguous(ty, &find, &mut BTreeSet::new()) {
                let call = format!("return {}(compare{name}, value);", self.uses("once"));
                push(&format!("is{name}"), vec![text(call)]);
                push(&format!("compare{name}"), lines);
            } else {
                push(&format!("is{name}"), lines);
            }
        }
        out
    }

    /// The statements that check whether `value` is of a type.
    fn lines(&mut self, ty: &Type) -> Vec<Doc> {
        match ty {
            Type::Array(array) => self.array(array),
            Type::Object(object) => self.object(object),
            Type::Union(types) if types.len() > 2 && types.iter().all(is_constant) => {
                let constants: Vec<String> = types
                    .iter()
                    .filter_map(|ty| match ty {
                        Type::Constant(constant) => Some(literal(constant)),
                        _ => None,
                    })
                    .collect();
                vec![
                    concat([
                        text("const constants: readonly unknown[] = "),
                        string_list(&constants),
                        text(";"),
                    ]),
                    text("return constants.includes(value);"),
                ]
            }
            Type::Union(types) => {
                let mut lines = Vec::new();
                for ty in types {
                    match self.condition(ty, "value") {
                        Some(condition) => {
                            lines.push(statement_if(
                                super::statements::condition(&condition.is),
                                "return true;",
                            ));
                        }
                        None => lines.push(text("if (value !== undefined) return true;")),
                    }
                }
                lines.push(text("return false;"));
                lines
            }
            Type::Intersection(types) => {
                let mut lines = Vec::new();
                for ty in types {
                    if let Some(condition) = self.condition(ty, "value") {
                        lines.push(statement_if(all(&condition.is_not), "return false;"));
                    }
                }
                lines.push(text("return true;"));
                lines
            }
            ty => match self.condition(ty, "value") {
                Some(condition) => vec![text(format!("return {};", condition.is))],
                None => vec![text("return value !== undefined;")],
            },
        }
    }

    fn array(&mut self, array: &Array) -> Vec<Doc> {
        let mut lines = vec![text("if (!Array.isArray(value)) return false;")];
        let mut refuse = |condition: String| {
            lines.push(text(format!("if (value.length {condition}) return false;")));
        };
        match array.most {
            Some(most) if most == array.least => refuse(format!("!== {most}")),
            most => {
                if array.least > 0 {
                    refuse(format!("< {}", array.least));
                }
                most.into_iter().for_each(|most| refuse(format!("> {most}")));
            }
        }
        for (index, ty) in array.first.iter().enumerate() {
            let Some(mut condition) = self.condition(ty, &format!("value[{index}]")) else {
                continue;
            };
            if index >= array.least {
                condition.is_not.insert(0, format!("value.length > {index}"));
            }
            lines.push(statement_if(all(&condition.is_not), "return false;"));
        }
        let has_rest = array.most.is_none_or(|most| most > array.first.len());
        let rest = match array.first.len() {
            0 => "value".to_owned(),
            count => format!("value.slice({count})"),
        };
        lines.push(match self.each(&array.rest).filter(|_| has_rest) {
            Some(each) => text(format!("return {rest}.every({each});")),
            None => text("return true;"),
        });
        lines
    }

    fn object(&mut self, object: &Object) -> Vec<Doc> {
        let is_record = self.uses("isRecord");
        let mut lines = vec![text(format!("if (!{is_record}(value)) return false;"))];
        // What can be seen at once comes first: a tag that is another ends it.
        let (seen, others): (Vec<_>, Vec<_>) =
            object.members.iter().partition(|member| is_scalar(&member.ty));
        for (index, one) in seen.into_iter().chain(others).enumerate() {
            let variable = format!("v{}", index + 1);
            let value = self.member("value", &one.key);
            let mut is_not = match self.condition(&one.ty, &variable) {
                Some(condition) => condition.is_not,
                None if one.optional => continue,
                None => vec![format!("{variable} === undefined")],
            };
            if one.optional {
                is_not.insert(0, format!("{variable} !== undefined"));
            }
            lines.push(super::statements::constant(&variable, text(value)));
            lines.push(statement_if(all(&is_not), "return false;"));
        }
        let others = object.others.as_deref().and_then(|others| self.each(others));
        match others {
            None => lines.push(text("return true;")),
            Some(each) if object.members.is_empty() => {
                lines.push(text(format!("return Object.values(value).every({each});")));
            }
            Some(each) => {
                let keys: Vec<String> =
                    object.members.iter().map(|member| quoted(&member.key)).collect();
                lines.push(concat([text("const named = "), string_list(&keys), text(";")]));
                let others = "Object.keys(value).filter((key) => !named.includes(key))";
                lines.push(super::statements::constant("others", text(others)));
                lines.push(text(format!("return others.every((key) => {each}(value[key]));")));
            }
        }
        lines
    }

    /// The function to call for each of several values; `None` where any is right.
    fn each(&mut self, ty: &Type) -> Option<String> {
        Some(match ty {
            Type::Integer(_) => "Number.isInteger".to_owned(),
            Type::Reference(name) => format!("is{name}"),
            Type::Object(object) if object.members.is_empty() && is_open(object) => {
                self.uses("isRecord").to_owned()
            }
            ty => {
                self.condition(ty, "value")?;
                self.function(ty)
            }
        })
    }
}

/// Strings in an array.
pub(super) fn string_list(strings: &[String]) -> Doc {
    super::layout::list("[", strings.iter().map(text).collect(), "]")
}

/// Whether nothing is said of the members that aren't named.
fn is_open(object: &Object) -> bool {
    object.others.as_deref().is_none_or(|others| *others == Type::Any)
}

fn is_constant(ty: &Type) -> bool {
    matches!(ty, Type::Constant(_))
}

pub(super) fn is_scalar(ty: &Type) -> bool {
    match ty {
        Type::Null
        | Type::Boolean
        | Type::Number(_)
        | Type::Integer(_)
        | Type::String(_)
        | Type::Constant(_) => true,
        Type::Union(types) => types.iter().all(is_scalar),
        _ => false,
    }
}

/// The names that a type refers to, those behind them included.
fn reached<'d>(
    ty: &'d Type,
    find: &dyn Fn(&str) -> Option<&'d Definition>,
    names: &mut BTreeSet<&'d str>,
) {
    ty.each_inside(&mut |inside| {
        if let Type::Reference(name) = inside
            && names.insert(name)
            && let Some(definition) = find(name)
        {
            reached(&definition.ty, find, names);
        }
    });
}

/// Whether a value may be of several types of a union in it, by what can be seen at once.
fn is_ambiguous<'d>(
    ty: &'d Type,
    find: &dyn Fn(&str) -> Option<&'d Definition>,
    seen: &mut BTreeSet<&'d str>,
) -> bool {
    let mut found = false;
    ty.each_inside(&mut |inside| match inside {
        Type::Union(types) => {
            let types: Vec<&Type> = types.iter().filter(|ty| !is_scalar(ty)).collect();
            found |= types.iter().enumerate().any(|(index, one)| {
                types.iter().skip(index + 1).any(|other| !are_told_apart(one, other))
            });
        }
        Type::Reference(name) if seen.insert(name) => {
            found |= find(name).is_some_and(|one| is_ambiguous(&one.ty, find, seen));
        }
        _ => {}
    });
    found
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
