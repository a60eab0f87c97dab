//! What may be there once: names, codes that are reserved, closes.
//!
//! The same functions run while the macro expands, over the entries of one enum, and in constants,
//! over those of a tree of catalogs.

use crate::facts::walk::{Hash, Leaf, LeafCode, Reserved, ReservedCode, Table};

/// What is there twice.
#[derive(Debug, Clone, Copy)]
pub enum Mistake {
    /// Two entries have one name; the first had it first.
    Name(Leaf, Leaf),
    /// Two entries have one code, which one of them does not share; the first had it first.
    Shared(Leaf, Leaf),
    /// Two closes look the same.
    Close(Leaf, Leaf),
    /// The code of an entry was retired, or says that all is well.
    Code(Leaf, Reserved),
    /// The close code of an entry was retired.
    CloseCode(Leaf, Reserved),
}

impl Mistake {
    /// Which of the root's nested catalogs brings it in; `usize::MAX` where none does.
    pub const fn place(&self) -> usize {
        let (one, other) = match self {
            Self::Name(one, other) | Self::Shared(one, other) | Self::Close(one, other) => {
                (one.place, other.place)
            }
            Self::Code(leaf, reserved) | Self::CloseCode(leaf, reserved) => {
                (leaf.place, reserved.place)
            }
        };
        if one == usize::MAX || (other != usize::MAX && other > one) { other } else { one }
    }
}

/// The next mistake, from the entry with this index on, and the index to go on from. The table is the
/// one of the calls before, empty at first, and has at least twice as many places as there are
/// entries.
pub const fn next_name(
    leaves: &[Option<Leaf>],
    mut from: usize,
    table: &mut Table<'_>,
) -> Option<(Mistake, usize)> {
    while from < leaves.len() {
        if let Some(leaf) = leaves[from]
            && let Some(first) = table.put(Hash::NEW.text(leaf.name), from)
            && let Some(first) = leaves[first]
        {
            return Some((Mistake::Name(leaf, first), from + 1));
        }
        from += 1;
    }
    None
}

/// The same of two entries that are sent with one code, unless both share it. Those that may look alike
/// are passed over.
pub const fn next_shared(
    leaves: &[Option<Leaf>],
    mut from: usize,
    table: &mut Table<'_>,
) -> Option<(Mistake, usize)> {
    while from < leaves.len() {
        if let Some(leaf) = leaves[from]
            && leaf.delivery.has_message
            && !leaf.alike
            && let Some(code) = hash(leaf.code)
            && let Some(first) = table.put(code, from)
            && let Some(first) = leaves[first]
            && !(leaf.shared && first.shared)
        {
            return Some((Mistake::Shared(leaf, first), from + 1));
        }
        from += 1;
    }
    None
}

/// Of a code that is constant.
const fn hash(code: LeafCode) -> Option<Hash> {
    match code {
        LeafCode::Open => None,
        LeafCode::Number(number) => Some(Hash::NEW.number(number)),
        LeafCode::Text(text) => Some(Hash::NEW.text(text)),
    }
}

/// The same of two closes that come without a message. Those that may look alike are
/// passed over.
pub const fn next_close(
    leaves: &[Option<Leaf>],
    mut from: usize,
    table: &mut Table<'_>,
) -> Option<(Mistake, usize)> {
    while from < leaves.len() {
        if let Some(leaf) = leaves[from]
            && !leaf.alike
            && let Some(close) = leaf.delivery.lone_close
            && let Some(first) = table.put(close, from)
            && let Some(first) = leaves[first]
        {
            return Some((Mistake::Close(leaf, first), from + 1));
        }
        from += 1;
    }
    None
}

/// The next use of a reserved code, from this pair of an entry and a code on. A code that was retired
/// means something else to clients that are still out there, and one that says that all is well is no
/// error's.
pub const fn next_reserved(
    leaves: &[Option<Leaf>],
    reserved: &[Option<Reserved>],
    mut from: usize,
) -> Option<(Mistake, usize)> {
    while from < leaves.len() * reserved.len() {
        let pair = (leaves[from / reserved.len()], reserved[from % reserved.len()]);
        from += 1;
        let (Some(leaf), Some(code)) = pair else { continue };
        if has_code(&leaf, &code) {
            return Some((Mistake::Code(leaf, code), from));
        }
        if let ReservedCode::Close(close) = code.code
            && let Some(own) = leaf.delivery.close_code
            && own == close
        {
            return Some((Mistake::CloseCode(leaf, code), from));
        }
    }
    None
}

/// Whether an entry's code is one of these. A text is a code where it is sent; without a code of its
/// own an entry has its name for one, whether it is sent or not.
const fn has_code(leaf: &Leaf, reserved: &Reserved) -> bool {
    let is_sent = leaf.delivery.has_message;
    match (leaf.code, reserved.code) {
        (LeafCode::Number(code), ReservedCode::Numbers(first, last)) => {
            first <= code && code <= last && (is_sent || reserved.why.is_some())
        }
        (LeafCode::Text(code), ReservedCode::Text(text)) => is_sent && same(code, text),
        _ => false,
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
