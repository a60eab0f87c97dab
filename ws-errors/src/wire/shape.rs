//! An envelope specialised to one entry: what decoders, schemas and generated clients read.

use std::borrow::Cow;

use super::argument::characters_of;
use crate::catalog::{
    Cast, Catalog, ClosingCode, Code, ContextField, Details, Element, Entry, Envelope, Field,
    FieldType, Filter, Format, Member, Message, Node, Part, Piece, RetryKind, Slot, Text,
};
use crate::wire::Encoding;

/// What the message of one entry looks like in one context.
///
/// What is the same for each occurrence is a constant here, and slots of which the entry has nothing
/// are gone.
#[derive(Debug, Clone)]
pub enum Shape {
    /// The same for each occurrence, as compact JSON.
    Constant(Cow<'static, str>),
    /// A code that no other entry has, from a field.
    Code(&'static Field),
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
    /// The shape of an entry's message in one of its encodings, and the kind of frame.
    ///
    /// `None` where the encoding is not one of this catalog's.
    pub fn of(
        catalog: &'static Catalog,
        entry: &'static Entry,
        encoding: &Encoding,
    ) -> Option<(Self, Format)> {
        Self::specialise(catalog, entry, encoding, None)
    }

    /// The same, but with the code or the name open: all entries whose messages differ in it only
    /// have one shape. It is a [`Shape::Code`] of a field without an `ident`; what else follows from
    /// the entry, as whether it is recoverable, is a text that says nothing.
    ///
    /// The entry need not be one of the catalog's: one without anything of its own shows what all
    /// messages of an envelope have in common.
    pub(crate) fn with_open(
        slot: Slot,
        catalog: &'static Catalog,
        entry: &Entry,
        encoding: &Encoding,
    ) -> Option<(Self, Format)> {
        Self::specialise(catalog, entry, encoding, Some(slot))
    }

    /// The same for an entry that is not in the catalog yet.
    pub(crate) fn of_entry(
        catalog: &'static Catalog,
        entry: &Entry,
        encoding: &Encoding,
    ) -> Option<(Self, Format)> {
        Self::specialise(catalog, entry, encoding, None)
    }

    fn specialise(
        catalog: &'static Catalog,
        entry: &Entry,
        encoding: &Encoding,
        open: Option<Slot>,
    ) -> Option<(Self, Format)> {
        let Envelope { template, format } = catalog.envelopes.get(encoding.envelope)?;
        let context = catalog.contexts.get(encoding.context)?.fields;
        let shape = Specialiser { entry, context, open }.node(template);
        Some((shape.unwrap_or(NULL), *format))
    }

    /// The constant as JSON, where it is one.
    pub fn constant(&self) -> Option<serde_json::Value> {
        match self {
            Self::Constant(json) => serde_json::from_str(json).ok(),
            _ => None,
        }
    }
}

const NULL: Shape = Shape::Constant(Cow::Borrowed("null"));

/// What stands for a code that is left open.
const fn open_code(cast: Option<Cast>) -> Field {
    Field {
        name: "code",
        ident: "",
        docs: "",
        ty: FieldType { optional: false, wide: false, schema: None },
        cast,
        example: None,
        in_details: false,
        on_wire: false,
    }
}
static OPEN_CODE: Field = open_code(None);
static OPEN_CODE_AS_STRING: Field = open_code(Some(Cast::String));

struct Specialiser<'a> {
    entry: &'a Entry,
    context: &'static [ContextField],
    /// The slot that is left open: the code, or the name.
    open: Option<Slot>,
}

impl Specialiser<'_> {
    /// The shape of a node; `None` where it is always nothing.
    fn node(&self, node: &Node) -> Option<Shape> {
        match *node {
            Node::Constant(json) => Some(Shape::Constant(Cow::Borrowed(json))),
            Node::Object(members) => self.object(members),
            Node::Array(elements) => Some(Shape::Array(self.items(elements))),
            Node::Slot { slot, cast } => self.slot(slot, cast),
            Node::Splice(slot) => Some(Shape::Splice(Box::new(self.slot(slot, None)?))),
            Node::Composed(parts) => self.composed(parts),
            Node::Default { node, default } => {
                let default = self.node(default).unwrap_or(NULL);
                Some(match self.node(node) {
                    None => default,
                    Some(shape) if self.is_always_something(node) => shape,
                    Some(shape) => Shape::Default(Box::new(shape), Box::new(default)),
                })
            }
            Node::Encoded(node) => Some(match self.node(node)? {
                Shape::Constant(json) => Shape::Constant(Cow::Owned(quote(&json))),
                shape => Shape::Encoded(Box::new(shape)),
            }),
            Node::Chain(elements) => Some(Shape::Chain(
                elements
                    .iter()
                    .filter_map(|Element { optional, value }| {
                        let optional = *optional && !self.is_always_something(value);
                        Some(Item { optional, value: self.link(value)? })
                    })
                    .collect(),
            )),
        }
    }

