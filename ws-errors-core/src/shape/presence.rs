//! Can it be nothing?

use super::Shape;
use super::specialise::Specialiser;
use crate::catalog::{Details, Inside, Message, Node, Slot};

/// Whether something is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// It is nothing, in each occurrence.
    Never,
    /// The occurrence decides.
    Sometimes,
    /// It is something, in each occurrence.
    Always,
}

impl Presence {
    /// Something when either is.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Always, _) | (_, Self::Always) => Self::Always,
            (Self::Never, Self::Never) => Self::Never,
            _ => Self::Sometimes,
        }
    }

    fn optional(is: bool) -> Self {
        if is { Self::Sometimes } else { Self::Always }
    }

    /// What holds others is something when one of them is; what holds none always is.
    fn of_any(others: impl IntoIterator<Item = Self>) -> Self {
        others.into_iter().reduce(Self::or).unwrap_or(Self::Always)
    }
}

impl Specialiser<'_> {
    /// Whether a template is something.
    pub(super) fn presence(&self, node: &Node) -> Presence {
        match *node {
            Node::Constant(_) | Node::Array(_) => Presence::Always,
            Node::Object(_) | Node::Composed(_) => {
                let mut slots = Vec::new();
                collect_slots(node, &mut slots);
                Presence::of_any(slots.into_iter().map(|slot| self.slot_presence(slot)))
            }
            node => {
                let mut inside = Vec::new();
                node.each_inside(&mut |one| {
                    inside.push(match one {
                        Inside::Slot(slot, _) => self.slot_presence(slot),
                        Inside::Node(node) => self.presence(node),
                    });
                });
                Presence::of_any(inside)
            }
        }
    }

    fn slot_presence(&self, slot: Slot) -> Presence {
        match slot {
            Slot::Set(name) => {
                self.entry.constant(name).map_or(Presence::Never, |node| self.presence(node))
            }
            Slot::Details if self.entry.details == Details::Array => Presence::Always,
            Slot::Details | Slot::Fields => {
                let is_there = |optional: bool| Presence::optional(optional);
                self.spliced(slot)
                    .map(|field| is_there(field.ty.optional))
                    .reduce(Presence::or)
                    .unwrap_or(Presence::Never)
            }
            _ => match self.slot(slot, None) {
                None => Presence::Never,
                Some(Shape::Field(field, _)) => Presence::optional(field.ty.optional),
                Some(Shape::Context(field, _)) => Presence::optional((field.ty)().optional),
                Some(Shape::Message(Message::Field(name))) => Presence::optional(
                    self.entry.field(name).is_some_and(|field| field.ty.optional),
                ),
                Some(Shape::Code(field)) if !field.ident.is_empty() => {
                    Presence::optional(field.ty.optional)
                }
                Some(_) => Presence::Always,
            },
        }
    }
}

/// The slots of a template, without those of defaults: they make nothing something.
fn collect_slots(node: &Node, slots: &mut Vec<Slot>) {
    match *node {
        Node::Default { node, .. } => collect_slots(node, slots),
        node => node.each_inside(&mut |inside| match inside {
            Inside::Slot(slot, _) => slots.push(slot),
            Inside::Node(node) => collect_slots(node, slots),
        }),
    }
}
