//! Types of values as annotations, and as what the reader compares values with.

use super::names::{attribute, dictionary, docstring, joined, json, tagged, truth, tuple};
use crate::export::client::{Definition, Names, pascal, quoted};
use crate::types::{Member, Object, Type};
use ws_errors_core::json::{Json, Kinds};

/// Writes types, and the classes that they need.
pub(super) struct Types<'n> {
    pub(super) names: &'n mut Names,
    /// The classes and aliases so far.
    pub(super) classes: Vec<String>,
    /// What stands for objects that have no name of their own.
    pub(super) objects: Vec<(Object, String)>,
}

impl Types<'_> {
    /// A type that others refer to.
    pub(super) fn definition(&mut self, Definition { name, docs, ty }: &Definition) {
        match ty {
            Type::Object(object) if !object.members.is_empty() => self.class(name, object, docs),
            ty => {
                let ty = quoted(&self.annotation(ty, name));
                let docs = docstring(std::slice::from_ref(docs), "");
                self.classes.push(format!("{name}: _t.TypeAlias = {ty}\n{docs}"));
            }
        }
    }

    /// The type as an annotation; `owner` is what a class for an object in it is called after.
    pub(super) fn annotation(&mut self, ty: &Type, owner: &str) -> String {
        match ty {
            Type::Any => "object".to_owned(),
            Type::Null => "None".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::Number(_) => "float".to_owned(),
            Type::Integer(_) => "int".to_owned(),
            Type::String(_) => "str".to_owned(),
            Type::Reference(name) => name.clone(),
            // Python has no literal of it.
            Type::Constant(value) if value.is_f64() => "float".to_owned(),
            Type::Constant(value) => format!("_t.Literal[{}]", constant(value)),
            Type::Array(array) => {
                let has_rest = array.most.is_none_or(|most| most > array.first.len());
                let rest = has_rest.then(|| (*array.rest).clone());
                let element = Type::union(array.first.iter().cloned().chain(rest).collect());
                format!("_abc.Sequence[{}]", self.annotation(&element, owner))
            }
            Type::Object(object) if object.members.is_empty() => {
                let others = object.others.as_deref().unwrap_or(&Type::Any);
                format!("_abc.Mapping[str, {}]", self.annotation(others, owner))
            }
            Type::Object(object) => {
                if let Some((_, name)) = self.objects.iter().find(|(known, _)| known == object) {
                    return name.clone();
                }
                let tag = object.members.iter().find_map(|member| match &member.ty {
                    Type::Constant(value) => value.as_str().map(pascal),
                    _ => None,
                });
                let name = self.names.take(format!("{owner}{}", tag.unwrap_or_default()), "Data");
                self.objects.push((object.clone(), name.clone()));
                self.class(&name, object, "");
                name
            }
            Type::Union(types) if types.is_empty() => "_t.NoReturn".to_owned(),
            Type::Union(types) => {
                // Constants are one literal.
                let is_literal =
                    |ty: &&Type| matches!(ty, Type::Constant(value) if !value.is_f64());
                let (literals, others): (Vec<&Type>, Vec<&Type>) =
                    types.iter().partition(is_literal);
                let values = literals.iter().filter_map(|ty| match ty {
                    Type::Constant(value) => Some(constant(value)),
                    _ => None,
                });
                let values = joined(values);
                let literal = (!values.is_empty()).then(|| format!("_t.Literal[{values}]"));
                let mut all: Vec<String> = literal.into_iter().collect();
                for ty in others.into_iter().map(|ty| self.annotation(ty, owner)) {
                    if !all.contains(&ty) {
                        all.push(ty);
                    }
                }
                all.join(" | ")
            }
            // Python has no word for it: what is of all types is of the first.
            Type::Intersection(types) => {
                self.annotation(types.first().unwrap_or(&Type::Any), owner)
            }
        }
    }

    /// A `TypedDict`: what may be absent has one of its own, as Python 3.10 has it, and any key may
    /// stand in a dictionary. One with a key that is no name is made by a call.
    fn class(&mut self, name: &str, object: &Object, docs: &str) {
        // No checker takes a key without characters.
        let members = object.members.iter().filter(|member| !member.key.is_empty());
        let mut of = |optional: bool| -> Vec<(&str, String)> {
            let members = members.clone().filter(|member| member.optional == optional);
            members
                .map(|Member { key, ty, .. }| {
                    (&**key, self.annotation(ty, &format!("{name}{}", pascal(key))))
                })
                .collect()
        };
        let groups = [("Required", "", of(false)), ("Optional", ", total=False", of(true))];
        let docs = docstring(&[docs.to_owned()], "    ");
        let is_name = |key: &str| attribute(key, self.names) == key;
        let all_are_names = members.clone().all(|member| is_name(&member.key));
        let mut groups: Vec<_> =
            groups.into_iter().filter(|(_, _, members)| !members.is_empty()).collect();
        let Some((_, total, own)) = groups.pop_if(|_| all_are_names) else {
            let mut bases = Vec::new();
            for (base, total, members) in groups {
                let base = format!("_{name}{base}");
                let members = dictionary(members.iter().map(|(key, ty)| (*key, quoted(ty))));
                self.classes.push(format!("{base} = _t.TypedDict(\"{base}\", {members}{total})\n"));
                bases.push(base);
            }
            let base = if bases.is_empty() { "_t.TypedDict".to_owned() } else { bases.join(", ") };
            let docs = if docs.is_empty() { "    pass\n" } else { &docs };
            self.classes.push(format!("class {name}({base}):\n{docs}"));
            return;
        };
        let lines = |members: &[(&str, String)]| -> String {
            members.iter().map(|(key, ty)| format!("    {key}: {ty}\n")).collect()
        };
        let mut base = "_t.TypedDict".to_owned();
        for (suffix, total, members) in groups {
            let before = std::mem::replace(&mut base, format!("_{name}{suffix}"));
            self.classes.push(format!("class {base}({before}{total}):\n{}", lines(&members)));
        }
        self.classes.push(format!("class {name}({base}{total}):\n{docs}{}", lines(&own)));
    }
}

