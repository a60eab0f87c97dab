//! The shape of an entry's message to the pattern that a frame is compared with.

use serde_json::Value;

use super::pattern::{Check, Member, Part, Pattern, Presence};
use super::schema::{Schemas, Type, union};
use crate::catalog::{Cast, Catalog, Code, Context, Entry, Field, Filter, Format, Message};
use crate::export::error::{ExportError, Owner};
use crate::wire::{Fragment, Item, Property, Shape};

/// Makes patterns of the shapes of one entry in one context.
pub(super) struct Lowering<'a, 'names> {
    pub(super) catalog: &'static Catalog,
    pub(super) entry: &'a Entry,
    pub(super) context: &'static Context,
    pub(super) schemas: &'a mut Schemas<'names>,
    /// The types that the catalog's codes have.
    pub(super) codes: &'a Type,
}

/// The types that the codes of the catalog's messages have.
pub(super) fn code_type(
    catalog: &'static Catalog,
    schemas: &mut Schemas<'_>,
) -> Result<Type, ExportError> {
    let mut types = Vec::new();
    for entry in catalog.entries {
        if entry.hidden || !entry.delivery.has_message() {
            continue;
        }
        types.push(match entry.code {
            Code::None => Type::Never,
            Code::Number(_) => Type::Integer,
            Code::Text(_) => Type::String,
            Code::Field(name) => match entry.field(name) {
                Some(field) => field_type(catalog, entry, field, None, schemas)?,
                None => Type::Never,
            },
        });
    }
    Ok(union(types))
}

fn field_type(
    catalog: &'static Catalog,
    entry: &Entry,
    field: &'static Field,
    cast: Option<Cast>,
    schemas: &mut Schemas<'_>,
) -> Result<Type, ExportError> {
    schemas.of_field(&field.ty, cast.or(field.cast)).ok_or(ExportError::NoSchema {
        catalog: catalog.name,
        owner: Owner::Entry(entry.name),
        field: field.ident,
    })
}

/// The member of the decoded error that holds a field: its name on the wire, unless that is a member
/// which every error has.
pub(super) fn member_name(field: &str) -> String {
    match field {
        "kind" | "code" | "message" | "context" | "__proto__" => format!("{field}_"),
        name => name.to_owned(),
    }
}

impl Lowering<'_, '_> {
    /// The pattern of a shape.
    pub(super) fn root(&mut self, shape: &Shape, format: Format) -> Result<Pattern, ExportError> {
        let is_text = match (shape, format) {
            (_, Format::Text) => true,
            (Shape::Composed(_), Format::Binary) => true,
            (Shape::Constant(json), Format::Binary) => json.starts_with('"'),
            _ => false,
        };
        let pattern = match shape {
            Shape::Chain(items) => Pattern::Written(self.chain(items)?),
            Shape::Constant(json) if is_text => {
                Pattern::Written(vec![Part::Literal(characters(json))])
            }
            // A frame is never nothing.
            shape => match self.shape(shape, false)? {
                Pattern::First(patterns) if may_be_null(shape) => {
                    patterns.into_iter().next_back().unwrap_or(Pattern::Any)
                }
                pattern => pattern,
            },
        };
        Ok(without_copies(pattern))
    }

    /// In a place that is always there `null` stands for what is nothing.
    fn shape(&mut self, shape: &Shape, nothing: bool) -> Result<Pattern, ExportError> {
        let pattern = self.something(shape, nothing)?;
        Ok(if !nothing && may_be_null(shape) {
            Pattern::First(vec![Pattern::Is(Value::Null), pattern])
        } else {
            pattern
        })
    }

