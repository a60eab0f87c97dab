//! The message of an entry in a context.

use crate::catalog::Catalog;
use crate::export::definitions::{Definitions, key};
use crate::export::example_in;
use crate::export::json::of_entry;
use crate::export::json_schema::{Described, Schemas};
use crate::export::markdown::plain_summary;
use crate::export::tree::Members;
use crate::export::visible::Types;
use crate::wire::{Shape, Tree};

/// What a request looks like is not for an error catalog to say.
pub(super) fn request() -> Members {
    Members::new()
        .with("name", "request")
        .with("title", "Any request")
        .with("summary", "A request of the client, which an error may answer.")
        .with("payload", Members::new())
}

/// A message with its key on the channel.
pub(super) struct Message {
    pub(super) key: String,
    /// Whether it says which request it answers.
    pub(super) settles: bool,
    pub(super) tree: Members,
}

impl Message {
    pub(super) fn of(
        catalog: &'static Catalog,
        message: Described,
        definitions: &Definitions,
        types: &mut Types,
    ) -> Self {
        let Described { entry, context, .. } = message;
        let name = match context.name {
            name if message.among_several && !name.is_empty() => {
                format!("{}.{}", key(entry.name), key(name))
            }
            _ => key(entry.name),
        };
        let schema = Schemas::new(types, catalog, entry).of(&message.shape);
        let location = catalog
            .correlate
            .and_then(|field| place(&message.shape, field))
            .map(|place| Members::new().with("location", format!("$message.payload#{place}")));
        let settles = location.is_some();
        let tags = entry.section.map(|section| vec![Members::new().with("name", section).into()]);
        let tree = Members::new()
            .with("name", entry.name)
            .with("title", message.title())
            .perhaps("summary", plain_summary(entry.docs))
            .perhaps("description", (!entry.docs.is_empty()).then_some(entry.docs))
            .perhaps("contentType", message.media_type())
            .perhaps("tags", tags)
            .perhaps("correlationId", location)
            .with("payload", definitions.translated(schema.into()))
            .perhaps("examples", example(catalog, &message))
            .with("x-ws-error", of_entry(catalog, entry));
        Self { key: name, settles, tree }
    }
}

/// What an example frame holds, as the encoder gives it: bytes have no place in JSON.
fn example(catalog: &'static Catalog, message: &Described) -> Option<Vec<Tree<'static>>> {
    let index = message.index;
    let text = example_in(catalog, message.entry, index).written(catalog, message.entry, index)?;
    let payload =
        if message.holds_json { Tree::parse(&text).ok()?.into_owned() } else { Tree::from(text) };
    Some(vec![Members::new().with("payload", payload).into()])
}

/// Where a field of the context stands, as a JSON pointer.
fn place(shape: &Shape, field: &str) -> Option<String> {
    match shape {
        Shape::Context(found, _) if found.name == field => Some(String::new()),
        Shape::Object(properties) => properties.iter().find_map(|property| {
            let key = property.key.replace('~', "~0").replace('/', "~1");
            place(&property.value, field).map(|rest| format!("/{key}{rest}"))
        }),
        Shape::Array(items) => items.iter().enumerate().find_map(|(index, item)| {
            place(&item.value, field).map(|rest| format!("/{index}{rest}"))
        }),
        Shape::Default(shape, _) => place(shape, field),
        _ => None,
    }
}
