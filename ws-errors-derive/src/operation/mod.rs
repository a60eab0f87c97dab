//! A template and a variant, compiled to a list of operations.

mod compile;

pub(crate) use compile::compile;

use crate::slot::Source;

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
