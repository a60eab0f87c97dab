//! What is tested: the one place that knows how a catalog that is data is encoded and decoded.

use std::cell::OnceCell;

use jsonschema::Validator;
use serde_json::Value;
use ws_errors::__private::{
    self as generated, Argument, Declaration, NestedDeclaration, Tables, Unfolded, Values,
};
use ws_errors::catalog::{Catalog, Entry, FieldType, Format};
use ws_errors::wire::{Decoded, Shape};
use ws_errors::{Decoder, Frame, Output};
use ws_errors_core::encoding::{View, values};
use ws_errors_core::facts::{self, Declared, Nested, Usage};
use ws_errors_core::rules::Subject as Rules;

use super::made::{Made, Occurrence, leaked, leaked_list};
use super::returning::message;

/// A catalog that was made up, ready to be used.
#[derive(Debug)]
pub(super) struct Subject {
    /// The catalog.
    pub catalog: &'static Catalog,
    unfolded: &'static Unfolded,
    decoder: OnceCell<Decoder>,
    lenient: OnceCell<Decoder>,
    schema: OnceCell<Result<Validator, String>>,
}

impl Subject {
    /// What follows from a catalog that an enum declares.
    pub(super) fn new(made: &Made) -> Self {
        let declared = Declared { own: made.catalog(), nested: &[] };
        Self::of(declaration(&declared, &[]))
    }

    /// What follows from the same catalog where each entry is that of a catalog of its own, without
    /// an envelope, and nested in one that has the envelopes.
    pub(super) fn nested(made: &Made) -> Self {
        let whole = made.catalog();
        let inner = whole.entries.iter().map(|entry| {
            let entry = Entry { envelopes: &[], only: None, ..*entry };
            let own = Catalog { entries: leaked_list(vec![entry]), ..Catalog::BLANK };
            let declaration = declaration(&Declared { own, nested: &[] }, &[]);
            NestedDeclaration { declaration, kept: &[] }
        });
        let nested = made.entries.iter().map(|declared| {
            let usage = |context| match declared.envelope(context) {
                Some(envelope) => Usage::Under(envelope),
                None if made.exists(declared, context) => Usage::Under(0),
                None => Usage::Absent,
            };
            Nested {
                variant: declared.entry.variant,
                at: 0,
                usages: leaked_list((0..made.contexts.len()).map(usage).collect()),
                constants: &[],
                section: None,
                audience: None,
                http: None,
            }
        });
        let own = Catalog { entries: &[], ..whole };
        let nested = leaked_list(nested.collect());
        Self::of(declaration(&Declared { own, nested }, leaked_list(inner.collect())))
    }

    fn of(declaration: &'static Declaration) -> Self {
        let unfolded: &'static Unfolded = Box::leak(Box::new(Unfolded::new(declaration)));
        let catalog = unfolded.catalog();
        Self {
            catalog,
            unfolded,
            decoder: OnceCell::new(),
            lenient: OnceCell::new(),
            schema: OnceCell::new(),
        }
    }

    /// Its decoder, which checks types as the generated TypeScript does.
    pub(super) fn decoder(&self) -> &Decoder {
        self.decoder.get_or_init(|| Decoder::new(self.catalog).checking_types())
    }

    /// What a frame is where types are not checked.
    pub(super) fn decode_leniently(&self, frame: &Frame) -> Decoded {
        decode(self.lenient.get_or_init(|| Decoder::new(self.catalog)), frame)
    }

    /// What is sent, as an application sends it: with values.
    pub(super) fn encode(&self, what: &Occurrence) -> Output {
        self.encode_with(what, None)
    }

    /// The same, with a text appended to another one.
    pub(super) fn encode_into(&self, what: &Occurrence, text: &mut String) -> Output {
        self.encode_with(what, Some(text))
    }

    fn encode_with(&self, what: &Occurrence, into: generated::Buffer<'_>) -> Output {
        let index = self.catalog.entries.iter().position(|entry| entry.name == what.entry);
        let Some(index) = index else { return Output::default() };
        let entry = &self.catalog.entries[index];
        let context = self.catalog.contexts.get(what.context);
        let occurred = Occurred { index, entry, what, display: message(what, entry) };
        generated::encode(
            self.unfolded,
            &occurred,
            what.context,
            &|values| {
                for field in context.into_iter().flat_map(|context| context.fields) {
                    values.put(argument(what.context_value(field.name), &(field.ty)()));
                }
            },
            None,
            into,
        )
    }

