//! What may be there once.

use super::frame::fingerprint;
use super::hash::{Hash, Table};
use super::leaf::Leaf;
use super::{Mistake, note};
use crate::catalog::{
    Catalog, Closing, ClosingCode, Code, Delivery, Piece, RetiredCode, Success, Text,
};
use crate::compose::Tree;

/// A name is the key of an entry.
pub(super) const fn names<const SLOTS: usize, const NESTED: usize>(
    leaves: &[Leaf],
    table: &mut Table<SLOTS>,
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut index = 0;
    while index < leaves.len() {
        let key = Hash::new().bytes(leaves[index].entry.name.as_bytes());
        if let Some(first) = table.put(key, index) {
            tell(leaves, first, index, 0, mistakes);
        }
        index += 1;
    }
}

/// Notes two entries at the nested catalog that comes later: the enum's own come first, since what
/// is nested is told at its variant.
const fn tell<const NESTED: usize>(
    leaves: &[Leaf],
    first: usize,
    second: usize,
    rule: u8,
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let (mut first, mut second) = (&leaves[first], &leaves[second]);
    if second.place >= NESTED {
        (first, second) = (second, first);
    }
    let (this, that) = (second.named(), first.named());
    let mistake = match rule {
        0 => Mistake::Name(this, that),
        1 => Mistake::Close(this, that),
        _ => Mistake::Message(this, that),
    };
    note(mistakes, second.place, mistake);
}

/// A client knows a close by its code and its reason. Within a catalog that has been checked.
pub(super) const fn closes<const SLOTS: usize, const NESTED: usize>(
    leaves: &[Leaf],
    table: &mut Table<SLOTS>,
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut index = 0;
    while index < leaves.len() {
        let leaf = &leaves[index];
        if !leaf.alike
            && let Some(delivery) = &leaf.delivery
            && let Some(key) = lone_close(delivery)
            && let Some(first) = table.put(key, index)
            && leaves[first].tree != leaf.tree
        {
            tell(leaves, first, index, 1, mistakes);
        }
        index += 1;
    }
}

/// The close that is all that a client gets.
const fn lone_close(delivery: &Delivery) -> Option<Hash> {
    let (code, reason) = match delivery {
        Delivery::Soft | Delivery::SoftThenClose(_) => return None,
        Delivery::Observed { code: None, .. } => return None,
        Delivery::Observed { code: Some(code), reason } => (*code, reason),
        _ => match delivery.closing() {
            None => return None,
            Some(Closing { code, reason }) => match code {
                ClosingCode::None => (1005, reason),
                ClosingCode::Constant(code) => (code.get(), reason),
                ClosingCode::Field(_) => (0, reason),
            },
        },
    };
    Some(text(Hash::new().number(code as u64), reason))
}

/// The constants of a text.
const fn text(mut hash: Hash, text: &Text) -> Hash {
    let mut index = 0;
    while index < text.0.len() {
        hash = match &text.0[index] {
            Piece::Literal(text) => hash.bytes(text.as_bytes()),
            Piece::Field { .. } => hash.byte(0xFF),
        };
        index += 1;
    }
    hash
}

/// A client knows a message by what is constant in it, with all that is optional or with nothing of
/// it.
pub(super) const fn messages<const SLOTS: usize, const NESTED: usize>(
    leaves: &[Leaf],
    table: &mut Table<SLOTS>,
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut index = 0;
    while index < leaves.len() {
        let leaf = &leaves[index];
        if !leaf.alike
            && let Some(envelope) = leaf.envelope
        {
            let mut full = false;
            loop {
                if let Some(first) = table.put(fingerprint(envelope, leaf, full), index) {
                    let known = leaves[first].tree == leaf.tree && !leaf.outer;
                    if first != index && !known {
                        tell(leaves, first, index, 2, mistakes);
                    }
                }
                if full {
                    break;
                }
                full = true;
            }
        }
        index += 1;
    }
}

/// How many codes were retired.
pub(super) const fn retired_codes(tree: &Tree) -> usize {
    let mut count = tree.own.retired.len();
    let mut index = 0;
    while index < tree.nested.len() {
        count += retired_codes(tree.nested[index].tree);
        index += 1;
    }
    count
}

