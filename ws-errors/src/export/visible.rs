//! Which fields a client gets to see, and their types.

use serde_json::{Value, json};

use super::ExportError;
use crate::catalog::{
    Cast, Catalog, ClosingCode, Context, ContextField, Entry, Field, FieldType, Message,
    SchemaGenerator,
};
use crate::wire::Source;

/// The entries that docs and generated clients speak of, in order.
pub(crate) fn visible_entries(catalog: &'static Catalog) -> impl Iterator<Item = &'static Entry> {
    catalog.entries.iter().filter(|entry| !entry.hidden)
}

/// A field that reaches the client in one way or another.
#[derive(Clone, Copy)]
pub(crate) struct VisibleField {
    pub(crate) field: &'static Field,
    /// Whether it is there as a value, and not only inside a text.
    pub(crate) is_value: bool,
}

/// The fields of an entry that are in a frame or in the close frame. Nothing is said of any other:
/// what does not reach the client is the server's own business.
pub(crate) fn visible_fields(entry: &'static Entry) -> impl Iterator<Item = VisibleField> {
    entry.fields.iter().filter_map(move |field| {
        let is_value = uses(entry, field).any(|display| !display);
        (is_value || uses(entry, field).next().is_some() || is_in_text(entry, field))
            .then_some(VisibleField { field, is_value })
    })
}

/// For each place of a frame that has the field: whether it stands inside a text there.
fn uses(entry: &'static Entry, field: &'static Field) -> impl Iterator<Item = bool> {
    entry
        .encodings
        .iter()
        .flat_map(|encoding| encoding.parameters)
        .filter(|parameter| parameter.source == Source::Field(field.ident))
        .map(|parameter| parameter.display)
}

fn is_in_text(entry: &'static Entry, field: &Field) -> bool {
    let in_display = matches!(entry.message, Message::Display(text)
        if !entry.encodings.is_empty() && text.fields().any(|name| name == field.ident));
    in_display
        || entry.delivery.closing().is_some_and(|closing| {
            closing.code == ClosingCode::Field(field.ident)
                || closing.reason.fields().any(|name| name == field.ident)
        })
}

/// The contexts in which a visible entry is encoded, with their index.
pub(crate) fn visible_contexts(
    catalog: &'static Catalog,
) -> impl Iterator<Item = (usize, &'static Context)> {
    catalog.contexts.iter().enumerate().filter(move |(index, _)| {
        visible_entries(catalog).any(|entry| entry.encoding(*index).is_some())
    })
}

/// The schemas of a catalog's types, and the definitions that they share.
#[derive(Default)]
pub(crate) struct Types {
    generator: SchemaGenerator,
}

impl Types {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The schema of a field as it is on the wire; a field that is only in a text is a string.
    pub(crate) fn of(&mut self, field: VisibleField) -> Option<Value> {
        let VisibleField { field, is_value } = field;
        match field.cast {
            Some(Cast::String) => Some(json!({ "type": "string" })),
            _ if !is_value => self.make(&field.ty).or_else(|| Some(json!({ "type": "string" }))),
            _ => self.make(&field.ty),
        }
    }

    /// The schema of a context's field.
    pub(crate) fn of_context(&mut self, field: &ContextField) -> Option<Value> {
        self.make(&(field.ty)())
    }

    /// The schema of a type.
    pub(crate) fn make(&mut self, ty: &FieldType) -> Option<Value> {
        ty.schema.map(|schema| schema(&mut self.generator))
    }

    pub(crate) fn definitions(&self) -> serde_json::Map<String, Value> {
        self.generator.definitions()
    }
}

/// Refuses a catalog in which a value on the wire has no schema, and names all of them.
pub(crate) fn refuse_untyped(catalog: &'static Catalog) -> Result<(), ExportError> {
    let of_entries = visible_entries(catalog).flat_map(|entry| {
        visible_fields(entry)
            .filter(|visible| visible.is_value && visible.field.ty.schema.is_none())
            .filter(|visible| visible.field.cast != Some(Cast::String))
            .map(|visible| format!("{}.{}", entry.name, visible.field.ident))
    });
    let of_contexts = visible_contexts(catalog).flat_map(|(_, context)| {
        context
            .fields
            .iter()
            .filter(|field| (field.ty)().schema.is_none())
            .map(|field| format!("{}.{}", context.name, field.name))
    });
    let fields: Vec<String> = of_entries.chain(of_contexts).collect();
    if fields.is_empty() {
        Ok(())
    } else {
        Err(ExportError::Untyped { catalog: catalog.name, fields })
    }
}
