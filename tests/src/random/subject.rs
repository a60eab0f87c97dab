//! What is tested: the one place that knows how a catalog that is data is encoded and decoded.

use std::cell::OnceCell;

use jsonschema::Validator;
use serde_json::Value;
use ws_errors::__private::{self as generated, Argument, Joined, Nested, Tree, Way};
use ws_errors::catalog::{Catalog, Entry};
use ws_errors::wire::{Decoded, Frame, Shape, Source};
use ws_errors::{Close, Decoder, Output};

use super::made::{CATALOG, Made, Occurrence, leaked_list};

/// A catalog that was made up, ready to be used.
#[derive(Debug)]
pub(super) struct Subject {
    /// The catalog.
    pub catalog: &'static Catalog,
    decoder: OnceCell<Decoder>,
    schema: OnceCell<Result<Validator, String>>,
    tree: &'static Tree,
}

impl Subject {
    /// What follows from a catalog.
    pub(super) fn new(made: &Made) -> Self {
        let tree = tree(made);
        let joined: &'static Joined = Box::leak(Box::new(Joined::new(tree)));
        let catalog = joined.catalog();
        Self { catalog, decoder: OnceCell::new(), schema: OnceCell::new(), tree }
    }

    /// Its decoder.
    pub(super) fn decoder(&self) -> &Decoder {
        self.decoder.get_or_init(|| Decoder::new(self.catalog))
    }

    /// What is sent, as an application sends it: with values.
    pub(super) fn encode(&self, what: &Occurrence) -> Output {
        let Some(entry) = self.catalog.entry(what.entry) else { return Output::default() };
        let encoding = entry.encoding(what.context);
        let display = String::new();
        let arguments: Vec<Argument<'_>> = encoding
            .map(|encoding| encoding.parameters)
            .unwrap_or_default()
            .iter()
            .map(|parameter| match parameter.source {
                Source::Field(name) => {
                    let optional = entry.field(name).is_some_and(|field| field.ty.optional);
                    argument(what.field(name), optional)
                }
                Source::Context(name) => {
                    let fields = self.catalog.contexts.get(what.context).map(|one| one.fields);
                    let field = fields.into_iter().flatten().find(|field| field.name == name);
                    let optional = field.is_some_and(|field| (field.ty)().optional);
                    argument(what.context_value(name), optional)
                }
                Source::Display => Argument::Text(&display),
            })
            .collect();
        generated::packed(self.catalog, encoding, &arguments, self.close(what))
    }

    fn close(&self, what: &Occurrence) -> Option<Close> {
        let entry = self.catalog.entry(what.entry)?;
        let context = self.catalog.contexts.get(what.context)?;
        let closing = context.delivery(entry).closing().copied()?;
        let values: Vec<&Value> = closing.reason.fields().map(|name| what.field(name)).collect();
        let arguments: Vec<Argument<'_>> =
            values.iter().map(|value| argument(value, false)).collect();
        generated::close(entry, None, &arguments)
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
        match frame {
            Frame::Text(text) => self.decoder().decode(text),
            Frame::Binary(bytes) => self.decoder().decode_binary(bytes),
        }
    }

    /// What the messages of an entry look like in a context.
    pub(super) fn shape(&self, entry: &'static Entry, context: usize) -> Option<Shape> {
        let encoding = entry.encoding(context)?;
        Shape::of(self.catalog, entry, encoding).map(|(shape, _)| shape)
    }

    /// What the rules have against the catalog, where they have anything.
    pub(super) fn refusal(&self) -> Option<String> {
        macro_rules! check {
            ($($count:literal)*) => {
                match self.tree.nested.len() {
                    $($count => refused(&generated::check::<$count, 128, $count>(self.tree)),)*
                    _ => None,
                }
            };
        }
        check!(1 2 3 4 5 6 7 8)
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

    /// The TypeScript module.
    ///
    /// # Errors
    /// Where the exporter fails.
    pub(super) fn typescript(&self) -> Result<String, String> {
        ws_errors::export::typescript(self.catalog).map_err(|error| error.to_string())
    }
}

/// The argument that the macro makes of a value: only an `Option` can be nothing.
fn argument(value: &Value, optional: bool) -> Argument<'_> {
    match value {
        Value::Null if optional => Argument::Nothing,
        Value::String(text) => Argument::Text(text),
        value => Argument::Json(value),
    }
}

fn refused<const N: usize>(checked: &generated::Checked<N>) -> Option<String> {
    let mistakes = [
        &checked.names,
        &checked.retired,
        &checked.closes,
        &checked.messages,
        &checked.fits,
        &checked.slots,
        &checked.policies,
    ];
    let mistake = mistakes.into_iter().flatten().flatten().next()?;
    let said = format!("{mistake:?}");
    let rule = said.split_once('(').map_or(said.as_str(), |(rule, _)| rule);
    let about = said.rsplit_once(" }, ").map_or("", |(_, about)| about);
    Some(format!("{rule}({about}"))
}

/// An envelope and an entry are compiled at run time where one catalog nests another: so each entry
/// is a catalog of its own here.
fn tree(made: &Made) -> &'static Tree {
    let nested = made.entries.iter().map(|declared| Nested {
        variant: declared.entry.variant,
        at: 0,
        tree: Box::leak(Box::new(Tree {
            own: Box::leak(Box::new(Catalog {
                entries: leaked_list(vec![declared.entry]),
                ..CATALOG
            })),
            ..NO_TREE
        })),
        ways: leaked_list(
            declared
                .envelopes
                .iter()
                .map(|envelope| envelope.map_or(Way::Absent, Way::Under))
                .collect(),
        ),
        constants: &[],
        section: None,
    });
    let own = Catalog {
        contexts: leaked_list(made.contexts.clone()),
        envelopes: leaked_list(made.envelopes.clone()),
        success: leaked_list(made.success.clone()),
        ..CATALOG
    };
    Box::leak(Box::new(Tree {
        own: Box::leak(Box::new(own)),
        nested: leaked_list(nested.collect()),
        ..NO_TREE
    }))
}

const NO_TREE: Tree = Tree {
    own: &CATALOG,
    nested: &[],
    alike: &[],
    quiet: &[],
    closes_unknown: false,
    codes_unknown: false,
};
