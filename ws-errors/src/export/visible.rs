//! Which fields a client gets to see, and their types.

use serde_json::{Map, Value, json};
use ws_errors_core::encoding::{View, encodings, values};
use ws_errors_core::rules::each_slot_reached;

use super::{ExportError, Owner};
use crate::catalog::{
    Cast, Catalog, ClosingCode, Context, ContextField, Entry, Field, FieldType, Message,
    SchemaGenerator, Slot, Stands,
};

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
    /// Whether an example frame shows it, as a value or inside a text; a reason is no frame.
    pub(crate) is_in_frame: bool,
}

/// The fields of an entry that are in a frame or in the close frame. Nothing is said of any other:
/// what does not reach the client is the server's own business.
pub(crate) fn visible_fields(
    catalog: &'static Catalog,
    entry: &'static Entry,
) -> impl Iterator<Item = VisibleField> {
    let views = values(entry);
    let encodings = encodings(catalog, entry);
    entry.fields.iter().enumerate().filter_map(move |(index, field)| {
        let uses = |view: &dyn Fn(&View) -> bool| {
            views.iter().enumerate().any(|(argument, value)| {
                view(value) && encodings.iter().any(|encoding| encoding.uses(argument).0)
            })
        };
        let is_value = uses(&|view| *view == View::Json(index));
        let in_message =
            uses(&|view| matches!(view, View::Text { field: name, .. } if *name == field.ident));
        let in_display = matches!(entry.message, Message::Display(text)
            if !entry.envelopes.is_empty() && text.fields().any(|name| name == field.ident));
        let is_in_frame = is_value || in_message || in_display;
        let in_close = || {
            entry.delivery.closing().is_some_and(|closing| {
                closing.code == ClosingCode::Field(field.ident)
                    || closing.reason.fields().any(|name| name == field.ident)
            })
        };
        (is_in_frame || in_close()).then_some(VisibleField { field, is_value, is_in_frame })
    })
}

