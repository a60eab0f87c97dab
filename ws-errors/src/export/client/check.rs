//! What a value has to be: the patterns of the plan and the types of fields, in the same words.

use ws_errors_core::json::{Json, Kinds};
use ws_errors_core::reading::Codes;

use super::Target;
use crate::catalog::Filter;
use crate::types::{Array, Object, Type};

/// What a value has to be.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) enum Check {
    /// Of one of these kinds.
    Kinds(Kinds),
    /// This value.
    Is(Json),
    /// A whole number.
    Whole,
    /// A string of nothing but digits.
    Digits,
    /// Of a type that needs more than a word: [`Check::inside`] says what it has to be.
    Type(Type),
    /// An object with these members; all others are right for `others`.
    Object { members: Vec<MemberCheck>, others: Box<Self> },
    /// An array of so many elements: the first and the last are right for one check each, and the list of
    /// those between them for `rest`.
    Array { first: Vec<Self>, rest: Box<Self>, last: Vec<Self>, least: usize, most: Option<usize> },
    /// An array of which each element is right.
    Each(Box<Self>),
    /// What the first of these says that is right.
    Any(Vec<Self>),
    /// What all of these say.
    All(Vec<Self>),
    /// It is kept, where it is right: whether it stands alone, and not between other characters, counts where
    /// there are several values.
    Keep { targets: Vec<Target>, alone: bool, value: Box<Self> },
    /// A code, a text or a whole number, that is one of these.
    Code(Codes, Kinds),
    /// A code in a text, of one of these kinds; kept as it is where it stands alone or may be a text, and
    /// else as a number.
    CodeInText { codes: Codes, kinds: Kinds, targets: Vec<Target>, alone: bool },
    /// A text that is taken apart.
    Text(Vec<Part>),
    /// The characters of JSON that is right.
    Encoded(Box<Self>),
    /// The characters of a value that is kept: they are right themselves, or are the JSON of what is.
    Characters(Vec<Target>, Box<Self>),
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) struct MemberCheck {
    pub(in crate::export) key: String,
    /// Whether it may be absent.
    pub(in crate::export) optional: bool,
    pub(in crate::export) value: Check,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::export) enum Part {
    Literal(String),
    /// JSON of one of these kinds, which says itself where it ends.
    Json(Kinds, Check),
    /// The characters of a value, as a filter wrote them.
    Slot(Option<Filter>, Check),
    /// Parts that are there together, or not.
    Maybe(Vec<Self>),
}

/// What a frame has to be.
pub(in crate::export) enum FrameCheck {
    Json(Check),
    Text(Vec<Part>),
}

pub(super) const ANY: Check = Check::Kinds(Kinds::ANY);
pub(super) const TEXT: Check = Check::Kinds(Kinds::STRING);
pub(super) const NULL: Check = Check::Kinds(Kinds::NULL);

impl Check {
    /// What a value of the type has to be.
    pub(in crate::export) fn of(ty: &Type) -> Self {
        match ty {
            Type::Any => ANY,
            Type::Null => NULL,
            Type::Boolean => Self::Kinds(Kinds::BOOL),
            Type::Number(_) => Self::Kinds(Kinds::NUMBER),
            Type::String(..) => TEXT,
            Type::Integer(_) => Self::Whole,
            // Every constant of a schema is JSON.
            Type::Constant(value) => {
                Self::Is(Json::parse(&value.to_string()).unwrap_or(Json::Null))
            }
            Type::Array(Array { first, rest, least: 0, most: None, .. })
                if first.is_empty() && **rest == Type::Any =>
            {
                Self::Kinds(Kinds::ARRAY)
            }
            Type::Object(object) if object.members.is_empty() && is_open(object) => {
                Self::Kinds(Kinds::OBJECT)
            }
            ty => Self::Type(ty.clone()),
        }
    }

    /// What a value of a type has to be in detail.
    pub(in crate::export) fn inside(ty: &Type) -> Self {
        match ty {
            Type::Array(array) => Self::Array {
                first: array.first.iter().map(Self::of).collect(),
                rest: Box::new(match &*array.rest {
                    rest if *rest == Type::Any || array.most == Some(array.first.len()) => ANY,
                    rest => Self::Each(Box::new(Self::of(rest))),
                }),
                last: Vec::new(),
                least: array.least,
                most: array.most,
            },
            Type::Object(object) => {
                let members = object.members.iter().map(|one| {
                    let (key, optional) = (one.key.clone(), one.optional);
                    MemberCheck { key, optional, value: Self::of(&one.ty) }
                });
                let mut members: Vec<MemberCheck> = members.collect();
                // What can be seen at once comes first: a tag that is another ends it.
                members.sort_by_key(|one| !one.value.is_seen_at_once());
                let others = object.others.as_deref().map_or(ANY, Self::of);
                Self::Object { members, others: Box::new(others) }
            }
            Type::Union(types) => any(types.iter().map(Self::of)),
            Type::Intersection(types) => all(types.iter().map(Self::of)),
            ty => Self::of(ty),
        }
    }

