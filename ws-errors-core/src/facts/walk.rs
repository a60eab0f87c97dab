//! A text of facts, read by the compiler: names, codes and closes of each entry, and nothing else.
//!
//! Where catalogs nest, only the compiler sees all of them, and it can neither allocate nor call a
//! trait in a constant. So it walks through the texts with [`Reader`]'s own functions, and hashes what
//! has to be unique.

pub use super::hash::{Hash, Table};
use super::leaf::Seen;
pub use super::leaf::{Leaf, LeafCode, LeafDelivery, Reserved, ReservedCode, delivery};
use super::{Declaration, Reader, Tables};

/// How many entries, and how many reserved codes, a tree of catalogs has.
pub const fn count(tree: &Declaration) -> (usize, usize) {
    let (mut leaves, mut reserved) = (0, 0);
    let mut walk = Walk::new(tree.facts);
    walk.text();
    let mut round = 0;
    while round < 2 {
        let mut left = walk.number();
        while left > 0 {
            walk.reserved(round == 0);
            reserved += 1;
            left -= 1;
        }
        round += 1;
    }
    leaves += walk.number() as usize;
    let mut index = 0;
    while index < tree.nested.len() {
        let (more, codes) = count(tree.nested[index].declaration);
        leaves += more;
        reserved += codes;
        index += 1;
    }
    (leaves, reserved)
}

/// Collects the entries and the reserved codes of a tree, the root's own first. The lists have room
/// for as many as [`count`] says.
pub const fn collect(
    tree: &Declaration,
    place: usize,
    leaves: &mut [Option<Leaf>],
    mut next_leaf: usize,
    reserved: &mut [Option<Reserved>],
    mut next_reserved: usize,
) -> (usize, usize) {
    let mut walk = Walk::new(tree.facts);
    let catalog = walk.text();
    let mut round = 0;
    while round < 2 {
        let left = walk.number() as usize;
        let mut index = 0;
        while index < left {
            let (code, why) = walk.reserved(round == 0);
            if next_reserved < reserved.len() {
                reserved[next_reserved] = Some(Reserved { catalog, place, index, code, why });
            }
            next_reserved += 1;
            index += 1;
        }
        round += 1;
    }
    let left = walk.number() as usize;
    let mut index = 0;
    while index < left {
        let leaf = walk.leaf(catalog, place, index);
        if next_leaf < leaves.len() {
            leaves[next_leaf] = Some(leaf);
        }
        next_leaf += 1;
        index += 1;
    }
    let mut index = 0;
    while index < tree.nested.len() {
        let inner = if place == usize::MAX { index } else { place };
        let nested = tree.nested[index].declaration;
        (next_leaf, next_reserved) =
            collect(nested, inner, leaves, next_leaf, reserved, next_reserved);
        index += 1;
    }
    (next_leaf, next_reserved)
}

/// Reads what a walk needs. The macro wrote the text, so what can't be read is nothing.
struct Walk {
    reader: Reader<'static>,
}

impl Walk {
    const fn new(text: &'static str) -> Self {
        Self { reader: Reader::new(text, Tables::NONE) }
    }

    const fn number(&mut self) -> i64 {
        match self.reader.number() {
            Some(number) => number,
            None => 0,
        }
    }

