//! Rules about the slots of an envelope that is declared for nested catalogs.

use super::leaf::Leaf;
use super::look::Look;
use super::unique::same;
use super::{Mistake, note};
use crate::catalog::{Cast, Catalog, Code, Element, Member, Message, Node, Part, RetryKind, Slot};

/// What is looked for in a template.
#[derive(Clone, Copy)]
enum Sought<'s> {
    /// A slot by which a client sees this field.
    Wait(&'static str),
    /// The code as a value of its own.
    BareCode,
    /// The code in a string.
    CodeInString,
    /// A field or a constant that none of these has.
    Unknown(&'s [Leaf]),
}

/// The first slot of this kind.
const fn find(node: &Node, sought: Sought<'_>, look: Look<'_>) -> Option<Slot> {
    match node {
        Node::Constant(_) => None,
        Node::Slot { slot, cast } => is_it(*slot, matches!(cast, Some(Cast::String)), sought, look),
        Node::Splice(slot) => is_it(*slot, false, sought, look),
        Node::Encoded(node) => find(node, sought, look),
        Node::Default { node, default } => match find(node, sought, look) {
            None => find(default, sought, look),
            found => found,
        },
        Node::Array(elements) | Node::Chain(elements) => {
            let mut index = 0;
            while index < elements.len() {
                let Element { value, .. } = &elements[index];
                let found = find(value, sought, look);
                if found.is_some() {
                    return found;
                }
                index += 1;
            }
            None
        }
        Node::Object(members) => {
            let mut index = 0;
            while index < members.len() {
                let found = match &members[index] {
                    Member::Pair { value, .. } => find(value, sought, look),
                    Member::Splice(slot) => is_it(*slot, false, sought, look),
                };
                if found.is_some() {
                    return found;
                }
                index += 1;
            }
            None
        }
        Node::Composed(parts) => {
            let mut index = 0;
            while index < parts.len() {
                if let Part::Slot(slot) | Part::Filtered(slot, _) = &parts[index] {
                    let found = is_it(*slot, true, sought, look);
                    if found.is_some() {
                        return found;
                    }
                }
                index += 1;
            }
            None
        }
    }
}

const fn is_it(slot: Slot, in_string: bool, sought: Sought<'_>, look: Look<'_>) -> Option<Slot> {
    let entry = look.leaf.entry;
    let found = match (sought, slot) {
        (Sought::Unknown(leaves), Slot::Field(_) | Slot::Set(_)) => !anyone_has(leaves, &slot),
        (Sought::Unknown(_), _) => false,
        (_, Slot::Set(name)) => {
            return match look.constant(name) {
                Some(node) => find(node, sought, look),
                None => None,
            };
        }
        (Sought::BareCode, slot) => matches!(slot, Slot::Code) && !in_string,
        (Sought::CodeInString, slot) => matches!(slot, Slot::Code) && in_string,
        (Sought::Wait(_), Slot::RetryAfter) => true,
        (Sought::Wait(name), Slot::Field(other)) => same(name, other),
        (Sought::Wait(name), slot) => match (look.field(name), slot) {
            (Some(field), Slot::Details) => field.in_details,
            (Some(field), Slot::Fields) => field.on_wire,
            (Some(_), Slot::Message) => match entry.message {
                Message::Field(other) => same(name, other),
                _ => false,
            },
            _ => false,
        },
    };
    if found { Some(slot) } else { None }
}

const fn anyone_has(leaves: &[Leaf], slot: &Slot) -> bool {
    let mut index = 0;
    while index < leaves.len() {
        let look = Look { leaf: &leaves[index], full: true };
        let has = match slot {
            Slot::Field(name) => look.field(name).is_some(),
            Slot::Set(name) => look.constant(name).is_some(),
            _ => true,
        };
        if has {
            return true;
        }
        index += 1;
    }
    false
}

/// A wait that is taken from a field is one that the client sees.
pub(super) const fn waits<const NESTED: usize>(
    leaves: &[Leaf],
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut index = 0;
    while index < leaves.len() {
        let leaf = &leaves[index];
        if leaf.outer
            && let Some(envelope) = leaf.envelope
            && let RetryKind::After(wait) = leaf.entry.retry.kind
            && let Some(name) = wait.field
        {
            let look = Look { leaf, full: true };
            if find(&envelope.template, Sought::Wait(name), look).is_none() {
                note(mistakes, leaf.place, Mistake::Wait(leaf.named(), name));
            }
        }
        index += 1;
    }
}

/// In an optional place a slot may be missing from an entry; that none has it is a typo. It is told
/// once, at the first catalog that is nested under the envelope, unless it was missed there.
pub(super) const fn known<const NESTED: usize>(
    own: &'static Catalog,
    leaves: &[Leaf],
    missing: &[Option<Mistake>; NESTED],
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut shape = 0;
    while shape < own.envelopes.len() {
        let mut index = 0;
        while index < leaves.len() {
            let leaf = &leaves[index];
            if leaf.outer && matches!(leaf.shape, Some(other) if other == shape) {
                let look = Look { leaf, full: true };
                let template = &own.envelopes[shape].template;
                if let Some(slot) = find(template, Sought::Unknown(leaves), look)
                    && leaf.place < NESTED
                    && missing[leaf.place].is_none()
                {
                    note(mistakes, leaf.place, Mistake::Nobody(slot));
                }
                break;
            }
            index += 1;
        }
        shape += 1;
    }
}

/// In a string the number 4003 and the text "4003" are the same. Where an envelope has codes in
/// strings only, all are numbers or all are texts.
pub(super) const fn kinds_of_codes<const NESTED: usize>(
    own: &'static Catalog,
    leaves: &[Leaf],
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut shape = 0;
    while shape < own.envelopes.len() {
        let (mut number, mut text): (Option<&Leaf>, Option<&Leaf>) = (None, None);
        let mut index = 0;
        while index < leaves.len() {
            let leaf = &leaves[index];
            index += 1;
            if !matches!(leaf.shape, Some(other) if other == shape) {
                continue;
            }
            let look = Look { leaf, full: true };
            let template = &own.envelopes[shape].template;
            if find(template, Sought::BareCode, look).is_some()
                || find(template, Sought::CodeInString, look).is_none()
            {
                continue;
            }
            match leaf.entry.code {
                Code::Number(_) if number.is_none() => number = Some(leaf),
                Code::Text(_) if text.is_none() => text = Some(leaf),
                _ => {}
            }
        }
        if let (Some(number), Some(text)) = (number, text) {
            let mistake = Mistake::Kinds(number.named(), text.named());
            let place = if number.place < NESTED { number.place } else { text.place };
            note(mistakes, place, mistake);
        }
        shape += 1;
    }
}
