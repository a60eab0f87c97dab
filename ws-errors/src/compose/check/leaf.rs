//! The entries of a tree, and how they reach a client in a context.

use super::Named;
use crate::catalog::{Catalog, Context, ContextDelivery, Delivery, Entry, Envelope, Node};
use crate::compose::{Tree, Way};

/// Constants of the user's own.
pub(super) type Constants = &'static [(&'static str, Node)];

/// How deep catalogs may be nested with constants at each step.
const DEPTH: usize = 8;

/// An entry somewhere in a tree.
#[derive(Clone, Copy)]
pub(super) struct Leaf {
    pub(super) entry: &'static Entry,
    /// The catalog that declares it, and which of all it is.
    pub(super) tree: usize,
    pub(super) catalog: &'static Catalog,
    /// Which nested catalog it came with; as many as there are for the enum's own.
    pub(super) place: usize,
    /// It may look like another.
    pub(super) alike: bool,
    /// Its `Display` text is its message, and is not for clients.
    pub(super) quiet: bool,
    /// How it reaches the client; `None` where it does not exist in the context.
    pub(super) delivery: Option<Delivery>,
    /// The shape of its message.
    pub(super) envelope: Option<&'static Envelope>,
    /// The shape is one that its own catalog doesn't know.
    pub(super) outer: bool,
    /// Which envelope of the outermost enum that is, if it is one.
    pub(super) shape: Option<usize>,
    /// What `set.name` may mean: its own constants first.
    pub(super) constants: [Constants; DEPTH],
}

impl Leaf {
    pub(super) const fn named(&self) -> Named {
        Named { entry: self.entry, catalog: self.catalog.name }
    }
}

/// How a catalog is used in the context that is looked at.
#[derive(Clone, Copy)]
enum Use {
    Absent,
    Kept(usize),
    Under(&'static Envelope, Option<ContextDelivery>, Option<usize>),
}

/// All the entries of a tree, in the order of the joined catalog.
pub(super) const fn leaves<const ENTRIES: usize>(
    tree: &'static Tree,
    context: usize,
) -> [Leaf; ENTRIES] {
    let nothing = Leaf {
        entry: crate::wire::NO_ENTRY,
        tree: 0,
        catalog: tree.own,
        place: usize::MAX,
        alike: true,
        quiet: true,
        delivery: None,
        envelope: None,
        outer: false,
        shape: None,
        constants: [&[]; DEPTH],
    };
    let mut leaves = [nothing; ENTRIES];
    fill(tree, Use::Kept(context), [&[]; DEPTH], None, &mut leaves, &mut (0, 0));
    leaves
}

/// Writes the leaves of a tree from an index on. What is counted are the leaves, and the trees.
const fn fill<const ENTRIES: usize>(
    tree: &'static Tree,
    usage: Use,
    outer: [Constants; DEPTH],
    place: Option<usize>,
    leaves: &mut [Leaf; ENTRIES],
    counts: &mut (usize, usize),
) {
    let own = tree.own;
    let number = counts.1;
    counts.1 += 1;
    let (mut entry, mut nested, mut alike, mut quiet) = (0, 0, 0, 0);
    loop {
        let is_nested = nested < tree.nested.len() && tree.nested[nested].at == entry;
        if is_nested {
            let inner = &tree.nested[nested];
            let usage = match usage {
                Use::Kept(context) => match inner.ways[context] {
                    Way::Absent => Use::Absent,
                    Way::Kept(index) => Use::Kept(index),
                    Way::Under(index) => {
                        let shape = if place.is_none() { Some(index) } else { None };
                        Use::Under(&own.envelopes[index], own.contexts[context].delivery, shape)
                    }
                },
                other => other,
            };
            let constants = push_front(inner.constants, outer);
            let place = match place {
                Some(place) => place,
                None => nested,
            };
            fill(inner.tree, usage, constants, Some(place), leaves, counts);
            nested += 1;
            continue;
        }
        if entry == own.entries.len() {
            return;
        }
        let declared = &own.entries[entry];
        let may_look_alike = alike < tree.alike.len() && tree.alike[alike] == entry;
        if may_look_alike {
            alike += 1;
        }
        let is_quiet = quiet < tree.quiet.len() && tree.quiet[quiet] == entry;
        if is_quiet {
            quiet += 1;
        }
        let (delivery, envelope, shape) = match usage {
            Use::Absent => (None, None, None),
            Use::Kept(context) => {
                let delivery = Some(own.contexts[context].delivery(declared));
                match encoding(declared, context) {
                    Some(index) => {
                        let shape = if place.is_none() { Some(index) } else { None };
                        (delivery, Some(&own.envelopes[index]), shape)
                    }
                    None => (delivery, None, None),
                }
            }
            Use::Under(envelope, delivery, shape) => {
                let context = Context { name: "", fields: &[], delivery };
                let delivery = context.delivery(declared);
                match delivery.has_message() {
                    true => (Some(delivery), Some(envelope), shape),
                    false => (Some(delivery), None, None),
                }
            }
        };
        leaves[counts.0] = Leaf {
            entry: declared,
            tree: number,
            catalog: own,
            place: match place {
                Some(place) => place,
                None => usize::MAX,
            },
            alike: may_look_alike,
            quiet: is_quiet,
            delivery,
            envelope,
            outer: matches!(usage, Use::Under(..)),
            shape,
            constants: push_front(declared.constants, outer),
        };
        counts.0 += 1;
        entry += 1;
    }
}

/// The index of the envelope in a context.
const fn encoding(entry: &Entry, context: usize) -> Option<usize> {
    let mut index = 0;
    while index < entry.encodings.len() {
        if entry.encodings[index].context == context {
            return Some(entry.encodings[index].envelope);
        }
        index += 1;
    }
    None
}

const fn push_front(first: Constants, rest: [Constants; DEPTH]) -> [Constants; DEPTH] {
    if first.is_empty() {
        return rest;
    }
    let mut all = rest;
    let mut index = DEPTH - 1;
    while index > 0 {
        all[index] = rest[index - 1];
        index -= 1;
    }
    all[0] = first;
    all
}
