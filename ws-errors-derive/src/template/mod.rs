//! The envelope language: JSON written as tokens, with slots.

mod containers;
mod format;
mod parse;
mod word;

pub(crate) use format::{envelope, problem};
pub(crate) use word::raw;

use proc_macro2::{Span, TokenStream};
use ws_errors_core::catalog::{Format, Node, Slot};

use crate::attr::variant::Constant;
use crate::cursor::Cursor;
use crate::errors::error;
use crate::keep;

/// A template, and where its slots are written: in the order in which [`Node::each_slot`] visits them.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) node: Node,
    pub(crate) slots: Vec<Written>,
}

/// A slot where it is written.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    pub(crate) span: Span,
    /// Where its field is written, behind the dot.
    pub(crate) field: Span,
    /// As it is written there: in a string with its braces, and its filter.
    pub(crate) text: String,
}

impl Written {
    /// A slot by itself, and where its field is written.
    fn of(slot: Slot, span: Span, field: Span) -> Self {
        Self { span, field, text: slot.to_string() }
    }
}

/// The kind of frame that an envelope makes.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) format: Format,
    /// The paths of the user's own encoder and decoder.
    pub(crate) codec: Option<(TokenStream, Option<TokenStream>)>,
}

/// Reads templates, and keeps where the slots are written, in order.
#[derive(Default)]
struct Reader {
    slots: Vec<Written>,
    /// Whether there are no slots here, so that braces in a string are braces.
    constant: bool,
}

impl Template {
    fn read(
        cursor: Cursor,
        read: impl FnOnce(&mut Reader, Cursor) -> syn::Result<Node>,
    ) -> syn::Result<Self> {
        let mut reader = Reader::default();
        let node = read(&mut reader, cursor)?;
        Ok(Self { node, slots: reader.slots })
    }

    /// A template for which one word stands.
    fn of_word(node: Node, span: Span) -> Self {
        let mut slots = Vec::new();
        node.each_slot(&mut |slot, _| slots.push(Written::of(slot, span, span)));
        Self { node, slots }
    }

    /// What stands for a template that can't be used.
    pub(crate) fn null() -> Self {
        Self { node: Node::Constant("null"), slots: Vec::new() }
    }

    /// Calls `visit` for each slot in it, in order.
    pub(crate) fn each<'t>(&'t self, visit: &mut impl FnMut(Slot, &'t Written)) {
        let mut written = self.slots.iter();
        self.node.each_slot(&mut |slot, _| {
            if let Some(written) = written.next() {
                visit(slot, written);
            }
        });
    }

    /// The same through constants of the user's own, each of which is looked into once.
    pub(crate) fn each_reached<'t>(
        &'t self,
        constants: &'t [Constant],
        visit: &mut impl FnMut(Slot, &'t Written),
    ) {
        let mut seen: Vec<&str> = Vec::new();
        let mut templates = vec![self];
        while let Some(template) = templates.pop() {
            template.each(&mut |slot, written| {
                visit(slot, written);
                if let Slot::Set(name) = slot
                    && !seen.contains(&name)
                {
                    seen.push(name);
                    let constant = constants.iter().find(|constant| constant.name == name);
                    templates.extend(constant.map(|constant| &constant.template));
                }
            });
        }
    }
}

impl Frame {
    /// A frame that no function of the user's makes.
    pub(crate) fn of(format: Format) -> Self {
        Self { format, codec: None }
    }

    /// The path of the decoder, as it is written.
    pub(crate) fn decoder(&self) -> Option<String> {
        self.codec.as_ref()?.1.as_ref().map(TokenStream::to_string)
    }
}

/// One value, and nothing after it.
pub(crate) fn whole(cursor: Cursor) -> syn::Result<Template> {
    Template::read(cursor, |reader, cursor| reader.whole(cursor).map(as_json))
}

/// A value without slots, as compact JSON.
pub(crate) fn constant(cursor: Cursor) -> syn::Result<&'static str> {
    let span = cursor.span();
    let template = Template::read(cursor, |reader, cursor| {
        reader.constant = true;
        reader.whole(cursor)
    })?;
    if let Some(slot) = template.slots.first() {
        return error(
            slot.span,
            "a constant is expected here, and a slot is none; write JSON: `\"text\"`, `5`, `{ \"key\": true }`",
        );
    }
    match template.node.constant() {
        Some(json) => Ok(keep::text(&json)),
        None => error(span, "a constant is expected here, without `?`, `??` or `..`"),
    }
}

/// What stands where a JSON value does: a string without slots is a constant there.
fn as_json(node: Node) -> Node {
    match node {
        Node::Composed(_) => node.constant().map_or(node, |json| Node::Constant(keep::text(&json))),
        node => node,
    }
}

fn kept(node: Node) -> &'static Node {
    // A list of one is a reference to it.
    match keep::list(vec![node]).first() {
        Some(node) => node,
        None => &Node::Constant("null"),
    }
}
