//! Whether an entry has what an envelope that its own catalog doesn't know asks of it.

use super::leaf::Leaf;
use super::look::Look;
use super::unique::same;
use super::{Mistake, note};
use crate::catalog::{Cast, Code, Details, Element, Member, Message, Node, Part, Slot};

/// What an outer envelope asks of the entries of nested catalogs.
pub(super) const fn fit<const NESTED: usize>(
    leaves: &[Leaf],
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut index = 0;
    while index < leaves.len() {
        let leaf = &leaves[index];
        if leaf.outer
            && let Some(envelope) = leaf.envelope
            && let Some(mistake) = of(&envelope.template, Look { leaf, full: true })
        {
            note(mistakes, leaf.place, mistake);
        }
        index += 1;
    }
}

/// What is wrong with a template that has to be there.
const fn of(node: &Node, look: Look<'_>) -> Option<Mistake> {
    match node {
        Node::Constant(_) => None,
        Node::Object(members) => object(members, look),
        Node::Array(elements) | Node::Chain(elements) => all(elements, look),
        Node::Slot { slot, cast } => value(slot, *cast, look),
        // A list that an entry lacks has no elements.
        Node::Splice(_) => None,
        Node::Composed(parts) => {
            let mut index = 0;
            while index < parts.len() {
                if let Part::Slot(slot) | Part::Filtered(slot, _) = &parts[index] {
                    let mistake = value(slot, Some(Cast::String), look);
                    if mistake.is_some() {
                        return mistake;
                    }
                }
                index += 1;
            }
            None
        }
        Node::Default { node, default } => {
            let value = if look.is_something(node) { of(node, look) } else { None };
            match value {
                None if look.is_something(default) => of(default, look),
                value => value,
            }
        }
        Node::Encoded(node) => of(node, look),
    }
}

const fn all(elements: &[Element], look: Look<'_>) -> Option<Mistake> {
    let mut index = 0;
    while index < elements.len() {
        let Element { optional, value } = &elements[index];
        if !*optional || look.is_something(value) {
            let mistake = of(value, look);
            if mistake.is_some() {
                return mistake;
            }
        }
        index += 1;
    }
    None
}

const fn object(members: &[Member], look: Look<'_>) -> Option<Mistake> {
    let mut index = 0;
    while index < members.len() {
        let mistake = match &members[index] {
            Member::Pair { optional, value, .. } => {
                if !*optional || look.is_something(value) {
                    of(value, look)
                } else {
                    None
                }
            }
            Member::Splice(slot) => splice(slot, members, look),
        };
        if mistake.is_some() {
            return mistake;
        }
        index += 1;
    }
    None
}

/// Fields that are spliced have names, and none that is there already.
const fn splice(slot: &Slot, members: &[Member], look: Look<'_>) -> Option<Mistake> {
    let entry = look.leaf.entry;
    let details = matches!(slot, Slot::Details);
    if details && matches!(entry.details, Details::Value | Details::Array) {
        return Some(Mistake::Unnamed(look.leaf.named(), *slot));
    }
    let mut index = 0;
    while index < entry.fields.len() {
        let field = &entry.fields[index];
        if if details { field.in_details } else { field.on_wire } {
            let mut other = 0;
            while other < members.len() {
                if let Member::Pair { key, .. } = &members[other]
                    && same(key, field.name)
                {
                    return Some(Mistake::Key(look.leaf.named(), field.name));
                }
                other += 1;
            }
            if field.ty.wide && field.cast.is_none() {
                return Some(Mistake::Wide(look.leaf.named(), field.ident));
            }
        }
        index += 1;
    }
    None
}

/// A slot that has to be there, as a value.
const fn value(slot: &Slot, cast: Option<Cast>, look: Look<'_>) -> Option<Mistake> {
    let entry = look.leaf.entry;
    if !look.is_there(slot) {
        return Some(Mistake::Missing(look.leaf.named(), *slot));
    }
    if look.leaf.quiet && matches!(slot, Slot::Message) {
        return Some(Mistake::Quiet(look.leaf.named()));
    }
    if cast.is_some() {
        return None;
    }
    let field = match slot {
        Slot::Field(name) => look.field(name),
        Slot::Code => match entry.code {
            Code::Field(name) => look.field(name),
            _ => None,
        },
        Slot::Message => match entry.message {
            Message::Field(name) => look.field(name),
            _ => None,
        },
        Slot::Details => return splice(&Slot::Fields, &[], look),
        Slot::Fields => return splice(slot, &[], look),
        Slot::Set(name) => {
            return match look.constant(name) {
                Some(node) => of(node, look),
                None => None,
            };
        }
        _ => None,
    };
    match field {
        Some(field) if field.ty.wide && field.cast.is_none() => {
            Some(Mistake::Wide(look.leaf.named(), field.ident))
        }
        _ => None,
    }
}
