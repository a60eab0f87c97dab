//! One file for each artefact that is generated from a catalog.

mod artefact;
mod asyncapi;
mod audience;
mod client;
mod definitions;
mod error;
mod example;
mod exporter;
mod handshake;
#[cfg(test)]
mod hostile;
mod json;
mod json_schema;
mod markdown;
mod openapi;
mod over_http;
#[cfg(test)]
mod policies;
mod python;
mod runtime;
mod sample;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod tree;
mod typescript;
mod visible;
mod warnings;
pub mod words;

pub use artefact::{Artefact, Difference, MARK, Written, artefacts, differences, surplus};
pub use asyncapi::{ASYNCAPI_VERSION, asyncapi};
pub use audience::for_audiences;
pub use error::{ExportError, Owner};
pub use example::{example, example_in};
pub use exporter::{Exporter, Format};
pub use json::{JSON_SCHEMA, JSON_VERSION, json};
pub use json_schema::json_schema;
pub use markdown::{INDEX, Markdown, index, markdown};
pub use openapi::{OPENAPI_VERSION, openapi};
pub use python::python;
pub use runtime::{RUNTIME_FILE, runtime};
pub use sample::Values;
pub use typescript::{TypeScript, typescript};
pub use warnings::warnings;

#[cfg(feature = "cli")]
pub(crate) use artefact::{is_file_name, with_exporters};
#[cfg(feature = "cli")]
pub(crate) use example::fields as example_fields;
#[cfg(feature = "cli")]
pub(crate) use markdown::plain_summary;
#[cfg(feature = "cli")]
pub(crate) use markdown::{displayed, hex_dump, section};
pub(crate) use words::backticks;
pub(crate) use words::delivery as delivery_in_words;
#[cfg(feature = "cli")]
pub(crate) use words::retry as retry_in_words;