    /// `nothing` tells that the place is left out, or holds something else, when the value is nothing.
    fn something(&mut self, shape: &Shape, nothing: bool) -> Result<Pattern, ExportError> {
        Ok(match shape {
            Shape::Constant(json) => constant(&serde_json::from_str(json).unwrap_or(Value::Null)),
            Shape::Code(field) => {
                let ty = match field.cast {
                    Some(Cast::String) => Type::String,
                    _ => self.codes.clone(),
                };
                Pattern::Take("code".to_owned(), Check::Type(ty))
            }
            Shape::Message(Message::Field(name)) => match self.entry.field(name) {
                Some(field) => {
                    let ty = self.field(field, None, nothing)?;
                    Pattern::Take("message".to_owned(), Check::Type(ty))
                }
                None => Pattern::Any,
            },
            Shape::Message(_) => Pattern::Take("message".to_owned(), Check::Type(Type::String)),
            Shape::Text(_) => Pattern::Any,
            Shape::Field(field, cast) => {
                let ty = self.field(field, *cast, nothing)?;
                Pattern::Take(member_name(field.name), Check::Type(ty))
            }
            Shape::Context(field, cast) => {
                let ty = (field.ty)();
                let optional = ty.optional && nothing;
                let ty = self.schemas.of_field(&ty, *cast).ok_or(ExportError::NoSchema {
                    catalog: self.catalog.name,
                    owner: Owner::Context(self.context.name),
                    field: field.name,
                })?;
                let ty = if optional { ty.without_null() } else { ty };
                Pattern::Hold(field.name.to_owned(), ty)
            }
            Shape::Object(properties) => self.object(properties)?,
            Shape::Array(items)
                if items.iter().any(|item| matches!(item.value, Shape::Splice(_))) =>
            {
                self.spliced(items)?
            }
            Shape::Array(items) => {
                let least = items.iter().take_while(|item| !item.optional).count();
                let elements = items.iter().map(|item| self.shape(&item.value, item.optional));
                Pattern::Elements(elements.collect::<Result<_, _>>()?, least)
            }
            Shape::Splice(list) => self.something(list, true)?,
            Shape::Composed(fragments) => Pattern::Written(self.fragments(fragments)?),
            Shape::Default(shape, default) => {
                let default = exact(self.shape(default, nothing)?);
                Pattern::First(vec![default, self.shape(shape, true)?])
            }
            Shape::Encoded(inner) => Pattern::Encoded(Box::new(self.shape(inner, false)?)),
            // Nested, a chain is no more than its JSON.
            Shape::Chain(items) => Pattern::Written(self.chain(items)?),
        })
    }

    fn field(
        &mut self,
        field: &'static Field,
        cast: Option<Cast>,
        nothing: bool,
    ) -> Result<Type, ExportError> {
        let ty = field_type(self.catalog, self.entry, field, cast, self.schemas)?;
        Ok(if nothing && field.ty.optional { ty.without_null() } else { ty })
    }

    /// An array with a list in it.
    fn spliced(&mut self, items: &[Item]) -> Result<Pattern, ExportError> {
        let (mut before, mut list, mut after) = (Vec::new(), None, Vec::new());
        for item in items {
            let pattern = self.shape(&item.value, item.optional)?;
            match (&item.value, &list) {
                (Shape::Splice(_), None) => list = Some(pattern),
                (_, None) => before.push(pattern),
                (_, Some(_)) => after.push(pattern),
            }
        }
        let list = Box::new(list.unwrap_or(Pattern::Any));
        Ok(Pattern::Spliced { before, list, after })
    }

    fn object(&mut self, properties: &[Property]) -> Result<Pattern, ExportError> {
        let mut members = Vec::with_capacity(properties.len());
        for Property { key, optional, value } in properties {
            members.push(Member {
                key: (*key).to_owned(),
                value: self.shape(value, *optional)?,
                presence: if *optional { Presence::Optional } else { Presence::Required },
            });
        }
        Ok(Pattern::members(members))
    }

    fn fragments(&mut self, fragments: &[Fragment]) -> Result<Vec<Part>, ExportError> {
        fragments
            .iter()
            .map(|fragment| {
                Ok(match fragment {
                    Fragment::Literal(text) => Part::Literal(text.clone()),
                    Fragment::Open(shape) => Part::Slot(self.characters_of(shape)?),
                    Fragment::Filtered(_, Filter::Len) => Part::Filtered(Filter::Len, Pattern::Any),
                    Fragment::Filtered(shape, filter) => {
                        Part::Filtered(*filter, self.characters_of(shape)?)
                    }
                })
            })
            .collect()
    }

    /// The characters of nothing are none.
    fn characters_of(&mut self, shape: &Shape) -> Result<Pattern, ExportError> {
        let pattern = self.shape(shape, true)?;
        Ok(if is_optional(shape) {
            Pattern::First(vec![Pattern::Is(Value::from("")), pattern])
        } else {
            pattern
        })
    }

