//! What the compiler checks where catalogs nest, and its words.

use super::unique::{Mistake, next_close, next_name, next_reserved, next_shared, same};
use crate::facts::Declaration;
use crate::facts::walk::{Leaf, LeafCode, Reserved, ReservedCode, Table, collect};

/// The first mistake that a nested catalog brings in. `LEAVES` and `RESERVED` are what
/// [`count`](crate::facts::walk::count) says.
pub const fn mistake<const LEAVES: usize, const RESERVED: usize>(
    tree: &Declaration,
    place: usize,
) -> Option<Mistake> {
    let mut leaves: [Option<Leaf>; LEAVES] = [None; LEAVES];
    let mut reserved: [Option<Reserved>; RESERVED] = [None; RESERVED];
    collect(tree, usize::MAX, &mut leaves, 0, &mut reserved, 0);
    // One list after the other, each in a table of its own.
    let mut tables = [[[None; 2]; LEAVES]; 3];
    let [names, codes, closes] = &mut tables;
    let (mut names, mut codes) = (Table(names.as_flattened_mut()), Table(codes.as_flattened_mut()));
    let mut closes = Table(closes.as_flattened_mut());
    let (mut rule, mut from) = (0, 0);
    while rule < 4 {
        let next = match rule {
            0 => next_name(&leaves, from, &mut names),
            1 => next_reserved(&leaves, &reserved, from),
            2 => next_shared(&leaves, from, &mut codes),
            _ => next_close(&leaves, from, &mut closes),
        };
        match next {
            None => (rule, from) = (rule + 1, 0),
            Some((mistake, after)) => {
                if mistake.place() == place && !is_within(&mistake) {
                    return Some(mistake);
                }
                from = after;
            }
        }
    }
    None
}

/// Whether both sides are of one catalog, which has been checked by itself.
const fn is_within(mistake: &Mistake) -> bool {
    let (one, other) = match mistake {
        Mistake::Name(one, other) | Mistake::Shared(one, other) | Mistake::Close(one, other) => {
            ((one.catalog, one.place), (other.catalog, other.place))
        }
        Mistake::Code(leaf, code) | Mistake::CloseCode(leaf, code) => {
            ((leaf.catalog, leaf.place), (code.catalog, code.place))
        }
    };
    same(one.0, other.0) && one.1 == other.1
}

/// The most bytes that a message may have.
const MOST: usize = 640;

/// A text that is made in a constant.
#[derive(Debug)]
pub struct Words {
    bytes: [u8; MOST],
    length: usize,
}

impl Words {
    const fn new() -> Self {
        Self { bytes: [0; MOST], length: 0 }
    }

    /// A piece for which there is no room is left out as a whole.
    const fn push(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        if text.len() > MOST - self.length {
            return self;
        }
        let mut index = 0;
        while index < text.len() {
            self.bytes[self.length] = text[index];
            self.length += 1;
            index += 1;
        }
        self
    }

    const fn number(self, number: i64) -> Self {
        let mut digits = [0; 20];
        let mut start = digits.len();
        let mut rest = number.unsigned_abs();
        loop {
            start -= 1;
            digits[start] = b'0' + (rest % 10) as u8;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        let signed = if number < 0 { self.push("-") } else { self };
        match std::str::from_utf8(digits.split_at(start).1) {
            Ok(digits) => signed.push(digits),
            Err(_) => signed,
        }
    }

    /// "`Full` of the catalog `rooms`".
    const fn named(self, leaf: Leaf) -> Self {
        self.push("`").push(leaf.variant).push("` of the catalog `").push(leaf.catalog).push("`")
    }

    const fn code(self, code: LeafCode) -> Self {
        match code {
            LeafCode::Number(number) => self.number(number),
            LeafCode::Text(text) => self.push("\"").push(text).push("\""),
            LeafCode::Open => self,
        }
    }

    const fn retired(self, leaf: Leaf, by: Reserved, why: &str) -> Self {
        self.push(" of ")
            .named(leaf)
            .push(" was retired by the catalog `")
            .push(by.catalog)
            .push("`, and may not be used again: ")
            .push(why)
            .push("; use another")
    }

    /// The text.
    pub const fn as_str(&self) -> &str {
        match std::str::from_utf8(self.bytes.split_at(self.length).0) {
            Ok(text) => text,
            Err(_) => "`transparent`: this catalog does not go together with the rest",
        }
    }
}

/// The words for a mistake of a nested catalog.
pub const fn words(mistake: &Mistake) -> Words {
    let words = Words::new();
    match *mistake {
        Mistake::Name(this, that) => words
            .push("`transparent`: the name `")
            .push(this.name)
            .push("` of ")
            .named(this)
            .push(" is that of ")
            .named(that)
            .push(" as well; give one of the two another: `name = \"…\"`"),
        Mistake::Shared(this, that) => words
            .push("`transparent`: the code ")
            .code(this.code)
            .push(" of ")
            .named(this)
            .push(" is that of ")
            .named(that)
            .push(" as well; give one of the two another, or say of both that they share it: `code = shared(")
            .code(this.code)
            .push(")`"),
        Mistake::Close(this, that) => words
            .push("`transparent`: a client can't tell the close of ")
            .named(this)
            .push(" from that of ")
            .named(that)
            .push("; give one of the two another code or reason, or say why they may look the same: `alike = \"…\"`"),
        Mistake::Code(this, by) => {
            let words = words.push("`transparent`: the code ").code(this.code);
            match by.why {
                Some(why) => words.retired(this, by, why),
                None => words
                    .push(" of ")
                    .named(this)
                    .push(" is no error: the catalog `")
                    .push(by.catalog)
                    .push("` has it in `success(…)`; use another"),
            }
        }
        Mistake::CloseCode(this, by) => {
            let code = match by.code {
                ReservedCode::Close(code) => code as i64,
                _ => 0,
            };
            let why = match by.why {
                Some(why) => why,
                None => "",
            };
            words.push("`transparent`: the close code ").number(code).retired(this, by, why)
        }
    }
}
