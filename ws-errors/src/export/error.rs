//! Why a catalog can't be exported.

use std::fmt;

/// Why an artefact can't be made from a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExportError {
    /// Values go on the wire whose types have no JSON Schema.
    Untyped {
        /// The catalog's name.
        catalog: &'static str,
        /// The fields, as `entry.field`, and those of contexts, as `Context.field`.
        fields: Vec<String>,
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
    /// A catalog's name can't be the name of a file.
    FileName {
        /// The catalog's name.
        catalog: &'static str,
    },
    /// Two catalogs have the same name, and would be written to the same files.
    SameName {
        /// The name.
        catalog: &'static str,
    },
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Untyped { catalog, fields } => write!(
                f,
                "catalog `{catalog}`: no JSON Schema is known for the type of {}; implement `schemars::JsonSchema` for it, or keep the field off the wire with `#[ws_error(skip)]`",
                fields.iter().map(|field| format!("`{field}`")).collect::<Vec<_>>().join(", ")
            ),
            Self::SameAnchor { catalog, anchor, entries: [first, second] } => write!(
                f,
                "catalog `{catalog}`: `{first}` and `{second}` both have the anchor `#{anchor}` in the docs; give one of them another name"
            ),
            Self::FileName { catalog } => write!(
                f,
                "catalog {catalog:?}: its name becomes a file's; use letters, digits, `_`, `-` and `.`, not starting with `.`"
            ),
            Self::SameName { catalog } => write!(
                f,
                "two catalogs are named `{catalog}` and would be written to the same files; name one with `#[ws_error(catalog = \"…\")]`"
            ),
        }
    }
}

impl std::error::Error for ExportError {}
