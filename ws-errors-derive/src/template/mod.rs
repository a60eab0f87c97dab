//! The envelope language: JSON written as tokens, with slots.

mod containers;
mod format;
mod parse;
mod word;

pub(crate) use format::{envelope, problem};
pub(crate) use parse::{constant, whole};
pub(crate) use word::raw;

use proc_macro2::{Span, TokenStream};
use ws_errors_core::catalog::{Cast, Element, Format, Member, Node, Part, Slot};

use crate::attr::variant::Constant;
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

/// The kind of frame that an envelope makes.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) format: Format,
    /// The paths of the user's own encoder and decoder.
    pub(crate) codec: Option<(TokenStream, Option<TokenStream>)>,
}

impl Template {
    /// A number, `true`, `false` or `null`.
    pub(crate) fn constant(json: &str) -> Self {
        Self { node: Node::Constant(keep::text(json)), slots: Vec::new() }
    }

    /// Whether it is text and JSON one after the other.
    pub(crate) fn is_chain(&self) -> bool {
        matches!(self.node, Node::Chain(_))
    }

    fn slot(slot: Slot, span: Span, field: Span) -> Self {
        let slots = vec![Written { span, field, text: slot.to_string() }];
        Self { node: Node::Slot { slot, cast: None }, slots }
    }

    /// A template for which one word stands.
    fn of_word(node: Node, span: Span) -> Self {
        let mut slots = Vec::new();
        node.each_slot(&mut |slot, _| {
            slots.push(Written { span, field: span, text: slot.to_string() });
        });
        Self { node, slots }
    }

    fn composed(parts: Vec<(Part, Option<Written>)>) -> Self {
        let (parts, slots): (Vec<Part>, Vec<Option<Written>>) = parts.into_iter().unzip();
        let node = Node::Composed(keep::list(parts));
        Self { node, slots: slots.into_iter().flatten().collect() }
    }

    /// What stands where a JSON value does: a string without slots is a constant there.
    pub(crate) fn value(self) -> Self {
        match self.node {
            Node::Composed(_) => match self.node.constant() {
                Some(json) => Self::constant(&json),
                None => self,
            },
            _ => self,
        }
    }

    fn object(members: Vec<(Member, Vec<Written>)>) -> Self {
        let (members, slots): (Vec<Member>, Vec<Vec<Written>>) = members.into_iter().unzip();
        Self { node: Node::Object(keep::list(members)), slots: slots.concat() }
    }

    fn list(elements: Vec<Item>, node: fn(&'static [Element]) -> Node) -> Self {
        let mut slots = Vec::new();
        let mut list = Vec::with_capacity(elements.len());
        for Item { optional, value } in elements {
            slots.extend(value.slots);
            list.push(Element { optional, value: value.node });
        }
        Self { node: node(keep::list(list)), slots }
    }

    fn defaulted(value: Self, default: Self) -> Self {
        let (value, mut default) = (value.value(), default.value());
        // What stands for nothing is exactly that.
        if let Some(json) = default.node.constant() {
            default.node = Node::Constant(keep::text(&json));
        }
        let mut slots = value.slots;
        slots.extend(default.slots);
        let [node, default] = [value.node, default.node].map(kept);
        Self { node: Node::Default { node, default }, slots }
    }

    fn encoded(value: Self) -> Self {
        let value = value.value();
        Self { node: Node::Encoded(kept(value.node)), slots: value.slots }
    }

    /// With a cast, where it is a slot.
    fn cast(mut self, to: Cast) -> Option<Self> {
        let Node::Slot { cast, .. } = &mut self.node else { return None };
        *cast = Some(to);
        Some(self)
    }
}

impl Template {
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
    /// A text frame that holds JSON.
    pub(crate) const JSON: Self = Self { format: Format::Json, codec: None };

    /// The path of the decoder, as it is written.
    pub(crate) fn decoder(&self) -> Option<String> {
        self.codec.as_ref()?.1.as_ref().map(TokenStream::to_string)
    }
}

/// An element of an array or a chain while it is read.
struct Item {
    optional: bool,
    value: Template,
}

fn kept(node: Node) -> &'static Node {
    // A list of one is a reference to it.
    match keep::list(vec![node]).first() {
        Some(node) => node,
        None => &Node::Constant("null"),
    }
}

/// The key of a member, and its value.
fn pair(key: &str, optional: bool, value: Template) -> (Member, Vec<Written>) {
    let value = value.value();
    (Member::Pair { key: keep::text(key), optional, value: value.node }, value.slots)
}