    fn chain(&mut self, items: &[Item]) -> Result<Vec<Part>, ExportError> {
        let mut parts = Vec::new();
        for Item { optional, value } in items {
            let item = match value {
                Shape::Constant(json) if json.starts_with('"') => {
                    vec![Part::Literal(characters(json))]
                }
                Shape::Composed(fragments) => self.fragments(fragments)?,
                other => vec![Part::Json(self.shape(other, *optional)?)],
            };
            if *optional { parts.push(Part::Optional(item)) } else { parts.extend(item) }
        }
        Ok(parts)
    }
}

/// Whether an object or a string is nothing when all that varies in it is.
fn may_be_null(shape: &Shape) -> bool {
    let mut leaves = Vec::new();
    match shape {
        Shape::Object(_) | Shape::Composed(_) => collect_leaves(shape, &mut leaves),
        _ => return false,
    }
    !leaves.is_empty() && leaves.iter().all(|leaf| is_optional(leaf))
}

fn collect_leaves<'a>(shape: &'a Shape, leaves: &mut Vec<&'a Shape>) {
    match shape {
        Shape::Constant(_) => {}
        Shape::Object(properties) => {
            properties.iter().for_each(|property| collect_leaves(&property.value, leaves));
        }
        Shape::Array(items) | Shape::Chain(items) => {
            items.iter().for_each(|item| collect_leaves(&item.value, leaves));
        }
        Shape::Composed(fragments) => {
            for fragment in fragments {
                if let Fragment::Open(shape) | Fragment::Filtered(shape, _) = fragment {
                    collect_leaves(shape, leaves);
                }
            }
        }
        Shape::Default(inner, _) | Shape::Encoded(inner) | Shape::Splice(inner) => {
            collect_leaves(inner, leaves)
        }
        leaf => leaves.push(leaf),
    }
}

/// Whether a value may be nothing.
fn is_optional(shape: &Shape) -> bool {
    match shape {
        Shape::Field(field, _) => field.ty.optional,
        Shape::Context(field, _) => (field.ty)().optional,
        _ => false,
    }
}

fn characters(json: &str) -> String {
    serde_json::from_str(json).unwrap_or_else(|_| json.to_owned())
}

fn constant(value: &Value) -> Pattern {
    match value {
        Value::Object(members) => Pattern::members(
            members
                .iter()
                .map(|(key, value)| Member {
                    key: key.clone(),
                    value: constant(value),
                    presence: Presence::Required,
                })
                .collect(),
        ),
        Value::Array(values) => {
            Pattern::Elements(values.iter().map(constant).collect(), values.len())
        }
        scalar => Pattern::Is(scalar.clone()),
    }
}

/// The pattern, of which no object has other members.
pub(super) fn exact(pattern: Pattern) -> Pattern {
    pattern.map(&|pattern| match pattern {
        Pattern::Members { members, .. } => Pattern::Members { members, exact: true },
        other => other,
    })
}

/// A value that stands alone somewhere is not taken from inside a string as well.
fn without_copies(pattern: Pattern) -> Pattern {
    let alone = std::cell::RefCell::new(Vec::new());
    let outside = pattern.clone().map(&|pattern| match pattern {
        Pattern::Written(parts) if !parts.iter().any(|part| matches!(part, Part::Json(_))) => {
            Pattern::Any
        }
        other => other,
    });
    let _ = outside.map(&|pattern| {
        if matches!(pattern, Pattern::Take(..) | Pattern::Hold(..)) {
            alone.borrow_mut().push(name_of(&pattern));
        }
        pattern
    });
    let alone = alone.into_inner();
    pattern.map(&|pattern| match pattern {
        Pattern::Written(parts) => Pattern::Written(
            parts
                .into_iter()
                .map(|part| match part {
                    Part::Slot(slot) if alone.contains(&name_of(&slot)) => Part::Slot(Pattern::Any),
                    Part::Filtered(filter, slot) if alone.contains(&name_of(&slot)) => {
                        Part::Filtered(filter, Pattern::Any)
                    }
                    other => other,
                })
                .collect(),
        ),
        other => other,
    })
}

fn name_of(pattern: &Pattern) -> Option<(bool, String)> {
    match pattern {
        Pattern::Take(name, _) => Some((true, name.clone())),
        Pattern::Hold(name, _) => Some((false, name.clone())),
        _ => None,
    }
}
