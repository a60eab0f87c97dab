//! A JSON Schema of the messages.

mod pattern;
mod shape;

use super::ExportError;
use super::markdown::plain_summary;
use super::tree::Members;
use super::visible::{Types, refuse_untyped, visible_contexts, visible_entries};
use crate::catalog::{Catalog, Context, Entry, Format};
use crate::wire::{Shape, Tree};
pub(crate) use shape::Schemas;

/// The JSON Schema (2020-12) of every message that a catalog declares.
///
/// `anyOf` has one schema for each entry and context, in the order of the enum, with the entry's
/// name as its `title`; a catalog without messages has `not: {}`, which nothing is valid by. What is the same for each occurrence is a `const`, the code above all; there
/// is no `discriminator`, which validators do not know. Members that are not named are allowed,
/// because a newer server may send some, and elements of arrays that are not named are not.
///
/// A frame that is no JSON is described as a string that holds its text; `x-ws-json` has the schema
/// of each piece of JSON between its other characters. Nothing is said of codes
/// that the catalog does not declare: a message of such a code is not valid here, and is no reason
/// for a client to fail.
///
/// # Errors
/// Returns [`ExportError::NoSchema`] where a value on the wire has no JSON Schema.
pub fn json_schema(catalog: &'static Catalog) -> Result<String, ExportError> {
    refuse_untyped(catalog)?;
    let mut types = Types::new();
    let messages: Vec<Tree<'_>> = messages(catalog)
        .map(|message| {
            let schema = Schemas::new(&mut types, catalog, message.entry).of(&message.shape);
            Members::new()
                .with("title", message.title())
                .perhaps("description", plain_summary(message.entry.docs))
                .and(schema)
                .into()
        })
        .collect();
    let definitions = serde_json::Value::Object(types.definitions());
    let tree: Tree<'_> = Members::new()
        .with("$schema", "https://json-schema.org/draft/2020-12/schema")
        .with("$comment", super::artefact::MARK)
        .with("title", format!("Error messages of {}", catalog.name))
        .and(any_of(messages))
        .with("$defs", Tree::of(&definitions))
        .into();
    Ok(tree.pretty())
}

/// One of these; where there are none, as with errors that are all closes, nothing is valid.
fn any_of(schemas: Vec<Tree<'static>>) -> Members {
    if schemas.is_empty() {
        Members::new().with("not", Members::new())
    } else {
        Members::new().with("anyOf", schemas)
    }
}

/// The message of an entry in a context.
pub(crate) struct Described {
    pub(crate) entry: &'static Entry,
    pub(crate) index: usize,
    pub(crate) context: &'static Context,
    /// Whether the catalog has messages in several contexts.
    pub(crate) among_several: bool,
    pub(crate) shape: Shape,
    /// Whether the frame is JSON, and nothing else.
    pub(crate) is_json: bool,
    /// Whether what the frame holds is JSON, in whichever format.
    pub(crate) holds_json: bool,
    pub(crate) format: Format,
}

impl Described {
    /// The entry's name, with the context where there are several.
    pub(crate) fn title(&self) -> String {
        match self.context.name {
            name if self.among_several && !name.is_empty() => {
                format!("{} ({name})", self.entry.name)
            }
            _ => self.entry.name.to_owned(),
        }
    }

    /// What a frame holds, where that is no JSON.
    pub(crate) fn media_type(&self) -> Option<&'static str> {
        match self.format {
            Format::Json if self.is_json => None,
            Format::Json | Format::Text => Some("text/plain"),
            Format::Binary => match self.shape {
                Shape::Composed(_) | Shape::Chain(_) => Some("application/octet-stream"),
                _ => None,
            },
            Format::MessagePack([]) => Some("application/vnd.msgpack"),
            Format::Cbor([]) => Some("application/cbor"),
            Format::MessagePack(_) | Format::Cbor(_) | Format::With(_) => {
                Some("application/octet-stream")
            }
        }
    }
}

/// The messages of a catalog, entry by entry.
pub(crate) fn messages(catalog: &'static Catalog) -> impl Iterator<Item = Described> {
    let among_several = visible_contexts(catalog).count() > 1;
    visible_entries(catalog).flat_map(move |entry| {
        visible_contexts(catalog).filter_map(move |(index, context)| {
            let (shape, format) = Shape::of(catalog, entry, index)?;
            let envelope = catalog.envelopes.get(entry.envelope(index)?)?;
            let (is_json, holds_json) = (envelope.is_json(), envelope.holds_json());
            Some(Described {
                entry,
                index,
                context,
                among_several,
                shape,
                is_json,
                holds_json,
                format,
            })
        })
    })
}

#[cfg(test)]
mod tests;