    const fn text(&mut self) -> &'static str {
        match self.reader.text() {
            Some(text) => text,
            None => "",
        }
    }

    /// A code that was retired, or one that says that all is well, as [`Retired`] and [`Success`]
    /// write them.
    ///
    /// [`Retired`]: crate::catalog::Retired
    /// [`Success`]: crate::catalog::Success
    const fn reserved(&mut self, is_retired: bool) -> (ReservedCode, Option<&'static str>) {
        let kind = self.number();
        if !is_retired {
            let code = match kind {
                0 => ReservedCode::Numbers(self.number(), self.number()),
                _ => ReservedCode::Text(self.text()),
            };
            return (code, None);
        }
        let code = match kind {
            0 => {
                let number = self.number();
                ReservedCode::Numbers(number, number)
            }
            1 => ReservedCode::Text(self.text()),
            _ => ReservedCode::Close(self.number() as u16),
        };
        (code, Some(self.text()))
    }

    /// The beginning of an entry; the rest is passed over.
    const fn leaf(&mut self, catalog: &'static str, place: usize, index: usize) -> Leaf {
        let mut walk = Self::new(self.text());
        let (name, variant) = (walk.text(), walk.text());
        let code = match walk.number() {
            1 => LeafCode::Number(walk.number()),
            2 => LeafCode::Text(walk.text()),
            3 => {
                walk.text();
                LeafCode::Open
            }
            _ => LeafCode::Open,
        };
        let (shared, alike) = (walk.number() != 0, walk.number() != 0);
        let delivery = walk.delivery();
        Leaf { catalog, place, index, name, variant, code, shared, alike, delivery }
    }

    const fn delivery(&mut self) -> LeafDelivery {
        match self.number() {
            0 => LeafDelivery::of(true, Seen::Nothing, Hash::NEW),
            1 => {
                let (seen, reason) = self.closing();
                LeafDelivery::of(false, seen, reason)
            }
            2 => {
                let (seen, reason) = self.closing();
                LeafDelivery::of(true, seen, reason)
            }
            3 => {
                let seen = match self.number() {
                    0 => Seen::Nothing,
                    _ => Seen::Code(self.number() as u16),
                };
                LeafDelivery::of(false, seen, self.reason())
            }
            _ => {
                if self.number() != 0 {
                    self.number();
                }
                let (seen, reason) = match self.number() {
                    0 => (Seen::Nothing, Hash::NEW),
                    _ => self.closing(),
                };
                LeafDelivery::of(false, seen, reason)
            }
        }
    }

    const fn closing(&mut self) -> (Seen, Hash) {
        let seen = match self.number() {
            0 => Seen::NoStatus,
            1 => Seen::Code(self.number() as u16),
            _ => {
                self.text();
                Seen::Open
            }
        };
        (seen, self.reason())
    }

    const fn reason(&mut self) -> Hash {
        let mut hash = Hash::NEW;
        let mut left = self.number();
        while left > 0 {
            match self.number() {
                0 => hash = hash.text(self.text()),
                _ => {
                    self.text();
                    self.text();
                    hash = hash.open();
                }
            }
            left -= 1;
        }
        hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{
        Catalog, Closing, ClosingCode, Code, Delivery, Entry, Piece, Retired, RetiredCode, Success,
        Text,
    };
    use crate::facts::{Declared, write};

    #[test]
    fn a_walk_reads_what_the_facts_say() {
        let text = |pieces: &[Piece]| Text(pieces.to_vec().leak());
        let closing = |code| Closing {
            code,
            reason: text(&[Piece::Literal("gone "), Piece::Field { name: "room", spec: "" }]),
        };
        let codes = [Code::None, Code::Number(-7), Code::Text("X"), Code::Field("code")];
        let deliveries = [
            Delivery::Soft,
            Delivery::Close(closing(ClosingCode::None)),
            Delivery::SoftThenClose(closing(ClosingCode::Constant(4001))),
            Delivery::Observed { code: Some(1006), reason: Text::EMPTY },
            Delivery::Observed { code: None, reason: Text::EMPTY },
            Delivery::Rejected { status: Some(404), close: None },
            Delivery::Rejected { status: None, close: Some(closing(ClosingCode::Field("close"))) },
        ];
        let entries: Vec<Entry> = codes
            .iter()
            .flat_map(|&code| deliveries.iter().map(move |&delivery| (code, delivery)))
            .map(|(code, delivery)| {
                let shared = code != Code::None;
                Entry { name: "n", code, shared, alike: !shared, delivery, ..Entry::BLANK }
            })
            .collect();
        let own = Catalog {
            name: "c",
            entries: entries.clone().leak(),
            retired: &[Retired { code: RetiredCode::Close(4007), why: "old" }],
            success: &[Success::Numbers(0, 9), Success::Text("ok")],
            ..Catalog::BLANK
        };
        let facts = write(&Declared { own, nested: &[] }, &[]).leak();
        let declaration = Declaration { facts, ..Declaration::EMPTY };
        let (leaf_count, reserved_count) = count(&declaration);
        assert_eq!((leaf_count, reserved_count), (entries.len(), 3));
        let (mut leaves, mut reserved) = (vec![None; leaf_count], vec![None; reserved_count]);
        collect(&declaration, usize::MAX, &mut leaves, 0, &mut reserved, 0);
        for (leaf, entry) in leaves.iter().flatten().zip(&entries) {
            assert_eq!(leaf.delivery, delivery(&entry.delivery), "{entry:?}");
            let code = match entry.code {
                Code::Number(number) => LeafCode::Number(number),
                Code::Text(text) => LeafCode::Text(text),
                Code::None | Code::Field(_) => LeafCode::Open,
            };
            assert_eq!((leaf.code, leaf.shared, leaf.alike), (code, entry.shared, entry.alike));
        }
        assert!(matches!(reserved[0].unwrap().code, ReservedCode::Close(4007)));
        assert!(matches!(reserved[1].unwrap().code, ReservedCode::Numbers(0, 9)));
        assert!(matches!(reserved[2].unwrap().code, ReservedCode::Text("ok")));
    }
}
