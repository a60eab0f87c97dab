//! The types of values as annotations, and the classes that they need.

use super::names::{attribute, docstring, literal};
use crate::export::client::{Definition, Names, pascal, quoted};
use crate::types::{Member, Object, Type};
use crate::wire::Tree;

/// Writes types, and the classes that they need.
pub(super) struct Types<'n> {
    pub(super) names: &'n mut Names,
    /// The classes and aliases so far.
    pub(super) classes: Vec<String>,
    /// What stands for objects that have no name of their own.
    objects: Vec<(Object, String)>,
}

impl<'n> Types<'n> {
    pub(super) fn new(names: &'n mut Names) -> Self {
        Self { names, classes: Vec::new(), objects: Vec::new() }
    }

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
            Type::String(..) => "str".to_owned(),
            Type::Reference(name) => name.clone(),
            // Python has no literal of it.
            Type::Constant(value) if value.is_f64() => "float".to_owned(),
            Type::Constant(value) => format!("_t.Literal[{}]", literal(&Tree::of(value))),
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
                let (mut all, mut literals): (Vec<String>, Vec<String>) = Default::default();
                for ty in types {
                    match ty {
                        Type::Constant(value) if !value.is_f64() => {
                            literals.push(literal(&Tree::of(value)));
                        }
                        ty => all.push(self.annotation(ty, owner)),
                    }
                }
                let literal = format!("_t.Literal[{}]", literals.join(", "));
                let literal = (!literals.is_empty()).then_some(literal);
                let mut all: Vec<String> = literal.into_iter().chain(all).collect();
                all.dedup();
                all.join(" | ")
            }
            // Python has no word for it: what is of all types is of the first.
            Type::Intersection(types) => {
                self.annotation(types.first().unwrap_or(&Type::Any), owner)
            }
        }
    }

    /// A `TypedDict`: what may be absent has one of its own, as Python 3.10 has it, and any key may
    /// stand in a dictionary. Those with a key that is no name are made by a call.
    fn class(&mut self, name: &str, object: &Object, docs: &str) {
        // No checker takes a key without characters.
        let members = object.members.iter().filter(|member| !member.key.is_empty());
        let mut of = |optional: bool| -> Vec<(&str, String)> {
            let members = members.clone().filter(|member| member.optional == optional);
            let mut ty =
                |one: &Member| self.annotation(&one.ty, &format!("{name}{}", pascal(&one.key)));
            members.map(|member| (&*member.key, ty(member))).collect()
        };
        let groups = [("Required", "", of(false)), ("Optional", ", total=False", of(true))];
        let are_names = members.clone().all(|one| attribute(&one.key, self.names) == one.key);
        let (mut bases, mut body) = (Vec::new(), docstring(&[docs.to_owned()], "    "));
        let mut groups = groups.into_iter().filter(|(.., members)| !members.is_empty()).peekable();
        while let Some((suffix, total, members)) = groups.next() {
            let base = format!("_{name}{suffix}");
            if are_names {
                let line = |(key, ty): (&str, String)| format!("    {key}: {ty}\n");
                let lines: String = members.into_iter().map(line).collect();
                let before = bases.pop().unwrap_or("_t.TypedDict".to_owned()) + total;
                if groups.peek().is_some() {
                    self.classes.push(format!("class {base}({before}):\n{lines}"));
                    bases.push(base);
                } else {
                    body += &lines;
                    bases.push(before);
                }
            } else {
                let member =
                    |(key, ty): (&str, String)| format!("{}: {}", quoted(key), quoted(&ty));
                let members: Vec<String> = members.into_iter().map(member).collect();
                let members = members.join(", ");
                self.classes
                    .push(format!("{base} = _t.TypedDict(\"{base}\", {{{members}}}{total})\n"));
                bases.push(base);
            }
        }
        let body = if body.is_empty() { "    pass\n".to_owned() } else { body };
        let bases = if bases.is_empty() { "_t.TypedDict".to_owned() } else { bases.join(", ") };
        self.classes.push(format!("class {name}({bases}):\n{body}"));
    }
}
