//! The schema of one shape.

use serde_json::{Value, json};

use ws_errors_core::distinct::distinct;

use super::pattern;
use crate::catalog::{Cast, Catalog, Entry, Field, FieldType, Message, Success};
use crate::export::tree::{Members, constant_code};
use crate::export::visible::{Types, visible_entries};
use crate::types::JSON_PIECES;
use crate::wire::{Item, Property, Shape, Tree};

/// Makes the schemas of an entry's messages.
pub(crate) struct Schemas<'a> {
    types: &'a mut Types,
    catalog: &'static Catalog,
    entry: &'static Entry,
}

impl<'a> Schemas<'a> {
    pub(crate) fn new(
        types: &'a mut Types,
        catalog: &'static Catalog,
        entry: &'static Entry,
    ) -> Self {
        Self { types, catalog, entry }
    }

    /// The schema of a frame.
    pub(crate) fn of(&mut self, shape: &Shape) -> Members {
        match shape {
            Shape::Constant(json) => {
                Members::new().with("const", Tree::parse(json).map_or(Tree::Null, Tree::into_owned))
            }
            Shape::Code(field, cast) => self.other_codes(field, *cast),
            Shape::Message(Message::Field(name)) => match self.entry.field(name) {
                Some(field) => self.field(field, field.cast, true),
                None => string(),
            },
            Shape::Message(_) | Shape::Text(_) => string(),
            Shape::Field(field, cast) => self.field(field, *cast, true),
            Shape::Context(field, cast) => self.value(&(field.ty)(), *cast, true),
            Shape::Object(properties) => self.object(properties),
            Shape::Array(items) => self.array(items),
            // Only in an array it is no list of its own.
            Shape::Splice(list) => self.of(list),
            Shape::Composed(fragments) => {
                string().with("pattern", pattern::whole(&pattern::of_fragments(fragments)))
            }
            Shape::Default(shape, default) => {
                let both = vec![self.something(shape).into(), self.of(default).into()];
                Members::new().with("anyOf", both)
            }
            Shape::Encoded(shape) => string()
                .with("contentMediaType", "application/json")
                .with("contentSchema", self.of(shape)),
            Shape::Chain(items) => {
                let json: Vec<Tree<'_>> = items
                    .iter()
                    .filter(|item| !matches!(item.value, Shape::Composed(_) | Shape::Constant(_)))
                    .map(|item| match item.optional {
                        true => self.something(&item.value).into(),
                        false => self.of(&item.value).into(),
                    })
                    .collect();
                string()
                    .with("pattern", pattern::whole(&pattern::of_chain(items)))
                    .perhaps(JSON_PIECES, (!json.is_empty()).then_some(json))
            }
        }
    }

    /// The schema of something in a place that is left out where there is nothing: it is never null.
    fn something(&mut self, shape: &Shape) -> Members {
        match shape {
            Shape::Field(field, cast) => self.field(field, *cast, false),
            Shape::Context(field, cast) => self.value(&(field.ty)(), *cast, false),
            Shape::Message(Message::Field(name)) => match self.entry.field(name) {
                Some(field) => self.field(field, field.cast, false),
                None => string(),
            },
            other => self.of(other),
        }
    }

    fn object(&mut self, properties: &[Property]) -> Members {
        let required: Vec<Tree<'_>> = properties
            .iter()
            .filter(|property| !property.optional)
            .map(|property| property.key.into())
            .collect();
        let mut members = Members::new();
        for Property { key, optional, value } in properties {
            let schema = if *optional { self.something(value) } else { self.of(value) };
            members = members.with(key, schema);
        }
        Members::new()
            .with("type", "object")
            .perhaps("required", (!required.is_empty()).then_some(required))
            .with("properties", members)
    }

    /// Elements that are left out stand at the end, or hold their place with a default.
    ///
    /// Nobody knows how many elements a spliced list has, so what stands behind it has no place.
    fn array(&mut self, items: &[Item]) -> Members {
        let mut all = Vec::with_capacity(items.len());
        flatten(items, &mut all);
        let items = all.as_slice();
        if let Some(list) = items.iter().position(|item| matches!(item.value, Shape::Splice(_))) {
            return self.spliced(items, list);
        }
        let least = items.iter().take_while(|item| !item.optional).count();
        let mut schemas: Vec<Tree<'_>> = Vec::with_capacity(items.len());
        for (index, Item { optional, value }) in items.iter().enumerate() {
            let is_last = index + 1 == items.len();
            schemas.push(match value {
                value if *optional && is_last => self.something(value).into(),
                // Where something follows, null holds the place of what has no default.
                value if *optional && !matches!(value, Shape::Default(..)) => {
                    let null = Members::new().with("const", Tree::Null);
                    Members::new()
                        .with("anyOf", vec![self.something(value).into(), null.into()])
                        .into()
                }
                value => self.of(value).into(),
            });
        }
        let members = Members::new().with("type", "array");
        let members = if schemas.is_empty() {
            members.with("maxItems", 0_u32)
        } else {
            members.with("prefixItems", schemas).with("items", false)
        };
        members.perhaps("minItems", u32::try_from(least).ok().filter(|least| *least > 0))
    }

