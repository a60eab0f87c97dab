//! What a frame is compared with: a shape whose values are checked and taken.

use std::collections::BTreeMap;

use serde_json::Value;

use super::schema::Type;
use crate::catalog::Filter;

/// What a value of a frame is compared with, and what is taken from it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Pattern {
    /// Any value.
    Any,
    /// One value: a string, a number, a boolean or null.
    Is(Value),
    /// A value of the error: `code`, `message` or a field.
    Take(String, Check),
    /// A value of the context.
    Hold(String, Type),
    /// An object.
    Members {
        members: Vec<Member>,
        /// Whether it has no other members.
        exact: bool,
    },
    /// An array of which so many elements must be there.
    Elements(Vec<Pattern>, usize),
    /// An array with a list in it: what the elements around it leave is the list's.
    Spliced { before: Vec<Pattern>, list: Box<Pattern>, after: Vec<Pattern> },
    /// A string composed of literals and of values.
    Written(Vec<Part>),
    /// A string that holds JSON.
    Encoded(Box<Pattern>),
    /// What comes first of these.
    First(Vec<Pattern>),
}

/// A member of an object.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Member {
    pub(super) key: String,
    pub(super) value: Pattern,
    pub(super) presence: Presence,
}

/// Whether a member must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
    /// It may be absent or wrong: then it is not taken.
    Lenient,
}

/// A part of a composed text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Part {
    Literal(String),
    /// The characters of a value.
    Slot(Pattern),
    /// What a filter makes of them.
    Filtered(Filter, Pattern),
    /// JSON inside a text frame.
    Json(Pattern),
    /// Parts that are there together or not at all.
    Optional(Vec<Part>),
}

/// What a value is checked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Check {
    Type(Type),
    /// A text that entries are told apart by.
    Text(String),
    /// A text with values in it that entries are told apart by: its literals, and `None` for a value.
    Like(Vec<Option<String>>),
}

impl Pattern {
    pub(super) fn members(members: Vec<Member>) -> Self {
        Self::Members { members, exact: false }
    }

    /// Whether the code is taken somewhere.
    pub(super) fn has_code(&self) -> bool {
        self.any(&|pattern| matches!(pattern, Self::Take(name, _) if name == "code"))
    }

    /// Whether anything is taken but the code.
    pub(super) fn has_values(&self) -> bool {
        self.any(&|pattern| match pattern {
            Self::Take(name, _) => name != "code",
            Self::Hold(..) => true,
            _ => false,
        })
    }

    /// Whether it has a constant, a literal text among them.
    pub(super) fn has_constant(&self) -> bool {
        self.any(&|pattern| match pattern {
            Self::Is(_) => true,
            Self::Written(parts) => parts.iter().any(|part| matches!(part, Part::Literal(_))),
            _ => false,
        })
    }

    /// Whether a value that is there can fail to match, or anything is taken from it.
    pub(super) fn is_compared(&self) -> bool {
        match self {
            Self::Any => false,
            Self::First(patterns) => !patterns.contains(&Self::Any),
            _ => true,
        }
    }

