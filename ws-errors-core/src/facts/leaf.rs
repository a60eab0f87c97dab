//! What is known of an entry, and of a reserved code, without unfolding a catalog.

use super::hash::Hash;
use crate::catalog::{Closing, ClosingCode, Delivery, Piece, Text};
use crate::close_code::NO_STATUS;

/// What is known of an entry by walking.
#[derive(Debug, Clone, Copy)]
pub struct Leaf {
    /// The name of the catalog that declares it.
    pub catalog: &'static str,
    /// Which of the root's nested catalogs it comes from; `usize::MAX` where the root declares it.
    pub place: usize,
    /// Its index in the catalog that declares it.
    pub index: usize,
    /// Its name.
    pub name: &'static str,
    /// Its variant.
    pub variant: &'static str,
    /// Its code.
    pub code: LeafCode,
    /// Whether other entries may have its code.
    pub shared: bool,
    /// Whether it may look like another.
    pub alike: bool,
    /// How it is delivered.
    pub delivery: LeafDelivery,
}

/// A code, as far as it is constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafCode {
    /// None, or one that comes with the occurrence.
    Open,
    /// A number.
    Number(i64),
    /// A string.
    Text(&'static str),
}

/// What is known of a delivery by walking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafDelivery {
    /// Whether a message is sent.
    pub has_message: bool,
    /// The close code that a client sees, where it is constant.
    pub close_code: Option<u16>,
    /// By what a client knows a close that comes without a message: code and reason.
    pub lone_close: Option<Hash>,
}

/// A code or a close code that a catalog retires or calls a success.
#[derive(Debug, Clone, Copy)]
pub struct Reserved {
    /// The name of the catalog.
    pub catalog: &'static str,
    /// Which of the root's nested catalogs it is; `usize::MAX` for the root itself.
    pub place: usize,
    /// Its index among those of its catalog.
    pub index: usize,
    /// What is reserved.
    pub code: ReservedCode,
    /// Why it was retired; `None` where it says that all is well.
    pub why: Option<&'static str>,
}

/// What is reserved.
#[derive(Debug, Clone, Copy)]
pub enum ReservedCode {
    /// The numbers from the first to the last.
    Numbers(i64, i64),
    /// A string.
    Text(&'static str),
    /// A close code.
    Close(u16),
}

/// What a walk says of a delivery that is at hand.
pub fn delivery(delivery: &Delivery) -> LeafDelivery {
    let hash = |text: &Text| {
        text.0.iter().fold(Hash::NEW, |hash, piece| match piece {
            Piece::Literal(text) => hash.text(text),
            Piece::Field { .. } => hash.open(),
        })
    };
    let seen = |closing: &Closing| match closing.code {
        ClosingCode::None => Seen::NoStatus,
        ClosingCode::Constant(code) => Seen::Code(code),
        ClosingCode::Field(_) => Seen::Open,
    };
    match delivery {
        Delivery::Soft => LeafDelivery::of(true, Seen::Nothing, Hash::NEW),
        Delivery::Close(closing) => LeafDelivery::of(false, seen(closing), hash(&closing.reason)),
        Delivery::SoftThenClose(closing) => {
            LeafDelivery::of(true, seen(closing), hash(&closing.reason))
        }
        Delivery::Observed { code, reason } => {
            LeafDelivery::of(false, code.map_or(Seen::Nothing, Seen::Code), hash(reason))
        }
        Delivery::Rejected { close, .. } => match close {
            Some(closing) => LeafDelivery::of(false, seen(closing), hash(&closing.reason)),
            None => LeafDelivery::of(false, Seen::Nothing, Hash::NEW),
        },
    }
}

/// The close code that a client sees.
#[derive(Clone, Copy)]
pub(super) enum Seen {
    /// None is declared.
    Nothing,
    /// The frame has none.
    NoStatus,
    /// Always this one.
    Code(u16),
    /// One that comes with the occurrence.
    Open,
}

impl LeafDelivery {
    /// A client knows a close by its code and its reason, however it came about. A message before it
    /// says more, so what is sent then may close like anything else.
    pub(super) const fn of(has_message: bool, seen: Seen, reason: Hash) -> Self {
        let (code, close_code) = match seen {
            Seen::Nothing => (None, None),
            Seen::NoStatus => (Some(NO_STATUS as i64), None),
            Seen::Code(code) => (Some(code as i64), Some(code)),
            Seen::Open => (Some(-1), None),
        };
        let lone_close = match code {
            Some(code) if !has_message => Some(reason.number(code)),
            _ => None,
        };
        Self { has_message, close_code, lone_close }
    }
}