/// What the reader compares a value with.
pub(super) fn check(ty: &Type) -> String {
    let all = |types: &[Type]| tuple(types.iter().map(check));
    match ty {
        Type::Any => kinds(Kinds::ANY),
        Type::Null => kinds(Kinds::NULL),
        Type::Boolean => kinds(Kinds::BOOL),
        Type::Number(_) => kinds(Kinds::NUMBER),
        Type::String(_) => kinds(Kinds::STRING),
        Type::Integer(_) => tagged("integer", []),
        Type::Constant(value) => tagged("constant", [constant(value)]),
        Type::Reference(name) => tagged("named", [quoted(name)]),
        Type::Array(array) => {
            let most = array.most.map_or("None".to_owned(), |most| most.to_string());
            let least = array.least.to_string();
            tagged("array", [all(&array.first), check(&array.rest), least, most])
        }
        Type::Object(object) => {
            let member = |one: &Member| tuple([truth(one.optional).to_owned(), check(&one.ty)]);
            let members = object.members.iter().map(|one| (&*one.key, member(one)));
            tagged(
                "object",
                [dictionary(members), check(object.others.as_deref().unwrap_or(&Type::Any))],
            )
        }
        Type::Union(types) => tagged("any", [all(types)]),
        Type::Intersection(types) => tagged("all", [all(types)]),
    }
}

fn constant(value: &serde_json::Value) -> String {
    json(&Json::parse(&value.to_string()).unwrap_or(Json::Null))
}

/// Kinds as the reader has them: a bit for each.
pub(super) fn kinds(kinds: Kinds) -> String {
    let bits = Kinds::EACH.iter().enumerate().filter(|(_, kind)| kinds.has(**kind));
    bits.map(|(index, _)| 1_u32 << index).sum::<u32>().to_string()
}
