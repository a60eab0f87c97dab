//! Whether the entries of a tree go together, told by the compiler: all of this runs in constants.
//!
//! A client meets one catalog, so what holds within an enum holds across those that it nests. Each
//! rule looks at every entry once: what has to be unique is hashed into a [`Table`].

mod fits;
mod frame;
mod hash;
mod leaf;
mod look;
mod policies;
mod slots;
mod unique;
mod words;

use hash::Table;
use leaf::{Leaf, leaves};

use super::Tree;
use crate::catalog::{Entry, Slot};

/// What is wrong with each nested catalog: of each rule the first mistake.
#[derive(Debug)]
pub struct Checked<const NESTED: usize> {
    /// Names that are there twice.
    pub names: [Option<Mistake>; NESTED],
    /// Codes that were retired.
    pub retired: [Option<Mistake>; NESTED],
    /// Closes that a client can't tell apart.
    pub closes: [Option<Mistake>; NESTED],
    /// Messages that a client can't tell apart.
    pub messages: [Option<Mistake>; NESTED],
    /// What an outer envelope asks of an entry that lacks it.
    pub fits: [Option<Mistake>; NESTED],
    /// Slots of an outer envelope that miss something, or that nothing has.
    pub slots: [Option<Mistake>; NESTED],
    /// Policies that contradict each other.
    pub policies: [Option<Mistake>; NESTED],
}

/// An entry, and the catalog that declares it.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    /// The entry.
    pub entry: &'static Entry,
    /// The name of its catalog.
    pub catalog: &'static str,
}

/// What is wrong.
#[derive(Debug, Clone, Copy)]
pub enum Mistake {
    /// Two entries have one name.
    Name(Named, Named),
    /// Two closes look the same.
    Close(Named, Named),
    /// Two messages look the same.
    Message(Named, Named),
    /// A code was retired by the catalog of this name, and why.
    Retired(Named, &'static str, &'static str),
    /// A close code was retired by the catalog of this name, and why.
    RetiredClose(Named, u16, &'static str, &'static str),
    /// The catalog of this name says that a code is no error.
    Success(Named, &'static str),
    /// An entry lacks what an envelope needs.
    Missing(Named, Slot),
    /// The text of an entry is not for clients.
    Quiet(Named),
    /// An envelope splices fields that have no names.
    Unnamed(Named, Slot),
    /// An envelope has the key of a field that it splices.
    Key(Named, &'static str),
    /// A field is too wide for JavaScript.
    Wide(Named, &'static str),
    /// An envelope does not carry the field that a wait is taken from.
    Wait(Named, &'static str),
    /// No entry has a slot.
    Nobody(Slot),
    /// In a string, a number and a text look the same.
    Kinds(Named, Named),
    /// Two catalogs say different things about the same codes.
    Range(&'static str, &'static str, i64, i64),
    /// Two catalogs say different things about codes that nobody declared: `closes` or `codes`.
    Unknown(&'static str, &'static str, &'static str),
    /// A catalog delivers in another way in a context that is kept.
    Delivery(&'static str, &'static str, &'static str),
}

/// How many entries there are.
pub const fn entries(tree: &Tree) -> usize {
    let mut count = tree.own.entries.len();
    let mut index = 0;
    while index < tree.nested.len() {
        count += entries(tree.nested[index].tree);
        index += 1;
    }
    count
}

/// How large a table for them is: less than half of it is used.
pub const fn slots(tree: &Tree) -> usize {
    (4 * entries(tree) + 2 * unique::retired_codes(tree) + 16).next_power_of_two()
}

/// Checks a tree of so many entries.
pub const fn check<const ENTRIES: usize, const SLOTS: usize, const NESTED: usize>(
    tree: &'static Tree,
) -> Checked<NESTED> {
    let mut checked = Checked {
        names: [None; NESTED],
        retired: [None; NESTED],
        closes: [None; NESTED],
        messages: [None; NESTED],
        fits: [None; NESTED],
        slots: [None; NESTED],
        policies: [None; NESTED],
    };
    policies::agree(tree, &mut checked.policies);
    let mut context = 0;
    while context < tree.own.contexts.len() {
        let leaves: [Leaf; ENTRIES] = leaves(tree, context);
        if context == 0 {
            unique::names(&leaves, &mut Table::<SLOTS>::new(), &mut checked.names);
            unique::codes(tree, &leaves, &mut Table::<SLOTS>::new(), &mut checked.retired);
        }
        unique::closes(&leaves, &mut Table::<SLOTS>::new(), &mut checked.closes);
        fits::fit(&leaves, &mut checked.fits);
        slots::waits(&leaves, &mut checked.slots);
        slots::known(tree.own, &leaves, &checked.fits, &mut checked.slots);
        slots::kinds_of_codes(tree.own, &leaves, &mut checked.slots);
        unique::messages(&leaves, &mut Table::<SLOTS>::new(), &mut checked.messages);
        context += 1;
    }
    checked
}

/// Says what is wrong, at the caller's place.
#[track_caller]
pub const fn told(mistake: &Option<Mistake>) {
    if let Some(mistake) = mistake {
        let words = words::of(mistake);
        panic!("{}", words.as_str());
    }
}

/// Notes a mistake of a nested catalog, where it is the first of its kind.
const fn note<const NESTED: usize>(
    mistakes: &mut [Option<Mistake>; NESTED],
    place: usize,
    mistake: Mistake,
) {
    if place < NESTED && mistakes[place].is_none() {
        mistakes[place] = Some(mistake);
    }
}
