//! A template and a variant, compiled to a list of operations.

mod compile;
mod members;
mod text;

pub(crate) use compile::compile;

use crate::slot::Source;
use crate::template::Filter;

/// How a variant is encoded in one context.
#[derive(Debug, Default)]
pub(crate) struct Encoding {
    pub(crate) operations: Vec<Operation>,
    pub(crate) parameters: Vec<Parameter>,
}

/// One step; the runtime has the same.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Operation {
    Literal(String),
    Json(u16),
    Characters { argument: u16, within: Within, bounded: bool },
    When { any: Vec<u16>, then: Vec<Operation>, otherwise: Vec<Operation> },
    Comma,
    Tail(Vec<TailElement>),
    Encoded(Vec<Operation>),
    Splice(u16),
    Filtered { filter: Filter, within: Within, operations: Vec<Operation> },
}

impl Operation {
    /// How many bytes of it are constant, when what is optional is there.
    pub(crate) fn size(&self) -> usize {
        let sum = |operations: &[Self]| operations.iter().map(Self::size).sum::<usize>();
        match self {
            Self::Literal(text) => text.len(),
            // The quotes of a string.
            Self::Json(_) => 2,
            Self::Characters { .. } | Self::Splice(_) => 0,
            Self::Filtered { operations, .. } => sum(operations),
            Self::When { then, .. } => sum(then),
            Self::Comma => 1,
            Self::Tail(elements) => elements.iter().map(|element| sum(&element.then) + 1).sum(),
            Self::Encoded(inner) => sum(inner) + 2,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TailElement {
    pub(crate) present: Present,
    pub(crate) then: Vec<Operation>,
    pub(crate) otherwise: Vec<Operation>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Present {
    Always,
    Never,
    Any(Vec<u16>),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Within {
    String,
    Text,
    Raw,
}

/// What an argument is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) source: Source,
    pub(crate) view: View,
}

/// How a value is looked at.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum View {
    Json,
    /// Its `Display` text, with what stands behind the colon of the placeholder.
    Display(String),
}