    /// The shape of an element of a chain: a string of the template is text, a bare slot is JSON.
    fn link(&self, node: &Node) -> Option<Shape> {
        let is_text = match node {
            Node::Constant(json) => json.starts_with('"'),
            Node::Composed(_) => true,
            _ => false,
        };
        Some(match self.node(node)? {
            Shape::Constant(json) if is_text => {
                Shape::Composed(vec![Fragment::Literal(characters_of(&*json))])
            }
            shape => shape,
        })
    }

    /// An object with slots is nothing when every one of them is.
    fn object(&self, members: &[Member]) -> Option<Shape> {
        let mut properties = Vec::with_capacity(members.len());
        for member in members {
            match *member {
                Member::Pair { key, optional, value: ref node } => match self.node(node) {
                    Some(value) => {
                        let optional = optional && !self.is_always_something(node);
                        properties.push(Property { key, optional, value });
                    }
                    None if optional => {}
                    None => properties.push(Property { key, optional: false, value: NULL }),
                },
                Member::Splice(slot) => properties.extend(self.splice(slot == Slot::Details)),
            }
        }
        (!properties.is_empty() || members.is_empty()).then_some(Shape::Object(properties))
    }

    fn splice(&self, details: bool) -> impl Iterator<Item = Property> {
        self.entry
            .fields
            .iter()
            .filter(move |field| if details { field.in_details } else { field.on_wire })
            .map(|field| Property {
                key: field.name,
                optional: field.ty.optional,
                value: Shape::Field(field, field.cast),
            })
    }

