//! What the macro makes of an envelope and an entry: a constant list of operations.
//!
//! An occurrence brings the arguments and [`encode`](super::encode) runs the list. `show` and the
//! exporters have no value of the enum; they run the same list with arguments found by name.

use crate::catalog::Filter;

/// How an entry is encoded in one context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    /// The index in [`Catalog::contexts`](crate::catalog::Catalog::contexts).
    pub context: usize,
    /// The index in [`Catalog::envelopes`](crate::catalog::Catalog::envelopes).
    pub envelope: usize,
    /// What is written, in order.
    pub operations: &'static [Operation],
    /// How many bytes the constant parts have together, when all optional parts are there.
    pub size: usize,
    /// What the arguments are.
    pub parameters: &'static [Parameter],
}

/// One step of an encoding. Arguments are given by their index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// Text that is always the same.
    Literal(&'static str),
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
    When(&'static When),
    /// A comma, unless an object or array has just been opened.
    Comma,
    /// The elements of an array from the first optional one on: those that are nothing are left out
    /// at the end, and write their default before one that is something.
    Tail(&'static [TailElement]),
    /// A JSON string that holds what the operations write.
    Encoded(&'static [Operation]),
    /// The elements of a list, with the commas that they need; none where it is nothing.
    Splice(u16),
    /// What a filter makes of what other operations write.
    Filtered(&'static Filtered),
}

/// What a filter makes of what other operations write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filtered {
    /// The filter.
    pub filter: Filter,
    /// What the characters stand in.
    pub within: Within,
    /// What writes the characters, as they are.
    pub operations: &'static [Operation],
}

/// What is written depends on whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The arguments that are asked.
    pub any: &'static [u16],
    /// What is written when one of them is something.
    pub then: &'static [Operation],
    /// What is written when all are nothing.
    pub otherwise: &'static [Operation],
}

/// One element of [`Operation::Tail`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TailElement {
    /// When it is something.
    pub present: Present,
    /// What is written when it is something.
    pub then: &'static [Operation],
    /// What is written when it is nothing, and a later one is something.
    pub otherwise: &'static [Operation],
}

/// When a part of a message is something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {
    /// Always.
    Always,
    /// Never.
    Never,
    /// When any of these arguments is.
    Any(&'static [u16]),
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

/// What an argument is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Where its value comes from.
    pub source: Source,
    /// The `Display` text is wanted, and not the JSON.
    pub display: bool,
}

/// Where the value of an argument comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A field of the variant, by its name in Rust.
    Field(&'static str),
    /// A field of the context.
    Context(&'static str),
    /// The `Display` text of the error.
    Display,
}
