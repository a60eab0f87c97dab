//! Conditions, which are joined and turned into their opposites before they are printed.

use std::fmt;

use super::layout::{Doc, concat, group, indent, join, text};

/// Something that holds, or doesn't.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    /// A comparison.
    Compare(String, &'static str, String),
    /// A call that gives `true`.
    Holds(String),
    /// A call that gives `false`.
    Fails(String),
    All(Vec<Self>),
    Any(Vec<Self>),
}

/// Each comparison, and its opposite.
const OPPOSITES: [(&str, &str); 4] = [("===", "!=="), ("==", "!="), ("<", ">="), (">", "<=")];

/// `one === other`
pub(super) fn is(one: impl Into<String>, other: impl Into<String>) -> Condition {
    Condition::Compare(one.into(), "===", other.into())
}

/// `value === undefined`
pub(super) fn is_absent(value: &str) -> Condition {
    is(value, "undefined")
}

/// `value != null`
pub(super) fn is_something(value: &str) -> Condition {
    Condition::Compare(value.to_owned(), "!=", "null".to_owned())
}

impl Condition {
    /// What always holds.
    pub(super) const ALWAYS: Self = Self::All(Vec::new());

    pub(super) fn is_always(&self) -> bool {
        *self == Self::ALWAYS
    }

    /// All of these.
    pub(super) fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        let parts = conditions.into_iter().flat_map(|one| match one {
            Self::All(parts) => parts,
            one => vec![one],
        });
        Self::several(Self::All, parts.collect())
    }

    /// One of these, or several.
    pub(super) fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        let parts = conditions.into_iter().flat_map(|one| match one {
            Self::Any(parts) => parts,
            one => vec![one],
        });
        Self::several(Self::Any, parts.collect())
    }

    fn several(several: fn(Vec<Self>) -> Self, mut conditions: Vec<Self>) -> Self {
        match conditions.len() {
            1 => conditions.swap_remove(0),
            _ => several(conditions),
        }
    }

    /// Both.
    pub(super) fn and(&self, other: Self) -> Self {
        Self::all([self.clone(), other])
    }

    /// The opposite.
    pub(super) fn not(self) -> Self {
        match self {
            Self::Compare(one, operator, other) => {
                let opposite = OPPOSITES.iter().find_map(|&(a, b)| match operator {
                    _ if operator == a => Some(b),
                    _ if operator == b => Some(a),
                    _ => None,
                });
                Self::Compare(one, opposite.unwrap_or(operator), other)
            }
            Self::Holds(call) => Self::Fails(call),
            Self::Fails(call) => Self::Holds(call),
            Self::All(all) => Self::any(all.into_iter().map(Self::not)),
            Self::Any(any) => Self::all(any.into_iter().map(Self::not)),
        }
    }

    /// The condition as it may be broken behind its operators.
    pub(super) fn doc(&self) -> Doc {
        match self {
            Self::All(all) if all.is_empty() => text("true"),
            Self::Any(any) if any.is_empty() => text("false"),
            Self::All(all) => join(all.iter().map(Self::beside), &behind("&&")),
            Self::Any(any) => join(any.iter().map(Self::beside), &behind("||")),
            Self::Compare(one, operator, other) => {
                concat([text(one), group(concat([behind(operator), text(other)]))])
            }
            Self::Holds(call) => text(call),
            Self::Fails(call) => text(format!("!{call}")),
        }
    }

    /// One of several conditions, which is indented where it is broken itself.
    fn beside(&self) -> Doc {
        match self {
            Self::All(_) | Self::Any(_) => {
                concat([text("("), indent(group(self.doc())), text(")")])
            }
            one => indent(one.doc()),
        }
    }
}

/// An operator, and where a line may be broken behind it.
fn behind(operator: &str) -> Doc {
    concat([text(format!(" {operator}")), Doc::Line])
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.doc().on_one_line())
    }
}
