//! An envelope specialised to one entry: what decoders, schemas and generated clients read.

mod presence;
mod slots;
mod specialise;

use std::borrow::Cow;

use specialise::Specialiser;

use crate::catalog::{
    Cast, Catalog, ContextField, Entry, Envelope, Field, Filter, Format, HTTP_CONTEXT, Message,
    Piece, Slot, Text,
};

/// What the message of one entry looks like in one context.
///
/// What is the same for each occurrence is a constant here, and slots of which the entry has nothing
/// are gone.
#[derive(Debug, Clone)]
pub enum Shape {
    /// The same for each occurrence, as compact JSON.
    Constant(Cow<'static, str>),
    /// A code that no other entry has, from a field.
    Code(&'static Field, Option<Cast>),
    /// The text for the client. It is free text to a decoder: clients branch on the code.
    Message(Message),
    /// A text with fields in it that is not taken apart.
    Text(Text),
    /// A field of the variant.
    Field(&'static Field, Option<Cast>),
    /// A field of the context.
    Context(&'static ContextField, Option<Cast>),
    /// An object; its members in the order on the wire.
    Object(Vec<Property>),
    /// An array.
    Array(Vec<Item>),
    /// A list whose elements are spliced into the array around it.
    Splice(Box<Shape>),
    /// A string composed of characters.
    Composed(Vec<Fragment>),
    /// Something, or what stands in its place when it is nothing.
    Default(Box<Shape>, Box<Shape>),
    /// A string that holds JSON.
    Encoded(Box<Shape>),
    /// Text and JSON one after the other. A [`Shape::Composed`] in it is text as it is, constant text
    /// too; everything else is JSON.
    Chain(Vec<Item>),
}

/// A member of an object.
#[derive(Debug, Clone)]
pub struct Property {
    /// The key.
    pub key: &'static str,
    /// Whether it may be left out.
    pub optional: bool,
    /// The value.
    pub value: Shape,
}

/// An element of an array, or of a chain.
#[derive(Debug, Clone)]
pub struct Item {
    /// Whether it may be left out: in an array only where all after it are, too.
    pub optional: bool,
    /// The value.
    pub value: Shape,
}

/// A part of a composed string.
#[derive(Debug, Clone)]
pub enum Fragment {
    /// Characters that are always there.
    Literal(String),
    /// The characters of a code, a message, a text, a field or a context's field.
    Open(Shape),
    /// What a filter makes of them.
    Filtered(Shape, Filter),
}

impl Shape {
    /// The shape of an entry's message in the context with this index, and the kind of frame.
    ///
    /// `None` where the entry sends no message there.
    pub fn of(catalog: &Catalog, entry: &Entry, context: usize) -> Option<(Self, Format)> {
        Self::specialise(catalog, entry, context, None)
    }

    /// The shape of an entry's body over HTTP, and its format; `None` where it has none.
    pub fn of_body(catalog: &Catalog, entry: &Entry) -> Option<(Self, Format)> {
        let Envelope { template, format } = catalog.envelopes.get(entry.http?.envelope?)?;
        let specialiser = Specialiser::new(entry, HTTP_CONTEXT.fields, None);
        Some((specialiser.root(template), *format))
    }

    /// The shape of [`Shape::of`], but with the code or the name open: all entries whose messages differ in it only
    /// have one shape. It is a [`Shape::Code`] of a field without an `ident`; what else follows from
    /// the entry, as whether it is recoverable, is a text that says nothing.
    ///
    /// The entry need not be one of the catalog's: one without anything of its own shows what all
    /// messages of an envelope have in common.
    pub fn with_open(
        slot: Slot,
        catalog: &Catalog,
        entry: &Entry,
        context: usize,
    ) -> Option<(Self, Format)> {
        Self::specialise(catalog, entry, context, Some(slot))
    }

    fn specialise(
        catalog: &Catalog,
        entry: &Entry,
        context: usize,
        open: Option<Slot>,
    ) -> Option<(Self, Format)> {
        let Envelope { template, format } = catalog.envelopes.get(entry.envelope(context)?)?;
        let fields = catalog.contexts.get(context)?.fields;
        Some((Specialiser::new(entry, fields, open).root(template), *format))
    }
}

/// What the envelope of an entry asks for in the context with this index, and the entry lacks.
pub fn problems(catalog: &Catalog, entry: &Entry, context: usize) -> Vec<Problem> {
    let envelope = entry.envelope(context).and_then(|index| catalog.envelopes.get(index));
    let (Some(envelope), Some(context)) = (envelope, catalog.contexts.get(context)) else {
        return Vec::new();
    };
    let specialiser = Specialiser::new(entry, context.fields, None);
    specialiser.root(&envelope.template);
    specialiser.problems()
}

/// What an envelope asks of an entry that lacks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem {
    /// The constant of the entry's own whose template asks for it; `None` where the envelope does.
    pub constant: Option<&'static str>,
    /// Which slot of the template asks, counted as they are written.
    pub slot: usize,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What is wrong with a slot in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A value has to stand there, and the entry has none.
    Missing(Slot),
    /// It stands in a string, and is no text.
    NoText(Slot),
    /// It is spliced into an array, and is no list.
    NoList(Slot),
    /// Its fields are spliced into an object, and have no names.
    Unnamed(Slot),
    /// Too many `json(…)` are inside each other.
    TooMuchEncoded,
}

/// How many `json(…)` may be inside each other, through constants as well: each doubles the
/// backslashes of what is in it.
pub const MAX_ENCODED: usize = 4;

/// What is said where there are more.
pub const TOO_MUCH_ENCODED: &str = "`json(…)` stands inside of at most three others: each doubles the backslashes of the one in it";

const NULL: Shape = Shape::Constant(Cow::Borrowed("null"));

impl Shape {
    /// Calls `visit` for each shape that stands directly in it, in the order on the wire.
    pub fn each_child<'s>(&'s self, visit: &mut impl FnMut(&'s Self)) {
        match self {
            Self::Object(properties) => properties.iter().for_each(|one| visit(&one.value)),
            Self::Array(items) | Self::Chain(items) => {
                items.iter().for_each(|item| visit(&item.value));
            }
            Self::Splice(shape) | Self::Encoded(shape) => visit(shape),
            Self::Composed(fragments) => fragments.iter().for_each(|fragment| match fragment {
                Fragment::Literal(_) => {}
                Fragment::Open(shape) | Fragment::Filtered(shape, _) => visit(shape),
            }),
            Self::Default(shape, default) => {
                visit(shape);
                visit(default);
            }
            Self::Constant(_)
            | Self::Code(..)
            | Self::Message(_)
            | Self::Text(_)
            | Self::Field(..)
            | Self::Context(..) => {}
        }
    }

    /// The pieces of a message or a text, where it has a text that is known.
    pub fn pieces(&self) -> Option<&'static [Piece]> {
        match self {
            Self::Message(Message::Text(text) | Message::Display(text)) | Self::Text(text) => {
                Some(text.0)
            }
            _ => None,
        }
    }
}
