//! What an entry has: the same two questions that the macro asks of a slot in a variant.

use super::leaf::Leaf;
use super::unique::same;
use crate::catalog::{
    ClosingCode, Code, Details, Field, Member, Message, Node, Part, RetryKind, Slot,
};

/// An entry, in a frame that has all that may be absent, or none of it.
#[derive(Clone, Copy)]
pub(super) struct Look<'l> {
    pub(super) leaf: &'l Leaf,
    pub(super) full: bool,
}

impl Look<'_> {
    /// Whether a field is there.
    pub(super) const fn has(self, field: &Field) -> bool {
        self.full || !field.ty.optional
    }

    pub(super) const fn field(self, name: &str) -> Option<&'static Field> {
        let fields = self.leaf.entry.fields;
        let mut index = 0;
        while index < fields.len() {
            if same(fields[index].ident, name) {
                return Some(&fields[index]);
            }
            index += 1;
        }
        None
    }

    pub(super) const fn has_field(self, name: &str) -> bool {
        match self.field(name) {
            Some(field) => self.has(field),
            None => false,
        }
    }

    /// A constant of the user's own.
    pub(super) const fn constant(self, name: &str) -> Option<&'static Node> {
        let mut level = 0;
        while level < self.leaf.constants.len() {
            let constants = self.leaf.constants[level];
            let mut index = 0;
            while index < constants.len() {
                if same(constants[index].0, name) {
                    return Some(&constants[index].1);
                }
                index += 1;
            }
            level += 1;
        }
        None
    }

    /// Whether a slot is something.
    pub(super) const fn is_there(self, slot: &Slot) -> bool {
        let entry = self.leaf.entry;
        match slot {
            Slot::Code => match entry.code {
                Code::None => false,
                Code::Number(_) | Code::Text(_) => true,
                Code::Field(name) => self.has_field(name),
            },
            Slot::Name | Slot::Recoverable => true,
            Slot::Message => match entry.message {
                Message::None => false,
                Message::Text(_) | Message::Display(_) => true,
                Message::Field(name) => self.has_field(name),
            },
            Slot::Details => match entry.details {
                Details::Nothing => false,
                Details::Array => true,
                Details::Object | Details::Value => self.has_any(true),
            },
            Slot::Fields => self.has_any(false),
            Slot::RetryAfter => match entry.retry.kind {
                RetryKind::After(wait) => match (wait.fixed, wait.field) {
                    (Some(_), _) => true,
                    (None, Some(name)) => self.has_field(name),
                    (None, None) => false,
                },
                _ => false,
            },
            Slot::Close => match entry.delivery.closing() {
                None => false,
                Some(closing) => match closing.code {
                    ClosingCode::None => false,
                    ClosingCode::Constant(_) => true,
                    ClosingCode::Field(name) => self.has_field(name),
                },
            },
            Slot::Reason => entry.delivery.closing().is_some(),
            Slot::Set(name) => match self.constant(name) {
                Some(node) => self.is_something(node),
                None => false,
            },
            Slot::Field(name) => self.has_field(name),
            Slot::Context(_) => self.full,
        }
    }

    /// Whether any field is there: of the details, or of all on the wire.
    const fn has_any(self, details: bool) -> bool {
        let fields = self.leaf.entry.fields;
        let mut index = 0;
        while index < fields.len() {
            let field = &fields[index];
            if (if details { field.in_details } else { field.on_wire }) && self.has(field) {
                return true;
            }
            index += 1;
        }
        false
    }

    /// Whether a template is something: one that has slots is when one of them is.
    pub(super) const fn is_something(self, node: &Node) -> bool {
        match node {
            Node::Constant(_) | Node::Array(_) => true,
            Node::Default { node, default } => {
                self.is_something(node) || self.is_something(default)
            }
            node => {
                let (any, there) = self.slots(node);
                there || !any
            }
        }
    }

    /// Whether a template has slots, and whether one of them is something.
    const fn slots(self, node: &Node) -> (bool, bool) {
        let (mut any, mut there) = (false, false);
        let mut index = 0;
        match node {
            Node::Constant(_) => {}
            Node::Slot { slot, .. } | Node::Splice(slot) => return (true, self.is_there(slot)),
            Node::Default { node, .. } | Node::Encoded(node) => return self.slots(node),
            Node::Object(members) => {
                while index < members.len() {
                    let (has, is) = match &members[index] {
                        Member::Splice(slot) => (true, self.is_there(slot)),
                        Member::Pair { value, .. } => self.slots(value),
                    };
                    (any, there) = (any || has, there || is);
                    index += 1;
                }
            }
            Node::Array(elements) | Node::Chain(elements) => {
                while index < elements.len() {
                    let (has, is) = self.slots(&elements[index].value);
                    (any, there) = (any || has, there || is);
                    index += 1;
                }
            }
            Node::Composed(parts) => {
                while index < parts.len() {
                    if let Part::Slot(slot) | Part::Filtered(slot, _) = &parts[index] {
                        (any, there) = (true, there || self.is_there(slot));
                    }
                    index += 1;
                }
            }
        }
        (any, there)
    }
}
