//! Can it be nothing?

use super::Shape;
use super::specialise::Specialiser;
use crate::catalog::{Details, Inside, Message, Node, Slot};

/// Whether something is there. Of several the greatest counts: they are something when one of them is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Presence {
    /// It is nothing, in each occurrence.
    Never,
    /// The occurrence decides.
    Sometimes,
    /// It is something, in each occurrence.
    Always,
}

impl Presence {
    fn optional(is: bool) -> Self {
        if is { Self::Sometimes } else { Self::Always }
    }
}

impl Specialiser<'_> {
    /// Whether a template is something.
    pub(super) fn presence(&self, node: &Node) -> Presence {
        // What holds nothing else always is.
        let mut most: Option<Presence> = None;
        match *node {
            Node::Constant(_) | Node::Array(_) => {}
            Node::Object(_) | Node::Composed(_) => each_slot_but_of_defaults(node, &mut |slot| {
                most = most.max(Some(self.slot_presence(slot)));
            }),
            node => node.each_inside(&mut |inside| {
                most = most.max(Some(match inside {
                    Inside::Slot(slot, _) => self.slot_presence(slot),
                    Inside::Node(node) => self.presence(node),
                }));
            }),
        }
        most.unwrap_or(Presence::Always)
    }

    fn slot_presence(&self, slot: Slot) -> Presence {
        match slot {
            Slot::Set(name) => {
                self.entry.constant(name).map_or(Presence::Never, |node| self.presence(node))
            }
            Slot::Details if self.entry.details == Details::Array => Presence::Always,
            Slot::Details | Slot::Fields => {
                let fields = self.spliced(slot).map(|field| Presence::optional(field.ty.optional));
                fields.max().unwrap_or(Presence::Never)
            }
            _ => match self.slot(slot, None) {
                None => Presence::Never,
                Some(Shape::Field(field, _)) => Presence::optional(field.ty.optional),
                Some(Shape::Context(field, _)) => Presence::optional((field.ty)().optional),
                Some(Shape::Message(Message::Field(name))) => Presence::optional(
                    self.entry.field(name).is_some_and(|field| field.ty.optional),
                ),
                Some(Shape::Code(field, _)) if !field.ident.is_empty() => {
                    Presence::optional(field.ty.optional)
                }
                Some(_) => Presence::Always,
            },
        }
    }
}

/// Calls `visit` for the slots of a template, without those of defaults: they make nothing something.
fn each_slot_but_of_defaults(node: &Node, visit: &mut dyn FnMut(Slot)) {
    match *node {
        Node::Default { node, .. } => each_slot_but_of_defaults(node, visit),
        node => node.each_inside(&mut |inside| match inside {
            Inside::Slot(slot, _) => visit(slot),
            Inside::Node(node) => each_slot_but_of_defaults(node, visit),
        }),
    }
}
