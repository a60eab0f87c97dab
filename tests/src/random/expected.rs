//! What has to come back of a value that was sent.

use serde_json::Value;
use ws_errors::catalog::{Cast, Entry, Filter, Message};
use ws_errors::wire::{Fragment, Shape};

use super::outcome::plain;

/// Where a value stands in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    /// Whose it is.
    pub of: Of,
    /// Whether its type has a nothing: any other `null` is a value, whose characters are `null`.
    is_optional: bool,
    /// The filters around its characters; `None` where it stands as JSON.
    characters: Option<Option<Filter>>,
    cast: Option<Cast>,
    /// What stands in its place where it is nothing, or that it stands in something's place.
    default: Option<Box<Default>>,
}

/// Whose value it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A field of the variant, by its name in Rust.
    Field(&'static str),
    /// A field of the context.
    Context(&'static str),
    /// The text for the client.
    Message,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Default {
    /// It is nothing where it is this.
    Constant(Value),
    /// It stands for another value.
    Other,
}

/// The places of all values in a shape.
pub(super) fn places(entry: &Entry, shape: &Shape) -> Vec<Place> {
    let mut out = Vec::new();
    collect(entry, shape, None, None, &mut out);
    out
}

fn collect(
    entry: &Entry,
    shape: &Shape,
    characters: Option<Option<Filter>>,
    default: Option<&Default>,
    out: &mut Vec<Place>,
) {
    let mut add = |of: Of, is_optional: bool, cast: Option<Cast>| {
        let default = default.cloned().map(Box::new);
        out.push(Place { of, is_optional, characters, cast, default });
    };
    match shape {
        Shape::Code(field, cast) => add(Of::Field(field.ident), field.ty.optional, *cast),
        Shape::Field(field, cast) => {
            add(Of::Field(field.ident), field.ty.optional, cast.or(field.cast));
        }
        Shape::Message(Message::Field(ident)) => {
            let field = entry.field(ident);
            let is_optional = field.is_some_and(|field| field.ty.optional);
            add(Of::Field(ident), is_optional, field.and_then(|field| field.cast));
        }
        Shape::Message(_) => add(Of::Message, false, None),
        Shape::Context(field, cast) => {
            add(Of::Context(field.name), (field.ty)().optional, *cast);
        }
        Shape::Constant(_) | Shape::Text(_) => {}
        Shape::Composed(fragments) => {
            for fragment in fragments {
                match fragment {
                    Fragment::Literal(_) => {}
                    // A filter is one of all that is in it.
                    Fragment::Open(shape) => {
                        collect(entry, shape, characters.or(Some(None)), default, out);
                    }
                    Fragment::Filtered(shape, filter) => {
                        collect(entry, shape, Some(Some(*filter)), default, out);
                    }
                }
            }
        }
        Shape::Default(value, instead) => {
            let constant = match &**instead {
                Shape::Constant(json) => serde_json::from_str(json).ok(),
                _ => None,
            };
            let nothing = constant.map_or(Default::Other, Default::Constant);
            collect(entry, value, characters, Some(&nothing), out);
            collect(entry, instead, characters, Some(&Default::Other), out);
        }
        shape => shape.each_child(&mut |child| collect(entry, child, characters, default, out)),
    }
}

impl Place {
    /// Whether the value itself is there, and always.
    pub(super) fn is_exact(&self) -> bool {
        self.characters.is_none() && self.default.is_none()
    }

    /// Whether something of the value can be read.
    pub(super) fn is_read(&self) -> bool {
        self.characters != Some(Some(Filter::Len))
    }

    /// Whether this may come back of a value: null stands for nothing.
    pub(super) fn allows(&self, sent: &Value, read: &Value) -> bool {
        let read = &plain(read);
        if read.is_null() {
            let is_default = match self.default.as_deref() {
                Some(Default::Constant(default)) => plain(default) == plain(sent),
                Some(Default::Other) => true,
                None => false,
            };
            let is_empty = self.characters.is_some() && text(sent).is_empty();
            return sent.is_null() || is_default || is_empty || !self.is_read();
        }
        match self.characters {
            None if self.cast == Some(Cast::String) => *read == text(sent),
            None => *read == plain(sent) || (sent.is_null() && self.default.is_some()),
            Some(filter) => {
                let Value::String(read) = read else { return false };
                let sent = match sent.is_null() && !self.is_optional {
                    true => sent.to_string(),
                    false => text(sent),
                };
                let replaced = |by: char| -> String {
                    sent.chars().map(|c| if c.is_control() { by } else { c }).collect()
                };
                *read == sent
                    || *read == replaced(char::REPLACEMENT_CHARACTER)
                    || (filter == Some(Filter::Stomp) && *read == with_line_breaks(&sent))
                    || (filter == Some(Filter::Line) && *read == replaced(' '))
                    || (filter == Some(Filter::Word) && *read == one_word(&sent))
            }
        }
    }
}

/// What is left of a value as one word.
fn one_word(text: &str) -> String {
    let word = text.replace(|c: char| c.is_whitespace() || c.is_control(), "_");
    match word.strip_prefix(':') {
        Some(rest) => format!("_{rest}"),
        None => word,
    }
}

/// What is left of a value where line breaks have escapes, and other control characters have none.
fn with_line_breaks(text: &str) -> String {
    let is_lost = |c: char| c.is_control() && !matches!(c, '\r' | '\n');
    text.replace(is_lost, &char::REPLACEMENT_CHARACTER.to_string())
}

/// The characters of a value.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
