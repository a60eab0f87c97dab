//! Types of values as annotations, and as what the reader compares values with.

use super::names::{docstring, is_attribute};
use crate::export::client::{Definition, Names, pascal, quoted};
use crate::types::{Member, Object, Type};
use ws_errors_core::json::Kinds;

/// Writes types, and the classes that they need.
pub(super) struct Types<'n> {
    pub(super) names: &'n mut Names,
    /// The classes and aliases so far.
    pub(super) classes: Vec<String>,
    /// What stands for objects that have no name of their own.
    objects: Vec<(Object, String)>,
}

impl<'n> Types<'n> {
    pub(super) const fn new(names: &'n mut Names) -> Self {
        Self { names, classes: Vec::new(), objects: Vec::new() }
    }

    /// A type that others refer to.
    pub(super) fn definition(&mut self, definition: &Definition) {
        let Definition { name, docs, ty } = definition;
        let docs: Vec<String> = (!docs.is_empty()).then(|| docs.clone()).into_iter().collect();
        match ty {
            Type::Object(object) if !object.members.is_empty() => self.class(name, object, &docs),
            ty => {
                let ty = self.annotation(ty, name);
                let docs = docstring(&docs, "");
                self.classes.push(format!("{name}: _t.TypeAlias = {}\n{docs}", quoted(&ty)));
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
            Type::Constant(value) => match value {
                serde_json::Value::String(text) => format!("_t.Literal[{}]", quoted(text)),
                serde_json::Value::Bool(true) => "_t.Literal[True]".to_owned(),
                serde_json::Value::Bool(false) => "_t.Literal[False]".to_owned(),
                serde_json::Value::Number(number) if !number.is_f64() => {
                    format!("_t.Literal[{number}]")
                }
                _ => "float".to_owned(),
            },
            Type::Reference(name) => name.clone(),
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
                    Type::Constant(serde_json::Value::String(tag)) => Some(pascal(tag)),
                    _ => None,
                });
                let name = self.names.take(format!("{owner}{}", tag.unwrap_or_default()), "Data");
                self.objects.push((object.clone(), name.clone()));
                self.class(&name, object, &[]);
                name
            }
            Type::Union(types) if types.is_empty() => "_t.NoReturn".to_owned(),
            Type::Union(types) => {
                let mut all: Vec<String> = Vec::new();
                for ty in types {
                    let ty = self.annotation(ty, owner);
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

    /// A `TypedDict`: what may be absent from it has a class of its own, as Python 3.10 has it.
    fn class(&mut self, name: &str, object: &Object, docs: &[String]) {
        let (optional, required): (Vec<&Member>, Vec<&Member>) =
            object.members.iter().partition(|member| member.optional);
        let docs = docstring(docs, "    ");
        let mut base = "_t.TypedDict".to_owned();
        if !required.is_empty() && !optional.is_empty() {
            base = format!("_{name}");
            let class = self.members(&base, "_t.TypedDict", name, "", &required);
            self.classes.push(class);
        }
        let total = if optional.is_empty() { "" } else { ", total=False" };
        let own = if optional.is_empty() { required } else { optional };
        let class = self.members(name, &format!("{base}{total}"), name, &docs, &own);
        self.classes.push(class);
    }

    fn members(
        &mut self,
        name: &str,
        base: &str,
        owner: &str,
        docs: &str,
        own: &[&Member],
    ) -> String {
        let annotations: Vec<(&str, String)> = own
            .iter()
            .map(|one| {
                (&*one.key, self.annotation(&one.ty, &format!("{owner}{}", pascal(&one.key))))
            })
            .collect();
        if annotations.iter().all(|(key, _)| is_attribute(key, self.names)) {
            let lines = annotations.iter().map(|(key, ty)| format!("    {key}: {ty}\n"));
            return format!("class {name}({base}):\n{docs}{}", lines.collect::<String>());
        }
        let members =
            annotations.iter().map(|(key, ty)| format!("{}: {}", quoted(key), quoted(ty)));
        let members = members.collect::<Vec<_>>().join(", ");
        let (base, total) = base.split_once(", ").unwrap_or((base, ""));
        let total = if total.is_empty() { String::new() } else { format!(", {total}") };
        let own = if base == "_t.TypedDict" { name.to_owned() } else { format!("_{name}Members") };
        let members = format!("{own} = _t.TypedDict({}, {{{members}}}{total})\n", quoted(&own));
        if own == name {
            return members;
        }
        format!(
            "{members}\n\nclass {name}({base}, {own}):\n{}",
            if docs.is_empty() { "    pass\n" } else { docs }
        )
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
        Type::Integer(_) => "(\"integer\",)".to_owned(),
        Type::Constant(value) => {
            let constant = ws_errors_core::json::Json::parse(&value.to_string());
            format!(
                "(\"constant\", {})",
                constant.map_or("None".to_owned(), |one| super::names::json(&one))
            )
        }
        Type::Reference(name) => format!("(\"named\", {})", quoted(name)),
        Type::Array(array) => {
            let most = array.most.map_or("None".to_owned(), |most| most.to_string());
            let (first, rest) = (all(&array.first), check(&array.rest));
            format!("(\"array\", {first}, {rest}, {}, {most})", array.least)
        }
        Type::Object(object) => {
            let members = object.members.iter().map(|one| {
                format!("{}: ({}, {})", quoted(&one.key), truth(one.optional), check(&one.ty))
            });
            let members = members.collect::<Vec<_>>().join(", ");
            let others = object.others.as_deref().unwrap_or(&Type::Any);
            format!("(\"object\", {{{members}}}, {})", check(others))
        }
        Type::Union(types) => format!("(\"any\", {})", all(types)),
        Type::Intersection(types) => format!("(\"all\", {})", all(types)),
    }
}

/// Kinds as the reader has them: a bit for each.
pub(super) fn kinds(kinds: Kinds) -> String {
    let bits = Kinds::EACH.iter().enumerate().filter(|(_, kind)| kinds.has(**kind));
    bits.map(|(index, _)| 1_u32 << index).sum::<u32>().to_string()
}

pub(super) const fn truth(is: bool) -> &'static str {
    if is { "True" } else { "False" }
}

/// A tuple, which has a comma behind its only element.
pub(super) fn tuple(elements: impl Iterator<Item = String>) -> String {
    let elements: Vec<String> = elements.collect();
    let comma = if elements.len() == 1 { "," } else { "" };
    format!("({}{comma})", elements.join(", "))
}