    /// An array with a list at this index.
    fn spliced(&mut self, items: &[Item], list: usize) -> Members {
        let first: Vec<Tree<'_>> =
            items.iter().take(list).map(|item| self.of(&item.value).into()).collect();
        let element = match items.get(list).filter(|_| list + 1 == items.len()) {
            Some(Item { value: Shape::Splice(list), .. }) => elements_of(self.something(list)),
            _ => None,
        };
        let least = u32::try_from(items.len() - 1).ok().filter(|least| *least > 0);
        Members::new()
            .with("type", "array")
            .perhaps("prefixItems", (!first.is_empty()).then_some(first))
            .perhaps("items", element)
            .perhaps("minItems", least)
    }

    /// A code from a field is one that no other entry has, and that doesn't say that all is well.
    fn other_codes(&mut self, field: &'static Field, cast: Option<Cast>) -> Members {
        let mut codes: Vec<Tree<'_>> =
            distinct(visible_entries(self.catalog).filter_map(|entry| constant_code(entry.code)));
        let mut ranges: Vec<Members> = Vec::new();
        let in_string = cast == Some(Cast::String);
        for success in self.catalog.success {
            match *success {
                Success::Text(code) => codes.push(code.into()),
                Success::Numbers(first, last) if first == last => codes.push(first.into()),
                // The digits of a range have no schema but a list, which is left out where it is long.
                Success::Numbers(first, last) if in_string => {
                    if last.saturating_sub(first) < LISTED {
                        codes.extend((first..=last).map(Tree::from));
                    }
                }
                Success::Numbers(first, last) => ranges.push(
                    Members::new()
                        .with("type", "integer")
                        .with("minimum", first)
                        .with("maximum", last),
                ),
            }
        }
        if in_string {
            let numbers = codes.iter_mut().filter(|code| matches!(code, Tree::Number(_)));
            numbers.for_each(|code| *code = code.compact().into());
        }
        let codes = (!codes.is_empty()).then(|| Members::new().with("enum", codes));
        let mut others: Vec<Members> = codes.into_iter().chain(ranges).collect();
        let schema = self.field(field, cast, true);
        match others.len() {
            0 => schema,
            1 => schema.and(Members::new().with("not", others.remove(0))),
            _ => {
                let others: Vec<Tree<'_>> = others.into_iter().map(Tree::from).collect();
                schema.and(Members::new().with("not", Members::new().with("anyOf", others)))
            }
        }
    }

    fn field(&mut self, field: &'static Field, cast: Option<Cast>, null: bool) -> Members {
        let docs = (!field.docs.is_empty()).then_some(field.docs);
        let schema = self.value(&field.ty, cast, null);
        match docs {
            Some(docs) => schema.without("description").with("description", docs),
            None => schema,
        }
    }

    fn value(&mut self, ty: &FieldType, cast: Option<Cast>, null: bool) -> Members {
        let schema = match cast {
            Some(Cast::String) if ty.optional && null => json!({ "type": ["string", "null"] }),
            Some(Cast::String) => json!({ "type": "string" }),
            _ => self.types.make(ty).unwrap_or(json!({})),
        };
        let schema = if ty.optional && !null { without_null(schema) } else { schema };
        match Tree::of(&schema) {
            Tree::Object(members) => Members::from(members),
            // `false` can't be: there is a value of the type.
            _ => Members::new(),
        }
    }
}

/// Of how many codes a list is made at most.
const LISTED: i64 = 1000;

/// The elements, with those of lists whose length is known.
fn flatten(items: &[Item], all: &mut Vec<Item>) {
    for item in items {
        if let Shape::Splice(list) = &item.value
            && let Shape::Array(inner) = &**list
        {
            flatten(inner, all);
        } else {
            all.push(item.clone());
        }
    }
}

/// The schema of each element of a list, where it has one.
fn elements_of(list: Members) -> Option<Tree<'static>> {
    let Tree::Object(members) = Tree::from(list) else { return None };
    members.into_iter().find_map(|(key, value)| (key == "items").then_some(value))
}

fn string() -> Members {
    Members::new().with("type", "string")
}

/// What is left of a type when it is not null.
fn without_null(schema: Value) -> Value {
    let Value::Object(mut members) = schema else { return schema };
    if let Some(Value::Array(kinds)) = members.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            let kind = kind.clone();
            members.insert("type".to_owned(), kind);
        }
    }
    for key in ["anyOf", "oneOf"] {
        let Some(Value::Array(schemas)) = members.get_mut(key) else { continue };
        schemas.retain(|schema| schema.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(only)] = schemas.as_slice() {
            let only = only.clone();
            members.remove(key);
            for (key, value) in only {
                members.entry(key).or_insert(value);
            }
        }
    }
    if let Some(Value::Array(constants)) = members.get_mut("enum") {
        constants.retain(|constant| !constant.is_null());
    }
    Value::Object(members)
}