    /// Whether it is of values without members and elements.
    fn is_seen_at_once(&self) -> bool {
        match self {
            Self::Type(Type::Union(types)) => types.iter().all(|ty| Self::of(ty).is_seen_at_once()),
            check => !matches!(check, Self::Type(_)),
        }
    }

    /// The same in a place where nothing is not `null`.
    fn without_null(self) -> Self {
        match self {
            Self::Is(Json::Null) => Self::Kinds(Kinds::NONE),
            Self::Kinds(kinds) if kinds != Kinds::ANY => Self::Kinds(kinds.without(Kinds::NULL)),
            Self::Type(ty) => Self::of(&ty.without_null()),
            Self::Keep { targets, alone, value } => {
                Self::Keep { targets, alone, value: Box::new(value.without_null()) }
            }
            Self::Any(checks) => any(checks
                .into_iter()
                .filter(|one| ![NULL, Self::Is(Json::Null)].contains(one))
                .map(Self::without_null)),
            check => check,
        }
    }

    /// What it says of something in a place where `null` is nothing.
    pub(in crate::export) fn something(&self) -> Option<&Self> {
        match self {
            Self::Any(checks) => match checks.as_slice() {
                [nothing, something] if *nothing == NULL => Some(something),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether it says nothing of a value.
    pub(in crate::export) fn is_open(&self) -> bool {
        *self == ANY
    }

    /// Whether every value is right for it, and kept only where it is right for more.
    pub(in crate::export) fn is_lenient(&self) -> bool {
        matches!(self, Self::Any(checks) if checks.last().is_some_and(Self::is_open))
    }

    /// Whether every value is right for it.
    pub(in crate::export) fn takes_anything(&self) -> bool {
        match self {
            Self::Keep { value, .. } => value.takes_anything(),
            Self::Any(checks) => checks.iter().any(Self::takes_anything),
            Self::All(checks) => checks.iter().all(Self::takes_anything),
            check => check.is_open(),
        }
    }

    /// Whether something is kept of what is right for it.
    pub(in crate::export) fn keeps(&self) -> bool {
        match self {
            Self::Keep { .. } => true,
            Self::CodeInText { targets, .. } | Self::Characters(targets, _) => !targets.is_empty(),
            Self::Kinds(_) | Self::Is(_) | Self::Whole | Self::Digits | Self::Type(_) => false,
            Self::Code(..) => false,
            Self::Object { members, .. } => members.iter().any(|one| one.value.keeps()),
            Self::Array { first, rest, last, .. } => {
                first.iter().chain([&**rest]).chain(last).any(Self::keeps)
            }
            Self::Any(checks) | Self::All(checks) => checks.iter().any(Self::keeps),
            Self::Each(check) | Self::Encoded(check) => check.keeps(),
            Self::Text(parts) => parts.iter().any(Part::keeps),
        }
    }

    /// Whether every text is right for it.
    pub(super) fn has_every_text(&self) -> bool {
        match self {
            Self::Kinds(kinds) => kinds.has(Kinds::STRING),
            Self::Type(Type::Union(types)) => {
                types.iter().map(Self::of).any(|one| one.has_every_text())
            }
            _ => false,
        }
    }
}

impl Part {
    fn keeps(&self) -> bool {
        match self {
            Self::Literal(_) => false,
            Self::Json(_, check) | Self::Slot(_, check) => check.keeps(),
            Self::Maybe(parts) => parts.iter().any(Self::keeps),
        }
    }
}

/// Whether nothing is said of the members that aren't named.
fn is_open(object: &Object) -> bool {
    object.others.as_deref().is_none_or(|others| *others == Type::Any)
}

/// What one of these says; nothing, where one says nothing and the others keep nothing.
pub(super) fn any(checks: impl IntoIterator<Item = Check>) -> Check {
    let mut checks: Vec<Check> = checks.into_iter().collect();
    // None is looked at behind one that is always right.
    let last = checks.iter().position(Check::takes_anything);
    checks.truncate(last.map_or(checks.len(), |last| last + 1));
    if checks.iter().any(Check::is_open) && !checks.iter().any(Check::keeps) {
        return ANY;
    }
    only(checks).unwrap_or_else(Check::Any)
}

pub(super) fn all(checks: impl IntoIterator<Item = Check>) -> Check {
    only(checks.into_iter().collect()).unwrap_or_else(Check::All)
}

fn only(mut checks: Vec<Check>) -> Result<Check, Vec<Check>> {
    if checks.len() != 1 {
        return Err(checks);
    }
    checks.pop().ok_or(checks)
}

/// Any value, of which is kept what is right for the check.
pub(super) fn lenient(check: Check) -> Check {
    any(check.keeps().then_some(check).into_iter().chain([ANY]))
}

/// In a place that may be left out `null` is nothing, whatever the check.
pub(super) fn in_place(optional: bool, check: Check) -> Check {
    match check {
        check if !optional || check.is_open() => check,
        check => any([NULL, check.without_null()]),
    }
}
