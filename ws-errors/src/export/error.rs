//! What keeps an artefact from being generated.

use std::fmt;

/// Why an artefact can't be generated from a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportError {
    /// A value that a message carries has a type without a JSON Schema.
    NoSchema {
        /// The catalog.
        catalog: &'static str,
        /// What holds the field: the name of an entry, or of a context's type.
        owner: Owner,
        /// The field, by its name in Rust.
        field: &'static str,
    },
}

/// What holds a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An entry, by its name.
    Entry(&'static str),
    /// A context, by the name of its type.
    Context(&'static str),
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSchema { catalog, owner, field } => {
                let (kind, name) = match owner {
                    Owner::Entry(name) => ("entry", name),
                    Owner::Context(name) => ("context", name),
                };
                write!(
                    f,
                    "catalog `{catalog}`, {kind} `{name}`: the type of the field `{field}` has no JSON Schema, so its messages can't be described; derive `schemars::JsonSchema` for it"
                )
            }
        }
    }
}

impl std::error::Error for ExportError {}
