//! The types of fields: what values a JSON Schema allows, read once and asked by all.
//!
//! The decoder checks values for them, TypeScript prints them, the docs put them into words, examples
//! are made up from them, and two versions of a catalog are compared by them.

#[cfg(feature = "export")]
mod alternatives;
mod check;
mod read;
mod union;
#[cfg(feature = "export")]
mod words;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::catalog::{Cast, FieldType, SchemaGenerator, schema_of};
use crate::wire::json::Json;
use ws_errors_core::json::Kinds;

#[cfg(feature = "export")]
pub(crate) use alternatives::is_kind;
#[cfg(feature = "export")]
pub(crate) use read::JSON_PIECES;
#[cfg(feature = "export")]
pub(crate) use words::in_words;

/// What values a schema allows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    /// Any JSON.
    Any,
    Null,
    Boolean,
    Number(Limits),
    Integer(Limits),
    /// What it says of a string, and each piece of JSON in it.
    String(Limits, Vec<Encoded>),
    /// This value: a string, a number, a boolean, or the object without members.
    Constant(Value),
    Array(Array),
    Object(Object),
    /// One of these or another; of none there is no value.
    Union(Vec<Type>),
    /// All of these at once.
    Intersection(Vec<Type>),
    /// The definition with this name. One that is missing says nothing.
    Reference(String),
}

#[cfg(feature = "export")]
impl Type {
    /// Visits the type, and all types that are written inside it.
    pub(crate) fn each_inside<'t>(&'t self, visit: &mut dyn FnMut(&'t Self)) {
        visit(self);
        match self {
            Self::Array(array) => {
                array.first.iter().for_each(|ty| ty.each_inside(visit));
                array.rest.each_inside(visit);
            }
            Self::Object(object) => {
                object.members.iter().for_each(|member| member.ty.each_inside(visit));
                object.others.iter().for_each(|ty| ty.each_inside(visit));
            }
            Self::Union(types) | Self::Intersection(types) => {
                types.iter().for_each(|ty| ty.each_inside(visit));
            }
            Self::String(_, encoded) => {
                encoded.iter().for_each(|encoded| encoded.ty.each_inside(visit));
            }
            _ => {}
        }
    }
}

/// What else a schema says of a value, as it says it: formats, ranges, patterns.
///
/// No value is refused for them: they are for docs, for examples and for `diff`.
pub(crate) type Limits = BTreeMap<String, Value>;

/// The JSON that a string holds, as `json(…)` writes it, or a piece of it between other characters.
///
/// No string is refused for it, as for limits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Encoded {
    pub(crate) ty: Type,
    /// How its bytes are written as characters, in the words of JSON Schema (`base64`); `None` where
    /// the characters are those of the JSON.
    pub(crate) encoding: Option<String>,
}

/// What an array holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Array {
    /// The types of the first elements, each of its own.
    pub(crate) first: Vec<Type>,
    /// The type of those that follow.
    pub(crate) rest: Box<Type>,
    /// The fewest elements that there can be.
    pub(crate) least: usize,
    /// The most elements that there can be; `None` where there is no bound.
    pub(crate) most: Option<usize>,
    pub(crate) limits: Limits,
}

/// What an object holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Object {
    /// The members that are named: those that are required in the order of their declaration, and
    /// then the others by name.
    pub(crate) members: Vec<Member>,
    /// The type of members that aren't named; `None` where nothing is said of them. There may be
    /// some in either case: a newer server sends more than an older client knows.
    pub(crate) others: Option<Box<Type>>,
    pub(crate) limits: Limits,
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Member {
    pub(crate) key: String,
    pub(crate) optional: bool,
    pub(crate) ty: Type,
    /// A value that the schema gives for an example.
    pub(crate) example: Option<Value>,
}

/// A type that has a name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    pub(crate) docs: String,
    pub(crate) ty: Type,
    /// A value that the schema gives for an example.
    pub(crate) example: Option<Value>,
}

/// The types that others refer to, by name.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Definitions(BTreeMap<String, Definition>);

impl Definitions {
    /// The definition with this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Definition> {
        self.0.get(name)
    }
}

/// A type with the definitions that it refers to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Typed {
    pub(crate) ty: Type,
    pub(crate) definitions: Definitions,
}

impl Typed {
    /// The type of a field; `None` where it has no schema.
    pub(crate) fn of(ty: &FieldType) -> Option<Self> {
        let mut types = FieldTypes::default();
        let ty = types.of(ty, None)?;
        Some(Self { ty, definitions: types.definitions() })
    }
}

/// Reads the types of fields, and collects the definitions that they refer to.
#[derive(Debug, Default)]
pub(crate) struct FieldTypes {
    generator: SchemaGenerator,
}

impl FieldTypes {
    /// The type that a field has on the wire; `None` where it has no schema.
    pub(crate) fn of(&mut self, ty: &FieldType, cast: Option<Cast>) -> Option<Type> {
        let string = || Type::String(Limits::new(), Vec::new());
        match cast {
            Some(Cast::String) if ty.optional => Some(Type::union(vec![string(), Type::Null])),
            Some(Cast::String) => Some(string()),
            _ => Some(Type::read(&schema_of(ty, &mut self.generator)?)),
        }
    }

    /// The definitions that the types read so far refer to.
    pub(crate) fn definitions(&self) -> Definitions {
        Definitions::read(&self.generator.definitions())
    }

    /// The JSON types of the codes that a field of the type takes, as far as they are known.
    pub(crate) fn code_kinds(ty: &FieldType) -> Kinds {
        let Some(typed) = Typed::of(ty) else { return Kinds::ANY };
        let text = typed.has(&Json::String("".into()));
        let number = typed.has(&Json::Number(0.into()));
        let kinds = if text { Kinds::STRING } else { Kinds::NONE };
        if number { kinds.or(Kinds::NUMBER) } else { kinds }
    }
}

impl Definitions {
    /// What stands under `$defs`.
    pub(crate) fn read(schemas: &Map<String, Value>) -> Self {
        Self(schemas.iter().map(|(name, one)| (name.clone(), Definition::read(one))).collect())
    }
}