/// A code that was retired means something else to clients that are still out there, and one that
/// says that all is well is no error's.
pub(super) const fn codes<const SLOTS: usize, const NESTED: usize>(
    tree: &'static Tree,
    leaves: &[Leaf],
    table: &mut Table<SLOTS>,
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut of: [Option<&'static Catalog>; SLOTS] = [None; SLOTS];
    let mut at: [usize; SLOTS] = [0; SLOTS];
    let mut place: [usize; SLOTS] = [usize::MAX; SLOTS];
    let mut count = 0;
    put_retired(tree, usize::MAX, table, &mut of, &mut at, &mut place, &mut count);
    let mut index = 0;
    while index < leaves.len() {
        let leaf = &leaves[index];
        let code = match leaf.entry.code {
            Code::Number(number) => Some(RetiredCode::Number(number)),
            Code::Text(text) if leaf.entry.delivery.has_message() => Some(RetiredCode::Text(text)),
            _ => None,
        };
        if let Some(code) = code
            && let Some(found) = table.get(key(&code))
            && let Some(catalog) = of[found]
        {
            let mistake =
                Mistake::Retired(leaf.named(), catalog.name, catalog.retired[at[found]].why);
            note(mistakes, later(leaf.place, place[found]), mistake);
        }
        if let Some(code) = leaf.entry.delivery.close_code()
            && let Some(found) = table.get(key(&RetiredCode::Close(code)))
            && let Some(catalog) = of[found]
        {
            let why = catalog.retired[at[found]].why;
            let mistake = Mistake::RetiredClose(leaf.named(), code, catalog.name, why);
            note(mistakes, later(leaf.place, place[found]), mistake);
        }
        index += 1;
    }
    succeed(tree, usize::MAX, leaves, mistakes);
}

/// The nested catalog at which two are told: the enum's own has no place.
const fn later(one: usize, other: usize) -> usize {
    if one == usize::MAX || (other != usize::MAX && other > one) { other } else { one }
}

const fn put_retired<const SLOTS: usize>(
    tree: &'static Tree,
    at_place: usize,
    table: &mut Table<SLOTS>,
    of: &mut [Option<&'static Catalog>; SLOTS],
    at: &mut [usize; SLOTS],
    place: &mut [usize; SLOTS],
    count: &mut usize,
) {
    let mut index = 0;
    while index < tree.own.retired.len() {
        if table.put(key(&tree.own.retired[index].code), *count).is_none() {
            of[*count] = Some(tree.own);
            at[*count] = index;
            place[*count] = at_place;
            *count += 1;
        }
        index += 1;
    }
    let mut index = 0;
    while index < tree.nested.len() {
        let inner = if at_place == usize::MAX { index } else { at_place };
        put_retired(tree.nested[index].tree, inner, table, of, at, place, count);
        index += 1;
    }
}

const fn key(code: &RetiredCode) -> Hash {
    match code {
        RetiredCode::Number(number) => Hash::new().byte(0).number(*number as u64),
        RetiredCode::Text(text) => Hash::new().byte(1).bytes(text.as_bytes()),
        RetiredCode::Close(code) => Hash::new().byte(2).number(*code as u64),
    }
}

/// The few codes of a tree that are no errors, against each entry.
const fn succeed<const NESTED: usize>(
    tree: &'static Tree,
    place: usize,
    leaves: &[Leaf],
    mistakes: &mut [Option<Mistake>; NESTED],
) {
    let mut nth = 0;
    while nth < tree.own.success.len() {
        let mut index = 0;
        while index < leaves.len() {
            let leaf = &leaves[index];
            let is_success = match (&tree.own.success[nth], leaf.entry.code) {
                (Success::Numbers(first, last), Code::Number(code)) => {
                    *first <= code && code <= *last
                }
                (Success::Text(text), Code::Text(code)) => same(text, code),
                _ => false,
            };
            if is_success && leaf.entry.delivery.has_message() {
                let mistake = Mistake::Success(leaf.named(), tree.own.name);
                note(mistakes, later(leaf.place, place), mistake);
            }
            index += 1;
        }
        nth += 1;
    }
    let mut index = 0;
    while index < tree.nested.len() {
        let inner = if place == usize::MAX { index } else { place };
        succeed(tree.nested[index].tree, inner, leaves, mistakes);
        index += 1;
    }
}

/// Whether two texts are the same.
pub(super) const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut index = 0;
    while index < one.len() {
        if one[index] != other[index] {
            return false;
        }
        index += 1;
    }
    true
}