    pub(super) fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        if test(self) {
            return true;
        }
        match self {
            Self::Members { members, .. } => members.iter().any(|member| member.value.any(test)),
            Self::Elements(elements, _) | Self::First(elements) => {
                elements.iter().any(|element| element.any(test))
            }
            Self::Spliced { before, list, after } => {
                before.iter().chain(after).any(|element| element.any(test)) || list.any(test)
            }
            Self::Written(parts) => any_part(parts, test),
            Self::Encoded(inner) => inner.any(test),
            Self::Any | Self::Is(_) | Self::Take(..) | Self::Hold(..) => false,
        }
    }

    /// The pattern with each part of it changed, from the leaves up.
    pub(super) fn map(self, change: &dyn Fn(Self) -> Self) -> Self {
        let all = |patterns: Vec<Self>| patterns.into_iter().map(|p| p.map(change)).collect();
        change(match self {
            Self::Members { members, exact } => Self::Members {
                members: members
                    .into_iter()
                    .map(|member| Member { value: member.value.map(change), ..member })
                    .collect(),
                exact,
            },
            Self::Elements(elements, least) => Self::Elements(all(elements), least),
            Self::First(patterns) => Self::First(all(patterns)),
            Self::Spliced { before, list, after } => Self::Spliced {
                before: all(before),
                list: Box::new(list.map(change)),
                after: all(after),
            },
            Self::Written(parts) => Self::Written(map_parts(parts, change)),
            Self::Encoded(inner) => Self::Encoded(Box::new(inner.map(change))),
            leaf => leaf,
        })
    }

    /// What is taken: the values of the error and of the context with their types, and whether each
    /// may be absent.
    pub(super) fn values(&self) -> Values {
        let mut values = Values::default();
        self.collect(false, &mut values);
        values
    }

    fn collect(&self, optional: bool, values: &mut Values) {
        match self {
            Self::Any | Self::Is(_) => {}
            Self::Take(name, check) => {
                let ty = match check {
                    Check::Type(ty) => ty.clone(),
                    Check::Text(_) | Check::Like(_) => Type::String,
                };
                add(&mut values.error, name, ty, optional);
            }
            Self::Hold(name, ty) => add(&mut values.context, name, ty.clone(), optional),
            Self::Members { members, .. } => {
                for member in members {
                    let optional = optional || member.presence != Presence::Required;
                    member.value.collect(optional, values);
                }
            }
            Self::Elements(elements, least) => {
                for (index, element) in elements.iter().enumerate() {
                    element.collect(optional || index >= *least, values);
                }
            }
            Self::Spliced { before, list, after } => {
                for element in before.iter().chain(after) {
                    element.collect(optional, values);
                }
                list.collect(optional, values);
            }
            Self::Written(parts) => collect_parts(parts, optional, values),
            Self::Encoded(inner) => inner.collect(optional, values),
            Self::First(patterns) => {
                for pattern in patterns {
                    pattern.collect(true, values);
                }
            }
        }
    }
}

/// What is taken from the messages of an entry.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Values {
    pub(super) error: BTreeMap<String, (Type, bool)>,
    pub(super) context: BTreeMap<String, (Type, bool)>,
}

impl Values {
    /// What is taken in either of two encodings: optional where the other hasn't got it.
    pub(super) fn or(mut self, other: &Self) -> Self {
        self.error = either(self.error, &other.error);
        self.context = either(self.context, &other.context);
        self
    }
}

type Types = BTreeMap<String, (Type, bool)>;

fn either(mut one: Types, other: &Types) -> Types {
    for (name, (_, optional)) in &mut one {
        *optional |= !other.contains_key(name);
    }
    for (name, (ty, optional)) in other {
        let is_new = !one.contains_key(name);
        let entry = one.entry(name.clone()).or_insert_with(|| (Type::Never, false));
        let types = vec![std::mem::replace(&mut entry.0, Type::Never), ty.clone()];
        *entry = (super::schema::union(types), entry.1 || *optional || is_new);
    }
    one
}

/// A value that stands in two places is there when it is in either.
fn add(types: &mut Types, name: &str, ty: Type, optional: bool) {
    match types.get_mut(name) {
        Some((_, known)) => *known &= optional,
        None => {
            types.insert(name.to_owned(), (ty, optional));
        }
    }
}

fn any_part(parts: &[Part], test: &dyn Fn(&Pattern) -> bool) -> bool {
    parts.iter().any(|part| match part {
        Part::Literal(_) => false,
        Part::Slot(pattern) | Part::Filtered(_, pattern) | Part::Json(pattern) => pattern.any(test),
        Part::Optional(parts) => any_part(parts, test),
    })
}

fn map_parts(parts: Vec<Part>, change: &dyn Fn(Pattern) -> Pattern) -> Vec<Part> {
    parts
        .into_iter()
        .map(|part| match part {
            Part::Literal(text) => Part::Literal(text),
            Part::Slot(pattern) => Part::Slot(pattern.map(change)),
            Part::Filtered(filter, pattern) => Part::Filtered(filter, pattern.map(change)),
            Part::Json(pattern) => Part::Json(pattern.map(change)),
            Part::Optional(parts) => Part::Optional(map_parts(parts, change)),
        })
        .collect()
}

fn collect_parts(parts: &[Part], optional: bool, values: &mut Values) {
    for part in parts {
        match part {
            Part::Literal(_) => {}
            // A number says nothing of what was counted.
            Part::Filtered(Filter::Len, _) => {}
            Part::Slot(pattern) | Part::Filtered(_, pattern) | Part::Json(pattern) => {
                pattern.collect(optional, values);
            }
            Part::Optional(parts) => collect_parts(parts, true, values),
        }
    }
}
