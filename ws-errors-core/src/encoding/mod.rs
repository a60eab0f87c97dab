//! The encoding plan: what an envelope makes of an entry, as a list of operations.
//!
//! An occurrence brings its [values](values()), a context its fields, and an encoder runs the list.
//! The command line and the exporters, which have no value of the enum, run the same list with values
//! that are found by name.

mod compile;
mod out;
mod values;

pub use compile::{compile, compile_body, compile_translated, compile_translated_body, encodings};
pub use values::{View, values};

use crate::catalog::Filter;

/// How an entry is written in one context.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Encoding {
    /// What is written, in order.
    pub operations: Vec<Operation>,
    /// How many bytes the constant parts have together, when all that is optional is there.
    pub size: usize,
    /// The arguments that are written then, each as often as it is.
    pub arguments: Vec<u16>,
}

/// One step of an encoding. An argument is given by its index: first come the [values](values()) of
/// the occurrence, then the fields of the context.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operation {
    /// Text that is always the same.
    Literal(Box<str>),
    /// An argument as JSON; `null` where it is nothing.
    Json(u16),
    /// The characters of an argument.
    Characters {
        /// Which argument.
        argument: u16,
        /// What the characters stand in.
        within: Within,
        /// Whether a long text is cut: it may be an echo of what the client sent.
        bounded: bool,
    },
    /// One list of operations or another.
    When(Box<When>),
    /// A comma, unless an object or array has just been opened.
    Comma,
    /// The elements of an array from the first optional one on: those that are nothing are left out
    /// at the end, and write their default before one that is something.
    Tail(Vec<TailElement>),
    /// A JSON string that holds what the operations write.
    Encoded(Vec<Operation>),
    /// The elements of a list, with the commas that they need; none where it is nothing.
    Splice(u16),
    /// What a filter makes of what other operations write.
    Filtered(Box<Filtered>),
}

/// What a filter makes of what other operations write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filtered {
    /// The filter.
    pub filter: Filter,
    /// What the characters stand in.
    pub within: Within,
    /// What writes the characters, as they are.
    pub operations: Vec<Operation>,
}

/// What is written depends on whether something is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The arguments that are asked.
    pub any: Vec<u16>,
    /// What is written when one of them is something.
    pub then: Vec<Operation>,
    /// What is written when all are nothing.
    pub otherwise: Vec<Operation>,
}

/// One element of [`Operation::Tail`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TailElement {
    /// When it is something.
    pub present: Present,
    /// What is written when it is something.
    pub then: Vec<Operation>,
    /// What is written when it is nothing, and a later one is something.
    pub otherwise: Vec<Operation>,
}

/// When a part of a message is something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Present {
    /// Always.
    Always,
    /// Never.
    Never,
    /// When any of these arguments is.
    Any(Vec<u16>),
}

/// What characters stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Within {
    /// A JSON string: quotes and control characters are escaped.
    String,
    /// Text that is not JSON: control characters are replaced, so that no value can forge a line.
    Text,
    /// A filter: as they are.
    Raw,
}

impl Operation {
    /// Calls `visit` for this operation and all that are in it.
    pub fn each<'a>(&'a self, visit: &mut impl FnMut(&'a Self)) {
        visit(self);
        let mut all =
            |operations: &'a [Self]| operations.iter().for_each(|inner| inner.each(visit));
        match self {
            Self::When(when) => {
                all(&when.then);
                all(&when.otherwise);
            }
            Self::Tail(elements) => elements.iter().for_each(|element| {
                all(&element.then);
                all(&element.otherwise);
            }),
            Self::Encoded(inner) => all(inner),
            Self::Filtered(filtered) => all(&filtered.operations),
            Self::Literal(_)
            | Self::Json(_)
            | Self::Characters { .. }
            | Self::Comma
            | Self::Splice(_) => {}
        }
    }
}

impl Encoding {
    /// Calls `visit` for each operation.
    pub fn each<'a>(&'a self, mut visit: impl FnMut(&'a Operation)) {
        self.operations.iter().for_each(|operation| operation.each(&mut visit));
    }

    /// Whether the argument with this index is used, and whether it stands as a JSON value there.
    pub fn uses(&self, argument: usize) -> (bool, bool) {
        let (mut used, mut as_json) = (false, false);
        let is = |other: &u16| usize::from(*other) == argument;
        self.each(|operation| match operation {
            Operation::Json(other) => {
                used |= is(other);
                as_json |= is(other);
            }
            Operation::Characters { argument: other, .. } | Operation::Splice(other) => {
                used |= is(other);
            }
            Operation::When(when) => used |= when.any.iter().any(is),
            Operation::Tail(elements) => {
                used |= elements.iter().any(
                    |element| matches!(&element.present, Present::Any(any) if any.iter().any(is)),
                );
            }
            _ => {}
        });
        (used, as_json)
    }

    /// The whole text, where nothing in it is dynamic.
    pub fn constant(&self) -> Option<&str> {
        match self.operations.as_slice() {
            [] => Some(""),
            [Operation::Literal(text)] => Some(text),
            _ => None,
        }
    }
}