    fn items(&self, elements: &[Element]) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::with_capacity(elements.len());
        // Elements that are always nothing stay only where one that may be something follows.
        let mut length = 0;
        for Element { optional, value } in elements {
            // `args? ?? []`: the element is left out when `args` is nothing, and `[]` holds its
            // place.
            let inner = match value {
                Node::Default { node, .. } if *optional => node,
                node => node,
            };
            let is_something = self.node(inner).is_some();
            let optional = *optional && !self.is_always_something(inner);
            let value = match self.node(value) {
                Some(shape) => shape,
                // A list that the entry doesn't have has no elements.
                None if matches!(value, Node::Splice(_)) => continue,
                None => NULL,
            };
            items.push(Item { optional, value });
            if is_something || !optional {
                length = items.len();
            }
        }
        items.truncate(length);
        items
    }

    /// Whether an optional place that holds the node is never left out.
    ///
    /// An object with slots is left out when every one of them is nothing, whatever else it holds.
    fn is_always_something(&self, node: &Node) -> bool {
        match *node {
            Node::Constant(_) | Node::Array(_) => true,
            Node::Object(_) => {
                let mut slots = Vec::new();
                collect_slots(node, &mut slots);
                slots.is_empty() || slots.iter().any(|&slot| self.is_slot_always_something(slot))
            }
            Node::Slot { slot, .. } | Node::Splice(slot) => self.is_slot_always_something(slot),
            Node::Composed(parts) => {
                let mut slots = parts.iter().filter_map(|part| match part {
                    Part::Slot(slot) | Part::Filtered(slot, _) => Some(*slot),
                    Part::Literal(_) => None,
                });
                parts.iter().all(|part| matches!(part, Part::Literal(_)))
                    || slots.any(|slot| self.is_slot_always_something(slot))
            }
            Node::Default { node, default } => {
                self.is_always_something(node) || self.is_always_something(default)
            }
            Node::Encoded(node) => self.is_always_something(node),
            Node::Chain(elements) => {
                elements.iter().any(|element| self.is_always_something(&element.value))
            }
        }
    }

    fn is_slot_always_something(&self, slot: Slot) -> bool {
        match slot {
            Slot::Set(name) => self
                .entry
                .constants
                .iter()
                .any(|(other, node)| *other == name && self.is_always_something(node)),
            Slot::Details | Slot::Fields => {
                let details = slot == Slot::Details;
                self.entry.fields.iter().any(|field| {
                    (if details { field.in_details } else { field.on_wire }) && !field.ty.optional
                }) || (details && self.entry.details == Details::Array)
            }
            _ => match self.slot(slot, None) {
                None => false,
                Some(Shape::Field(field, _)) => !field.ty.optional,
                Some(Shape::Context(field, _)) => !(field.ty)().optional,
                Some(Shape::Message(Message::Field(name))) => {
                    self.entry.field(name).is_some_and(|field| !field.ty.optional)
                }
                Some(_) => true,
            },
        }
    }

    fn composed(&self, parts: &[Part]) -> Option<Shape> {
        let mut fragments = Vec::new();
        let mut text = String::new();
        let mut something = parts.iter().all(|part| matches!(part, Part::Literal(_)));
        for part in parts {
            let (slot, filter) = match *part {
                Part::Literal(literal) => {
                    text.push_str(literal);
                    continue;
                }
                Part::Slot(slot) => (slot, None),
                Part::Filtered(slot, filter) => (slot, Some(filter)),
            };
            let Some(shape) = self.slot(slot, None) else { continue };
            something = true;
            if let Shape::Constant(json) = &shape {
                // The literal that ends a slot is the same in all entries, and stays apart.
                if !fragments.is_empty() && !text.is_empty() {
                    fragments.push(Fragment::Literal(std::mem::take(&mut text)));
                }
                let constant = characters_of(&**json);
                match filter {
                    Some(filter) => text.push_str(&filter.apply(&constant)),
                    None => text.push_str(&constant),
                }
                continue;
            }
            if !text.is_empty() {
                fragments.push(Fragment::Literal(std::mem::take(&mut text)));
            }
            fragments.push(match filter {
                Some(filter) => Fragment::Filtered(shape, filter),
                None => Fragment::Open(shape),
            });
        }
        if !something {
            return None;
        }
        if fragments.is_empty() {
            return Some(Shape::Constant(Cow::Owned(quote(&text))));
        }
        if !text.is_empty() {
            fragments.push(Fragment::Literal(text));
        }
        Some(Shape::Composed(fragments))
    }

    fn slot(&self, slot: Slot, cast: Option<Cast>) -> Option<Shape> {
        let entry = self.entry;
        let constant = |json: String| {
            Some(Shape::Constant(Cow::Owned(match cast {
                Some(Cast::String) if !json.starts_with('"') => quote(&json),
                _ => json,
            })))
        };
        match slot {
            Slot::Code => match entry.code {
                Code::None => None,
                Code::Number(_) | Code::Text(_) if self.open == Some(Slot::Code) => {
                    Some(Shape::Code(match cast {
                        Some(Cast::String) => &OPEN_CODE_AS_STRING,
                        _ => &OPEN_CODE,
                    }))
                }
                Code::Number(number) => constant(number.to_string()),
                Code::Text(text) => constant(quote(text)),
                Code::Field(name) => Some(Shape::Code(entry.field(name)?)),
            },
            Slot::Name if self.open == Some(Slot::Name) => Some(Shape::Code(&OPEN_CODE_AS_STRING)),
            Slot::Name if self.open == Some(Slot::Code) => Some(Shape::Text(Text::EMPTY)),
            Slot::Recoverable if self.open.is_some() => Some(Shape::Text(Text::EMPTY)),
            Slot::Name => constant(quote(entry.name)),
            Slot::Message => match entry.message {
                Message::None => None,
                message => Some(Shape::Message(message)),
            },
            Slot::Details => self.details(),
            Slot::Recoverable => constant(entry.recoverable.to_string()),
            Slot::RetryAfter => match entry.retry.kind {
                RetryKind::After(wait) => match (wait.field, wait.fixed) {
                    (Some(name), None) => self.field(name, cast),
                    (Some(name), Some(fixed)) => Some(Shape::Default(
                        Box::new(self.field(name, cast)?),
                        Box::new(constant(fixed.as_millis().to_string())?),
                    )),
                    (None, fixed) => constant(fixed?.as_millis().to_string()),
                },
                _ => None,
            },
            Slot::Close => match entry.delivery.closing()?.code {
                ClosingCode::None => None,
                ClosingCode::Constant(code) => constant(code.to_string()),
                ClosingCode::Field(name) => self.field(name, cast),
            },
            Slot::Reason => {
                let reason = entry.delivery.closing()?.reason;
                match reason.constant() {
                    Some(text) => constant(quote(text)),
                    None => Some(Shape::Text(reason)),
                }
            }
            Slot::Fields => {
                let properties: Vec<Property> = self.splice(false).collect();
                (!properties.is_empty()).then_some(Shape::Object(properties))
            }
            Slot::Set(name) => {
                let (_, node) = entry.constants.iter().find(|(other, _)| *other == name)?;
                self.node(node)
            }
            Slot::Field(name) => self.field(name, cast),
            Slot::Context(name) => {
                let field = self.context.iter().find(|field| field.name == name)?;
                Some(Shape::Context(field, cast))
            }
        }
    }

    fn field(&self, name: &str, cast: Option<Cast>) -> Option<Shape> {
        let field = self.entry.fields.iter().find(|field| field.ident == name)?;
        Some(Shape::Field(field, cast.or(field.cast)))
    }

    fn details(&self) -> Option<Shape> {
        let fields = || self.entry.fields.iter().filter(|field| field.in_details);
        match self.entry.details {
            Details::Nothing => None,
            Details::Object => Some(Shape::Object(self.splice(true).collect())),
            Details::Value => fields().next().map(|field| Shape::Field(field, field.cast)),
            Details::Array => Some(Shape::Array(
                fields()
                    .map(|field| Item { optional: false, value: Shape::Field(field, field.cast) })
                    .collect(),
            )),
        }
    }
}

fn collect_slots(node: &Node, slots: &mut Vec<Slot>) {
    match *node {
        Node::Constant(_) => {}
        Node::Object(members) => {
            for member in members {
                match member {
                    Member::Pair { value, .. } => collect_slots(value, slots),
                    Member::Splice(slot) => slots.push(*slot),
                }
            }
        }
        Node::Array(elements) | Node::Chain(elements) => {
            elements.iter().for_each(|element| collect_slots(&element.value, slots));
        }
        Node::Slot { slot, .. } | Node::Splice(slot) => slots.push(slot),
        Node::Composed(parts) => slots.extend(parts.iter().filter_map(|part| match part {
            Part::Slot(slot) | Part::Filtered(slot, _) => Some(*slot),
            Part::Literal(_) => None,
        })),
        Node::Default { node, .. } | Node::Encoded(node) => collect_slots(node, slots),
    }
}

fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    super::escape::push_escaped(&mut out, text);
    out.push('"');
    out
}

/// The placeholders' fields of a text, for those who show it.
impl Shape {
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
