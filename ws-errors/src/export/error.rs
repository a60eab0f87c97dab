//! Why a catalog can't be exported.

use std::fmt;

/// The reason why an artefact can't be made from a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportError {
    /// A value that a message carries has a type without a JSON Schema.
    NoSchema {
        /// The catalog's name.
        catalog: &'static str,
        /// What holds the field.
        owner: Owner,
        /// The field, by its name in Rust.
        field: &'static str,
    },
    /// A value that a message carries holds an integer of 64 bits, which JavaScript can't read.
    WideInteger {
        /// The catalog's name.
        catalog: &'static str,
        /// What holds the field.
        owner: Owner,
        /// Where it stands: the field, by its name in Rust, and the members in it.
        path: String,
    },
    /// Two entries would have the same anchor in the docs, and no link could tell them apart.
    SameAnchor {
        /// The catalog's name.
        catalog: &'static str,
        /// The anchor.
        anchor: String,
        /// The names of the two entries.
        entries: [&'static str; 2],
    },
    /// Two fields of an error would have the same name in a language.
    SameField {
        /// The catalog's name.
        catalog: &'static str,
        /// The entry; `$unknown` for errors that nobody declared.
        owner: Owner,
        /// Whether they are fields of its context.
        in_context: bool,
        /// The fields, by their names on the wire.
        fields: [&'static str; 2],
        /// What both would be called.
        name: String,
        /// The language.
        language: &'static str,
    },
    /// A catalog's name can't be the name of a file.
    FileName {
        /// The catalog's name.
        catalog: &'static str,
    },
    /// An exporter of an application can't say the catalog.
    Other {
        /// The catalog's name.
        catalog: &'static str,
        /// Why, and what to do.
        reason: String,
    },
    /// Two catalogs have the same name, and would be written to the same files.
    SameName {
        /// The name.
        catalog: &'static str,
    },
}

/// The owner of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An entry, by its name.
    Entry(&'static str),
    /// A context, by the name of its type.
    Context(&'static str),
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(name) => write!(f, "entry `{name}`"),
            Self::Context(name) => write!(f, "context `{name}`"),
        }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSchema { catalog, owner, field } => {
                write!(
                    f,
                    "catalog `{catalog}`, {owner}: the type of the field `{field}` has no JSON Schema, so its messages can't be described; derive `schemars::JsonSchema` for it, of the crate `schemars`, version 1"
                )
            }
            Self::WideInteger { catalog, owner, path } => {
                write!(
                    f,
                    "catalog `{catalog}`, {owner}: `{path}` is an integer of 64 bits, and loses digits in JavaScript; write it as a string, with `#[serde_as(as = \"DisplayFromStr\")]` on that field (of a list, `Vec<DisplayFromStr>`), of the crate `serde_with` with its feature `schemars_1`; or say `as = \"number\"` where it stays below 2^53"
                )
            }
            Self::SameAnchor { catalog, anchor, entries: [first, second] } => write!(
                f,
                "catalog `{catalog}`: `{first}` and `{second}` both have the anchor `#{anchor}` in the docs; give one of them another name"
            ),
            Self::SameField {
                catalog,
                owner,
                in_context,
                fields: [first, second],
                name,
                language,
            } => {
                let (of, how) = match in_context {
                    false => ("", "with `#[ws_error(rename = \"…\")]`"),
                    true => (" of the context", "in its struct"),
                };
                write!(
                    f,
                    "catalog `{catalog}`, {owner}: the fields `{first}` and `{second}`{of} are both `{name}` in {language}; give one of them another name, {how}"
                )
            }
            Self::FileName { catalog } => write!(
                f,
                "catalog {catalog:?}: its name becomes a file's; use letters, digits, `_`, `-` and `.`, not starting with `.`, and neither `index`, which is the page of them all, nor what Windows keeps for itself, such as `con` and `nul`"
            ),
            Self::Other { catalog, reason } => write!(f, "catalog `{catalog}`: {reason}"),
            Self::SameName { catalog } => write!(
                f,
                "two catalogs are named `{catalog}` and would be written to the same files; name one with `#[ws_error(catalog = \"…\")]`"
            ),
        }
    }
}

impl std::error::Error for ExportError {}