/// The contexts in which a visible entry is encoded, with their index.
pub(crate) fn visible_contexts(
    catalog: &'static Catalog,
) -> impl Iterator<Item = (usize, &'static Context)> {
    catalog.contexts.iter().enumerate().filter(move |(index, _)| {
        visible_entries(catalog).any(|entry| entry.envelope(*index).is_some())
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
        let VisibleField { field, is_value, .. } = field;
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
        crate::catalog::schema_of(ty, &mut self.generator)
    }

    pub(crate) fn definitions(&self) -> serde_json::Map<String, Value> {
        self.generator.definitions()
    }
}

/// The values on the wire whose types can't be described.
pub(crate) fn untyped(catalog: &'static Catalog) -> impl Iterator<Item = ExportError> {
    let of_entries = visible_entries(catalog).flat_map(move |entry| {
        visible_fields(catalog, entry)
            .filter(|visible| visible.is_value)
            .filter(|visible| visible.field.cast != Some(Cast::String))
            .map(move |VisibleField { field, .. }| {
                (Owner::Entry(entry.name), field.ident, field.ty, field.cast.is_some())
            })
    });
    let of_contexts = visible_contexts(catalog).flat_map(move |(index, context)| {
        context.fields.iter().map(move |field| {
            (Owner::Context(context.name), field.name, (field.ty)(), is_cast(catalog, index, field))
        })
    });
    of_entries.chain(of_contexts).filter_map(move |(owner, field, ty, is_cast)| {
        let mut generator = SchemaGenerator::new();
        let Some(schema) = crate::catalog::schema_of(&ty, &mut generator) else {
            return Some(ExportError::NoSchema { catalog: catalog.name, owner, field });
        };
        if is_cast {
            return None;
        }
        let definitions = generator.definitions();
        let path = wide(&schema, &definitions, field.to_owned(), &mut Vec::new())?;
        Some(ExportError::WideInteger { catalog: catalog.name, owner, path })
    })
}

/// Whether a context's field stands as a number, or as a string, wherever it stands.
fn is_cast(catalog: &Catalog, context: usize, field: &ContextField) -> bool {
    catalog.entries.iter().all(|entry| {
        let envelope = entry.envelope(context).and_then(|index| catalog.envelopes.get(index));
        let mut is_cast = true;
        if let Some(envelope) = envelope {
            each_slot_reached(&envelope.template, entry, &mut |slot, stands| {
                is_cast &= (slot, stands) != (Slot::Context(field.name), Stands::Value(None));
            });
        }
        is_cast
    })
}

/// The path of the first integer of 64 bits in a type, where it has one: `limits[].most`.
fn wide<'s>(
    schema: &'s Value,
    definitions: &'s Map<String, Value>,
    path: String,
    within: &mut Vec<&'s str>,
) -> Option<String> {
    let keywords = schema.as_object()?;
    let is_integer = |ty: &Value| {
        ty == "integer" || ty.as_array().is_some_and(|all| all.contains(&"integer".into()))
    };
    if keywords.get("type").is_some_and(is_integer)
        && let Some(format) = keywords.get("format").and_then(Value::as_str)
        && WIDE_FORMATS.contains(&format)
    {
        return Some(path);
    }
    if let Some(name) = keywords.get("$ref").and_then(Value::as_str)
        && let Some(name) = name.strip_prefix("#/$defs/")
        && !within.contains(&name)
        && let Some(definition) = definitions.get(name)
    {
        within.push(name);
        let found = wide(definition, definitions, path.clone(), within);
        within.pop();
        if found.is_some() {
            return found;
        }
    }
    for (key, value) in keywords {
        let mut inside = |path: String, value| wide(value, definitions, path, within);
        let found = match (key.as_str(), value) {
            ("properties", Value::Object(members)) => {
                members.iter().find_map(|(name, one)| inside(format!("{path}.{name}"), one))
            }
            ("patternProperties", Value::Object(members)) => {
                members.values().find_map(|one| inside(format!("{path}[\"…\"]"), one))
            }
            ("additionalProperties", one) => inside(format!("{path}[\"…\"]"), one),
            ("items", one) => inside(format!("{path}[]"), one),
            ("prefixItems", Value::Array(elements)) => elements
                .iter()
                .enumerate()
                .find_map(|(index, one)| inside(format!("{path}[{index}]"), one)),
            ("anyOf" | "oneOf" | "allOf", Value::Array(types)) => {
                types.iter().find_map(|one| inside(path.clone(), one))
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The formats of integers that JavaScript's numbers can't hold, as schemars names them.
const WIDE_FORMATS: [&str; 6] = ["int64", "uint64", "int", "uint", "int128", "uint128"];

/// Refuses a catalog in which a value on the wire can't be described.
pub(crate) fn refuse_untyped(catalog: &'static Catalog) -> Result<(), ExportError> {
    untyped(catalog).next().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::testing::hostile;
    use crate::fixture::METERED;

    /// The fixture with another type for `channel`, its one field.
    fn with_channel(ty: FieldType) -> &'static Catalog {
        let fields = vec![Field { ty, ..METERED.entries[0].fields[0] }].leak();
        let entry = Entry { fields, ..METERED.entries[0] };
        Box::leak(Box::new(Catalog { entries: vec![entry].leak(), ..METERED }))
    }

    #[test]
    fn a_value_whose_type_has_no_schema_is_named() {
        let catalog = with_channel(FieldType { schema: None, ..METERED.entries[0].fields[0].ty });
        let errors: Vec<String> = untyped(catalog).map(|error| error.to_string()).collect();
        assert_eq!(
            errors,
            [
                "catalog `metered`, entry `channel_not_authorized`: the type of the field `channel` has no JSON Schema, so its messages can't be described; derive `schemars::JsonSchema` for it, of the crate `schemars`, version 1"
            ]
        );
        assert!(crate::export::json(catalog).is_err() && crate::export::markdown(catalog).is_err());
    }

    #[test]
    fn a_field_that_is_only_in_a_text_needs_no_schema() {
        let ty = FieldType { schema: None, ..METERED.entries[0].fields[0].ty };
        let fields = vec![Field { ty, ..METERED.entries[0].fields[0] }].leak();
        // Its first encoding has the channel in the message, and nowhere else.
        let envelopes = &METERED.entries[0].envelopes[..1];
        let entry = Entry { fields, envelopes, ..METERED.entries[0] };
        let catalog: &'static Catalog =
            Box::leak(Box::new(Catalog { entries: vec![entry].leak(), ..METERED }));
        assert_eq!(untyped(catalog).count(), 0);
        assert!(!visible_fields(catalog, &catalog.entries[0]).next().unwrap().is_value);
    }

    #[test]
    fn what_does_not_reach_the_client_is_not_visible() {
        let entry = Entry { envelopes: &[], ..METERED.entries[0] };
        let catalog: &'static Catalog =
            Box::leak(Box::new(Catalog { entries: vec![entry].leak(), ..METERED }));
        assert_eq!(visible_fields(catalog, &catalog.entries[0]).count(), 0);
        assert!(visible_entries(hostile()).all(|entry| entry.name != "hidden"));
    }
}
