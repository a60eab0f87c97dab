//! What is it?

use std::borrow::Cow;
use std::cell::RefCell;

use super::presence::Presence;
use super::{Fragment, Item, MAX_ENCODED, NULL, Problem, ProblemKind, Property, Shape};
use crate::catalog::{
    ContextField, Details, Element, Entry, Field, Member, Message, Node, Part, Slot,
};
use crate::distinct::add_new;
use crate::escape::{characters_of, quote};

/// Makes the shape of an envelope for an entry.
pub(super) struct Specialiser<'a> {
    pub(super) entry: &'a Entry,
    pub(super) context: &'static [ContextField],
    /// The slot that is left open: the code, or the name.
    pub(super) open: Option<Slot>,
    /// What the envelope asks of the entry, and it lacks.
    problems: RefCell<Vec<Problem>>,
}

/// Where a node is: in which constant of the entry's own, if in one; the number of slots before it;
/// and how many `json(…)` are around it, through constants as well.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) constant: Option<&'static str>,
    pub(super) slot: usize,
    pub(super) encoded: usize,
}

impl At {
    fn after(self, slots: usize) -> Self {
        Self { slot: self.slot + slots, ..self }
    }
}

impl<'a> Specialiser<'a> {
    pub(super) fn new(
        entry: &'a Entry,
        context: &'static [ContextField],
        open: Option<Slot>,
    ) -> Self {
        Self { entry, context, open, problems: RefCell::default() }
    }

    /// The shape of a whole template.
    pub(super) fn root(&self, template: &Node) -> Shape {
        self.value(template, At { constant: None, slot: 0, encoded: 0 })
    }

    /// What is wrong with the shapes made so far.
    pub(super) fn problems(self) -> Vec<Problem> {
        self.problems.into_inner()
    }

    fn problem(&self, at: At, kind: ProblemKind) {
        let problem = Problem { constant: at.constant, slot: at.slot, kind };
        add_new(&mut self.problems.borrow_mut(), problem);
    }

    /// The shape of a node where a value has to stand.
    pub(super) fn value(&self, node: &Node, at: At) -> Shape {
        match *node {
            Node::Constant(json) => Shape::Constant(Cow::Borrowed(json)),
            Node::Object(members) => Shape::Object(self.members(members, at)),
            Node::Array(elements) => Shape::Array(self.items(elements, at)),
            Node::Slot { slot, cast } => self.slot_at(slot, cast, at).unwrap_or_else(|| {
                self.problem(at, ProblemKind::Missing(slot));
                NULL
            }),
            Node::Splice(slot) => self.slot_at(slot, None, at).unwrap_or(NULL),
            Node::Composed(parts) => self.composed(parts, at),
            Node::Default { node, default } => self.defaulted(node, default, at),
            Node::Encoded(_) if at.encoded >= MAX_ENCODED => {
                self.problem(at, ProblemKind::TooMuchEncoded);
                NULL
            }
            Node::Encoded(node) => match self.value(node, At { encoded: at.encoded + 1, ..at }) {
                Shape::Constant(json) => Shape::Constant(Cow::Owned(quote(&json))),
                shape => Shape::Encoded(Box::new(shape)),
            },
            Node::Chain(elements) => Shape::Chain(self.links(elements, at)),
        }
    }

    fn defaulted(&self, node: &Node, default: &Node, at: At) -> Shape {
        let right = at.after(node.slots());
        match self.presence(node) {
            Presence::Always => self.value(node, at),
            Presence::Never => self.right_side(default, right),
            Presence::Sometimes => Shape::Default(
                Box::new(self.value(node, at)),
                Box::new(self.right_side(default, right)),
            ),
        }
    }

    /// The right side of `??`: what the entry lacks there is `null`.
    fn right_side(&self, default: &Node, at: At) -> Shape {
        match self.presence(default) {
            Presence::Never => NULL,
            _ => self.value(default, at),
        }
    }

    fn links(&self, elements: &[Element], mut at: At) -> Vec<Item> {
        let mut items = Vec::with_capacity(elements.len());
        for Element { optional, value } in elements {
            let presence = if *optional { self.presence(value) } else { Presence::Always };
            if presence != Presence::Never {
                let optional = presence == Presence::Sometimes;
                items.push(Item { optional, value: self.link(value, at) });
            }
            at = at.after(value.slots());
        }
        items
    }

    /// The shape of an element of a chain: a string of the template is text, a bare slot is JSON.
    fn link(&self, node: &Node, at: At) -> Shape {
        let is_text = match node {
            Node::Constant(json) => json.starts_with('"'),
            Node::Composed(_) => true,
            _ => false,
        };
        match self.value(node, at) {
            Shape::Constant(json) if is_text => {
                Shape::Composed(vec![Fragment::Literal(characters_of(&json).into_owned())])
            }
            shape => shape,
        }
    }

