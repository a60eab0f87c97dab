//! The shape of an error message, as data.

use std::any::Any;
use std::fmt;

use super::Slot;

/// The shape that an error message has on the wire, for one context.
///
/// It is what the attribute declares, and knows no variant: an entry fills its slots.
/// [`Shape`](crate::shape::Shape) is the same specialised to an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Envelope {
    /// The template.
    pub template: Node,
    /// What kind of frame it makes.
    pub format: Format,
}

/// The kind of frame that an envelope makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A text frame that holds JSON, perhaps with text before or after it.
    Json,
    /// A text frame that is not JSON: the template is a string.
    Text,
    /// The same as a binary frame: the UTF-8 of the template.
    Binary,
    /// A binary frame: these bytes, and the template as MessagePack.
    MessagePack(&'static [u8]),
    /// A binary frame: these bytes, and the template as CBOR (RFC 8949).
    Cbor(&'static [u8]),
    /// Whatever the application makes of the template, which names the slots.
    With(Codec),
}

/// The way out of the template language: an encoder of the application's own, and a decoder if there
/// is one.
///
/// Close frames, policies, docs and types still come from the enum. Declared by `with(encode)`, or
/// `with(encode, decode, { "code": code, "id": cx.id })`: what they exchange is the object of that
/// template, so that a decoded one is matched as any message is.
#[derive(Clone, Copy)]
pub struct Codec {
    /// The path of the encoder, as it is written.
    pub name: &'static str,
    /// The functions, which the runtime knows the type of.
    pub functions: fn() -> &'static dyn Any,
}

impl Format {
    /// The feature of `ws-errors` that packs it, where one does.
    pub const fn feature(&self) -> Option<&'static str> {
        match self {
            Self::MessagePack(_) => Some("msgpack"),
            Self::Cbor(_) => Some("cbor"),
            Self::Json | Self::Text | Self::Binary | Self::With(_) => None,
        }
    }
}

impl Codec {
    /// What its functions exchange where the envelope names no slots.
    pub const ALL_SLOTS: Node = Node::Object(&[
        Member::of("code", Slot::Code, true),
        Member::of("name", Slot::Name, false),
        Member::of("message", Slot::Message, true),
        Member::of("details", Slot::Details, true),
    ]);
}

/// Codecs are the same where they are written the same.
impl PartialEq for Codec {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Codec {}

impl fmt::Debug for Codec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Codec").field(&self.name).finish()
    }
}

/// A node of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Node {
    /// A constant, as compact JSON.
    Constant(&'static str),
    /// An object; its members in the order on the wire.
    Object(&'static [Member]),
    /// An array.
    Array(&'static [Element]),
    /// A slot.
    Slot {
        /// Which.
        slot: Slot,
        /// The JSON type that it is turned into, where one is asked for.
        cast: Option<Cast>,
    },
    /// A list whose elements are spliced into the array around it; only as an element of one.
    Splice(Slot),
    /// A string composed of the characters of slots.
    Composed(&'static [Part]),
    /// A template, and what stands in its place when it is nothing.
    Default {
        /// The template.
        node: &'static Node,
        /// What stands in its place.
        default: &'static Node,
    },
    /// A string that holds the JSON of a template.
    Encoded(&'static Node),
    /// Text and JSON one after the other; only as the root. A string in it is text as it is.
    Chain(&'static [Element]),
}

/// A member of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Member {
    /// A key with its value.
    Pair {
        /// The key.
        key: &'static str,
        /// Whether it is left out when the value is nothing.
        optional: bool,
        /// The value.
        value: Node,
    },
    /// The named fields of the variant: [`Slot::Details`] or [`Slot::Fields`].
    Splice(Slot),
}

/// An element of an array, or of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Element {
    /// Whether it is left out when the value is nothing.
    pub optional: bool,
    /// The value.
    pub value: Node,
}

/// A part of a composed string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Characters that are always there.
    Literal(&'static str),
    /// The characters of a slot.
    Slot(Slot),
    /// What a filter makes of the characters of a slot.
    Filtered(Slot, Filter),
}

/// What is made of the characters of a slot in a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Filter {
    /// In quotes, and escaped as in JSON (RFC 8259, section 7).
    Quoted,
    /// On one line: a space for each control character.
    Line,
    /// Escaped as in XML (XML 1.0, section 2.4), for text and for attributes.
    Xml,
    /// One word: `_` for white space, for control characters, and for a colon at its beginning.
    Word,
    /// Percent-encoded (RFC 3986, section 2.1).
    Percent,
    /// With the escapes of STOMP 1.2.
    Stomp,
    /// As they are, control characters too.
    Raw,
    /// Their number, in bytes of UTF-8.
    Len,
}

/// The JSON type that a value is turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cast {
    /// A string with the characters of the value.
    String,
    /// A number, although it may be too large for JavaScript.
    Number,
}

impl Cast {
    /// The cast with this name.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "string" => Some(Self::String),
            "number" => Some(Self::Number),
            _ => None,
        }
    }
}

