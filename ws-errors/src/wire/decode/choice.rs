//! Which of several readings of a message counts.

use serde_json::Value;

use super::kinds::Kinds;
use super::matching::{Matching, Read};
use super::pattern::{Fragment, Pattern, Reading};
use super::received::{Decoded, Received};
use crate::catalog::{Catalog, Entry, Message, Piece, Text};

/// What told the entry, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// Nothing: it is not known.
    Nothing,
    /// Its code is none of the others'.
    CatchAll,
    /// The shape, and perhaps the text.
    Shape,
    /// The code.
    Code,
}

/// One reading of a message.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The index in [`Catalog::contexts`].
    pub(super) context: usize,
    pub(super) entry: Option<&'static Entry>,
    pub(super) told: Told,
    pub(super) matching: Matching,
    /// The code as it came, and the details of any entry.
    pub(super) code: Option<Value>,
    pub(super) details: Option<Value>,
}

/// The readings of a message.
#[derive(Debug, Default)]
pub(super) struct Choice {
    outcomes: Vec<Outcome>,
}

/// How well a text is that of an entry, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// It is another text.
    None,
    /// Any text is.
    Free,
    /// The text has the constant characters: so many of them.
    Pattern(usize),
    /// It is the text.
    Constant,
}

impl Outcome {
    /// The most matching constants first, then the most members explained; of what is told in the
    /// same way, that whose strings have the most in common.
    fn rank(&self) -> (usize, usize, Told, usize) {
        let Matching { constants, explained, literal, .. } = self.matching;
        (constants, explained, self.told, literal)
    }

    fn likeness(&self) -> Likeness {
        let Some(entry) = self.entry else { return Likeness::Free };
        let message = self.matching.find(|reading| matches!(reading, Reading::Message(_)));
        match (entry.message, message) {
            (Message::Text(text) | Message::Display(text), Some(Value::String(message))) => {
                likeness(text, message)
            }
            _ => Likeness::Free,
        }
    }
}

impl Choice {
    pub(super) fn put(&mut self, outcome: Outcome) {
        self.outcomes.push(outcome);
    }

    /// The reading that counts.
    pub(super) fn decoded(mut self, catalog: &'static Catalog) -> Decoded {
        if self.outcomes.iter().any(|outcome| outcome.told == Told::Code) {
            self.outcomes.retain(|outcome| outcome.told >= Told::Shape);
        }
        while let Some(best) = self.outcomes.iter().map(Outcome::rank).max() {
            let (tied, others) =
                self.outcomes.into_iter().partition(|outcome| outcome.rank() == best);
            if let Some(outcome) = by_text(tied) {
                return outcome.decoded(catalog);
            }
            self.outcomes = others;
        }
        Decoded::Foreign
    }
}

/// Of entries that only their text tells apart the one that has it: constant before pattern before
/// free text.
fn by_text(tied: Vec<Outcome>) -> Option<Outcome> {
    let first = tied.first().and_then(|outcome| outcome.entry).map(|entry| entry.name);
    let is_only = tied.iter().all(|outcome| outcome.entry.map(|entry| entry.name) == first);
    // The first of those that are equally alike.
    let best = tied.into_iter().rev().max_by_key(Outcome::likeness)?;
    let is_told = is_only || best.told == Told::Code || best.likeness() > Likeness::None;
    is_told.then_some(best)
}

fn likeness(text: Text, message: &str) -> Likeness {
    match text.constant() {
        // The macro could read nothing of a `Display` text.
        Some("") => Likeness::Free,
        Some(text) if text == message => Likeness::Constant,
        Some(_) => Likeness::None,
        None => {
            let mut length = 0;
            let fragments: Vec<Fragment> = text
                .0
                .iter()
                .map(|piece| match piece {
                    Piece::Literal(text) => {
                        length += text.len();
                        Fragment::Literal((*text).to_owned())
                    }
                    Piece::Field { .. } => {
                        Fragment::Open(Pattern::Open(Kinds::STRING, Reading::Nothing))
                    }
                })
                .collect();
            if Matching::default().fragments(&fragments, message) {
                Likeness::Pattern(length)
            } else {
                Likeness::None
            }
        }
    }
}

impl Outcome {
    fn decoded(self, catalog: &'static Catalog) -> Decoded {
        let Self { context, entry, matching, code, details, .. } = self;
        let mut received = Received::new(catalog, context);
        (received.code, received.details) = (code, details);
        received.message = matching.find(|reading| matches!(reading, Reading::Message(_))).cloned();
        // A value that stands alone is read before one between other characters.
        let (alone, others): (Vec<Read>, Vec<Read>) =
            matching.readings.into_iter().partition(|read| read.alone);
        for Read { reading, value, .. } in alone.into_iter().chain(others) {
            match reading {
                Reading::Field(field) | Reading::Message(Some(field)) => {
                    received.fields.insert(field.name, field.ident, value);
                }
                Reading::Context(field) => {
                    received.context_values.insert(field.name, field.name, value);
                }
                _ => {}
            }
        }
        match entry {
            Some(entry) => Decoded::Known(entry, received),
            None => Decoded::Unknown(received),
        }
    }
}
