//! The envelope language: JSON written as tokens, with slots.

mod constant;
mod format;
mod parse;
mod word;

pub(crate) use constant::constant;
pub(crate) use format::envelope;
pub(crate) use parse::whole;

use proc_macro2::{Ident, Span, TokenStream};

/// A template, or a part of one.
#[derive(Debug, Clone)]
pub(crate) enum Template {
    /// A number, `true`, `false` or `null`, as JSON.
    Constant(String),
    Object(Vec<Member>),
    Array(Vec<Element>),
    Slot(SlotUse),
    /// A string: constant, or composed of the characters of slots.
    Composed(Vec<Part>),
    Default(Box<Template>, Box<Template>),
    /// A string that holds JSON.
    Encoded(Box<Template>),
    /// A list whose elements are spliced into the array around it.
    Splice(SlotUse),
    /// Text and JSON one after the other; only at the root.
    Chain(Vec<Element>),
}

/// The kind of frame that an envelope makes.
#[derive(Debug, Clone, Default)]
pub(crate) enum Format {
    /// Text: JSON, or a string as it is.
    #[default]
    Text,
    /// The same as bytes.
    Binary,
    /// Constant bytes, and what is packed behind them.
    Packed(Packing, Vec<u8>),
    /// The user's own encoder, and decoder.
    With(TokenStream, Option<TokenStream>),
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Packing {
    MessagePack,
    Cbor,
}

#[derive(Debug, Clone)]
pub(crate) enum Member {
    Pair { key: String, optional: bool, value: Template },
    Splice(SlotUse),
}

#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) optional: bool,
    pub(crate) value: Template,
}

#[derive(Debug, Clone)]
pub(crate) enum Part {
    Literal(String),
    Slot(SlotUse),
}

/// A slot where it is used.
#[derive(Debug, Clone)]
pub(crate) struct SlotUse {
    pub(crate) slot: Slot,
    pub(crate) cast: Option<Cast>,
    pub(crate) filter: Option<Filter>,
    pub(crate) span: Span,
    /// The placeholder as it stands in a string, for messages.
    pub(crate) quoted: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    Code,
    Name,
    Message,
    Details,
    Recoverable,
    RetryAfter,
    Close,
    Reason,
    Fields,
    Set(String),
    Field(String),
    Context(Ident),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cast {
    String,
    Number,
}

/// What is made of the characters of a slot in a string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filter {
    Quoted,
    Line,
    Xml,
    Raw,
    Len,
}

pub(crate) const FILTERS: [(&str, Filter); 4] = [
    ("quoted", Filter::Quoted),
    ("line", Filter::Line),
    ("xml", Filter::Xml),
    ("raw", Filter::Raw),
];

impl Filter {
    /// The same as the runtime makes, for what is constant.
    pub(crate) fn apply(self, text: &str) -> String {
        match self {
            Self::Quoted => quote(text),
            Self::Line => text.replace(char::is_control, " "),
            Self::Raw => text.to_owned(),
            Self::Len => text.len().to_string(),
            Self::Xml => text.chars().fold(String::new(), |mut out, character| {
                match character {
                    '&' => out.push_str("&amp;"),
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '"' => out.push_str("&quot;"),
                    '\'' => out.push_str("&#39;"),
                    c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
                    c => out.push(c),
                }
                out
            }),
        }
    }
}

pub(crate) const SLOTS: [(&str, Slot); 8] = [
    ("code", Slot::Code),
    ("name", Slot::Name),
    ("message", Slot::Message),
    ("details", Slot::Details),
    ("recoverable", Slot::Recoverable),
    ("retry_after", Slot::RetryAfter),
    ("close", Slot::Close),
    ("reason", Slot::Reason),
];

impl Slot {
    /// The slot as it is written.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Fields => "self".to_owned(),
            Self::Set(name) => format!("set.{name}"),
            Self::Field(name) => format!("self.{name}"),
            Self::Context(name) => format!("cx.{name}"),
            other => SLOTS
                .iter()
                .find(|(_, slot)| slot == other)
                .map_or_else(String::new, |(name, _)| (*name).to_owned()),
        }
    }
}

impl SlotUse {
    /// The slot as it is written there.
    pub(crate) fn text(&self) -> String {
        self.quoted.clone().unwrap_or_else(|| self.slot.text())
    }
}

impl Template {
    /// Calls `visit` for each slot in it, in order.
    pub(crate) fn each_slot<'a>(&'a self, visit: &mut impl FnMut(&'a SlotUse)) {
        match self {
            Self::Constant(_) => {}
            Self::Slot(slot) | Self::Splice(slot) => visit(slot),
            Self::Object(members) => {
                for member in members {
                    match member {
                        Member::Pair { value, .. } => value.each_slot(visit),
                        Member::Splice(slot) => visit(slot),
                    }
                }
            }
            Self::Array(elements) | Self::Chain(elements) => {
                elements.iter().for_each(|element| element.value.each_slot(visit));
            }
            Self::Composed(parts) => parts.iter().for_each(|part| match part {
                Part::Slot(slot) => visit(slot),
                Part::Literal(_) => {}
            }),
            Self::Default(value, default) => {
                value.each_slot(visit);
                default.each_slot(visit);
            }
            Self::Encoded(value) => value.each_slot(visit),
        }
    }
}

/// A text as a JSON string, as serde_json writes it.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    push_escaped(&mut out, text);
    out.push('"');
    out
}

/// A text as the inside of a JSON string.
pub(crate) fn push_escaped(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", control as u32)),
            other => out.push(other),
        }
    }
}