/// How a slot stands in a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// As a JSON value, perhaps turned into another type.
    Value(Option<Cast>),
    /// As characters of a string.
    Characters,
    /// As the number of its characters, which says nothing of what they are.
    Length,
}

/// What stands directly in a node.
#[derive(Debug, Clone, Copy)]
pub enum Inside {
    /// A slot.
    Slot(Slot, Stands),
    /// A node; of a default it is the left side, and then the right one.
    Node(&'static Node),
}

impl Node {
    /// Calls `visit` for what stands directly in it, in the order in which it is written.
    pub fn each_inside(&self, visit: &mut impl FnMut(Inside)) {
        match *self {
            Self::Constant(_) => {}
            Self::Slot { slot, cast } => visit(Inside::Slot(slot, Stands::Value(cast))),
            Self::Splice(slot) => visit(Inside::Slot(slot, Stands::Value(None))),
            Self::Object(members) => members.iter().for_each(|member| match member {
                Member::Pair { value, .. } => visit(Inside::Node(value)),
                Member::Splice(slot) => visit(Inside::Slot(*slot, Stands::Value(None))),
            }),
            Self::Array(elements) | Self::Chain(elements) => {
                elements.iter().for_each(|element| visit(Inside::Node(&element.value)));
            }
            Self::Composed(parts) => parts.iter().for_each(|part| match part {
                Part::Literal(_) => {}
                Part::Filtered(slot, Filter::Len) => visit(Inside::Slot(*slot, Stands::Length)),
                Part::Slot(slot) | Part::Filtered(slot, _) => {
                    visit(Inside::Slot(*slot, Stands::Characters));
                }
            }),
            Self::Default { node, default } => {
                visit(Inside::Node(node));
                visit(Inside::Node(default));
            }
            Self::Encoded(node) => visit(Inside::Node(node)),
        }
    }

    /// Calls `visit` for each slot in it, in the order in which they are written.
    pub fn each_slot(&self, visit: &mut impl FnMut(Slot, Stands)) {
        self.each_inside(&mut |inside| match inside {
            Inside::Slot(slot, stands) => visit(slot, stands),
            Inside::Node(node) => node.each_slot(visit),
        });
    }

    /// Calls `visit` for what stands in each place where something else is nothing.
    pub fn each_default(&self, visit: &mut impl FnMut(&'static Self)) {
        match *self {
            Self::Default { node, default } => {
                node.each_default(visit);
                visit(default);
            }
            node => node.each_inside(&mut |inside| {
                if let Inside::Node(node) = inside {
                    node.each_default(visit);
                }
            }),
        }
    }

    /// How many slots are in it.
    pub fn slots(&self) -> usize {
        let mut count = 0;
        self.each_slot(&mut |_, _| count += 1);
        count
    }
}

impl Member {
    /// A slot under a key.
    pub(super) const fn of(key: &'static str, slot: Slot, optional: bool) -> Self {
        Self::Pair { key, optional, value: Node::Slot { slot, cast: None } }
    }

    /// How many slots are in it.
    pub fn slots(&self) -> usize {
        match self {
            Self::Pair { value, .. } => value.slots(),
            Self::Splice(_) => 1,
        }
    }
}

impl Envelope {
    /// Returns whether its frames hold JSON and nothing else.
    pub const fn is_json(&self) -> bool {
        matches!(self.format, Format::Json) && !matches!(self.template, Node::Chain(_))
    }

    /// Returns whether what its frames hold is JSON, in whichever format it is sent: for what describes it.
    pub fn holds_json(&self) -> bool {
        let is_text = match self.template {
            Node::Chain(_) | Node::Composed(_) => true,
            Node::Constant(json) => json.starts_with('"'),
            _ => false,
        };
        match self.format {
            Format::Json => self.is_json(),
            Format::Text => false,
            Format::Binary => !is_text,
            Format::MessagePack(_) | Format::Cbor(_) | Format::With(_) => true,
        }
    }
}
