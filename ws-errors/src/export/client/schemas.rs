//! The types of fields as TypeScript has them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::names::{Names, pascal};
use crate::catalog::FieldType;
use crate::types::{Array, FieldTypes, Limits, Member, Object, Type};

/// The longest array of a fixed size that is written as a tuple.
const LONGEST_TUPLE: usize = 8;

/// A named type of the module.
#[derive(Debug)]
pub(in crate::export) struct Definition {
    pub(in crate::export) name: String,
    pub(in crate::export) docs: String,
    pub(in crate::export) ty: Type,
}

/// Reads the types of fields, and collects the definitions that they refer to.
#[derive(Debug)]
pub(in crate::export) struct Schemas<'a> {
    types: FieldTypes,
    names: &'a mut Names,
    /// The name in the module of each definition that is referred to.
    referred: BTreeMap<String, String>,
}

impl<'a> Schemas<'a> {
    pub(in crate::export) fn new(names: &'a mut Names) -> Self {
        Self { types: FieldTypes::default(), names, referred: BTreeMap::new() }
    }

    /// The type of a field; `Any` where it has no schema.
    pub(in crate::export) fn of_field(&mut self, ty: &FieldType) -> Type {
        let ty = self.types.of(ty, None);
        ty.map_or(Type::Any, |ty| self.in_module(&ty))
    }

    /// The definitions that the types made so far refer to, in order of their names in the schemas.
    pub(in crate::export) fn definitions(&mut self) -> Vec<Definition> {
        let definitions = self.types.definitions();
        let mut done: BTreeMap<String, Definition> = BTreeMap::new();
        loop {
            let next = self.referred.iter().find(|(key, _)| !done.contains_key(*key));
            let Some((key, name)) = next.map(|(key, name)| (key.clone(), name.clone())) else {
                return done.into_values().collect();
            };
            let definition = definitions.get(&key);
            let docs = definition.map_or(String::new(), |definition| definition.docs.clone());
            let ty = definition.map_or(Type::Any, |definition| self.in_module(&definition.ty));
            done.insert(key, Definition { name, docs, ty });
        }
    }

    /// The type as it is written in the module: with the names that it has there, members in the
    /// order of their keys, and nothing of ranges, formats and what a string holds.
    pub(in crate::export) fn in_module(&mut self, ty: &Type) -> Type {
        let mut all = |types: &[Type]| types.iter().map(|ty| self.in_module(ty)).collect();
        match ty {
            // TypeScript has no type for an object without members.
            Type::Constant(Value::Object(_)) => Type::Object(Object::default()),
            Type::Any | Type::Null | Type::Boolean | Type::Constant(_) => ty.clone(),
            Type::Number(_) => Type::Number(Limits::new()),
            Type::Integer(_) => Type::Integer(Limits::new()),
            Type::String(..) => Type::String(Limits::new(), Vec::new()),
            Type::Array(array) => Type::Array(Array {
                first: all(&array.first),
                rest: Box::new(self.in_module(&array.rest)),
                limits: Limits::new(),
                ..*array
            }),
            Type::Object(object) => {
                let mut members: Vec<Member> = object
                    .members
                    .iter()
                    .map(|one| Member { ty: self.in_module(&one.ty), example: None, ..one.clone() })
                    .collect();
                members.sort_by(|one, other| one.key.cmp(&other.key));
                let others = object.others.as_ref().map(|ty| Box::new(self.in_module(ty)));
                Type::Object(Object { members, others, limits: Limits::new() })
            }
            Type::Union(types) => Type::union(all(types)),
            Type::Intersection(types) => Type::intersection(all(types)),
            Type::Reference(key) => Type::Reference(self.reference(key)),
        }
    }

    fn reference(&mut self, key: &str) -> String {
        if let Some(name) = self.referred.get(key) {
            return name.clone();
        }
        let name = self.names.take(pascal(key), "Data");
        self.referred.insert(key.to_owned(), name.clone());
        name
    }
}

/// The elements of an array that TypeScript has a tuple for, each with whether it may be absent, and
/// whether others may follow.
pub(in crate::export) fn tuple(array: &Array) -> Option<(Vec<(&Type, bool)>, bool)> {
    let count = match array.most {
        _ if !array.first.is_empty() => array.first.len(),
        Some(most) if (1..=LONGEST_TUPLE).contains(&most) => most,
        _ => return None,
    };
    let elements = (0..count).map(|index| (array.element(index), index >= array.least));
    Some((elements.collect(), array.most.is_none()))
}