    fn members(&self, members: &[Member], mut at: At) -> Vec<Property> {
        let mut properties = Vec::with_capacity(members.len());
        for member in members {
            match member {
                Member::Pair { key, optional, value } => {
                    let presence = if *optional { self.presence(value) } else { Presence::Always };
                    if presence != Presence::Never {
                        let optional = presence == Presence::Sometimes;
                        properties.push(Property { key, optional, value: self.value(value, at) });
                    }
                }
                Member::Splice(slot) => {
                    if *slot == Slot::Details
                        && matches!(self.entry.details, Details::Value | Details::Array)
                    {
                        self.problem(at, ProblemKind::Unnamed(*slot));
                    }
                    properties.extend(self.properties(*slot));
                }
            }
            at = at.after(member.slots());
        }
        properties
    }

    /// The fields that `..details` or `..self` splices.
    pub(super) fn spliced(&self, slot: Slot) -> impl Iterator<Item = &'static Field> {
        let in_details = slot == Slot::Details;
        let fields = self.entry.fields.iter();
        fields.filter(move |field| if in_details { field.in_details } else { field.on_wire })
    }

    pub(super) fn properties(&self, slot: Slot) -> impl Iterator<Item = Property> {
        self.spliced(slot).map(|field| Property {
            key: field.name,
            optional: field.ty.optional,
            value: Shape::Field(field, field.cast),
        })
    }

    fn items(&self, elements: &[Element], mut at: At) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::with_capacity(elements.len());
        // Elements that are always nothing stay only where one that may be something follows.
        let mut length = 0;
        for Element { optional, value } in elements {
            let here = at;
            at = at.after(value.slots());
            if let Node::Splice(slot) = value {
                // A list that the entry doesn't have has no elements.
                if let Some(list) = self.list(*slot, here) {
                    let value = Shape::Splice(Box::new(list));
                    items.push(Item { optional: false, value });
                    length = items.len();
                }
                continue;
            }
            // `args? ?? []`: the element is left out when `args` is nothing, and `[]` holds its
            // place.
            let (asked, default) = match value {
                Node::Default { node, default } if *optional => (*node, Some(*default)),
                value => (value, None),
            };
            let presence = if *optional { self.presence(asked) } else { Presence::Always };
            let value = match (presence, default) {
                (Presence::Never, None) => NULL,
                (Presence::Never, Some(default)) => {
                    self.right_side(default, here.after(asked.slots()))
                }
                _ => self.value(value, here),
            };
            items.push(Item { optional: presence != Presence::Always, value });
            if presence != Presence::Never {
                length = items.len();
            }
        }
        items.truncate(length);
        items
    }

    /// A list that is spliced into an array.
    fn list(&self, slot: Slot, at: At) -> Option<Shape> {
        let shape = self.slot_at(slot, None, at)?;
        let is_list = matches!(
            shape,
            Shape::Field(..)
                | Shape::Context(..)
                | Shape::Array(_)
                | Shape::Message(Message::Field(_))
                | Shape::Code(..)
        );
        if !is_list {
            self.problem(at, ProblemKind::NoList(slot));
        }
        is_list.then_some(shape)
    }

    fn composed(&self, parts: &[Part], mut at: At) -> Shape {
        let mut fragments = Vec::new();
        let mut text = String::new();
        for part in parts {
            let (slot, filter) = match *part {
                Part::Literal(literal) => {
                    text.push_str(literal);
                    continue;
                }
                Part::Slot(slot) => (slot, None),
                Part::Filtered(slot, filter) => (slot, Some(filter)),
            };
            let here = at;
            at = at.after(1);
            let Some(shape) = self.slot_at(slot, None, here) else {
                self.problem(here, ProblemKind::Missing(slot));
                if let Some(filter) = filter {
                    text.push_str(&filter.apply(""));
                }
                continue;
            };
            if matches!(
                shape,
                Shape::Object(_) | Shape::Array(_) | Shape::Encoded(_) | Shape::Chain(_)
            ) {
                self.problem(here, ProblemKind::NoText(slot));
            }
            if let Shape::Constant(json) = &shape {
                // The literal that ends a slot is the same in all entries, and stays apart.
                if !fragments.is_empty() && !text.is_empty() {
                    fragments.push(Fragment::Literal(std::mem::take(&mut text)));
                }
                let constant = characters_of(json);
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
        if fragments.is_empty() {
            return Shape::Constant(Cow::Owned(quote(&text)));
        }
        if !text.is_empty() {
            fragments.push(Fragment::Literal(text));
        }
        Shape::Composed(fragments)
    }
}