    /// What is sent, as `show` and the exporters have it: with values by name.
    pub(super) fn show(&self, what: &Occurrence) -> Output {
        let Some(entry) = self.catalog.entry(what.entry) else { return Output::default() };
        let mut values = ws_errors::export::Values::new();
        for (name, value) in &what.fields {
            values.field(name, value);
        }
        for (name, value) in &what.context_values {
            values.context(name, value);
        }
        values.encode(self.catalog, entry, what.context)
    }

    /// What a frame is.
    pub(super) fn decode(&self, frame: &Frame) -> Decoded {
        decode(self.decoder(), frame)
    }

    /// What the messages of an entry look like in a context.
    pub(super) fn shape(&self, entry: &'static Entry, context: usize) -> Option<Shape> {
        Shape::of(self.catalog, entry, context).map(|(shape, _)| shape)
    }

    /// What the rules have against the catalog, where they have anything.
    pub(super) fn refusal(&self) -> Option<String> {
        let is_optional = |(entry, field): &(usize, usize)| {
            let entry = self.catalog.entries.get(*entry);
            entry.and_then(|entry| entry.fields.get(*field)).is_some_and(|field| field.ty.optional)
        };
        let findings = Rules::whole(self.catalog).findings();
        let finding = findings.into_iter().find(|found| found.if_optional.iter().all(is_optional));
        finding.map(|finding| finding.message)
    }

    /// What validates by the exported JSON Schema.
    ///
    /// # Errors
    /// Where the exporter fails, or what it writes is no schema.
    pub(super) fn schema(&self) -> Result<&Validator, String> {
        let made = self.schema.get_or_init(|| {
            let schema = ws_errors::export::json_schema(self.catalog);
            let schema = schema.map_err(|error| error.to_string())?;
            let schema = serde_json::from_str(&schema).map_err(|error| error.to_string())?;
            jsonschema::validator_for(&schema).map_err(|error| error.to_string())
        });
        made.as_ref().map_err(Clone::clone)
    }
}

/// An occurrence as the enum would hand it over that the macro derives for.
struct Occurred<'a> {
    index: usize,
    entry: &'static Entry,
    what: &'a Occurrence,
    display: String,
}

impl generated::Occurrence for Occurred<'_> {
    fn index(&self) -> usize {
        self.index
    }

    fn values<'v>(&'v self, out: &mut Values<'v>) {
        for view in values(self.entry) {
            out.put(match view {
                View::Json(index) => {
                    let field = &self.entry.fields[index];
                    argument(self.what.field(field.ident), &field.ty)
                }
                View::Text { field, .. } => in_text(self.what.field(field)),
                View::Display => Argument::Text(&self.display),
            });
        }
    }
}

fn decode(decoder: &Decoder, frame: &Frame) -> Decoded {
    match frame {
        Frame::Text(text) => decoder.decode(text),
        Frame::Binary(bytes) => decoder.decode_binary(bytes),
    }
}

/// The argument that the macro makes of a value: only an `Option` can be nothing.
fn argument<'a>(value: &'a Value, ty: &FieldType) -> Argument<'a> {
    match value {
        Value::Null if ty.optional => Argument::Nothing,
        Value::String(text) => Argument::Text(text),
        value => Argument::Json(value),
    }
}

/// The same of a value that stands in a text.
fn in_text(value: &Value) -> Argument<'_> {
    match value {
        Value::String(text) => Argument::Text(text),
        value => Argument::Display(value),
    }
}

/// What the macro would write for a catalog.
fn declaration(declared: &Declared, nested: &'static [NestedDeclaration]) -> &'static Declaration {
    let fields = || declared.own.entries.iter().flat_map(|entry| entry.fields);
    let types: Vec<FieldType> = fields().map(|field| field.ty).collect();
    let indices: Vec<usize> = (0..types.len()).collect();
    let contexts = declared.own.contexts.iter().flat_map(|context| context.fields);
    let codecs = declared.own.envelopes.iter().filter_map(|envelope| match envelope.format {
        Format::With(codec) => Some(codec),
        _ => None,
    });
    Box::leak(Box::new(Declaration {
        facts: leaked(facts::write(declared, &indices)),
        tables: Tables {
            types: leaked_list(types),
            context_types: leaked_list(contexts.map(|field| field.ty).collect()),
            codecs: leaked_list(codecs.collect()),
        },
        nested,
    }))
}
