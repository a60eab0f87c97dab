//! Which error a close frame is.

use super::kinds::Kinds;
use super::matching::Matching;
use super::pattern::{Fragment, Pattern, Reading};
use super::received::Values;
use crate::catalog::{Catalog, ClosingCode, Delivery, Entry, Field, Piece, Reason, Retry, Text};

/// What the end of a connection turned out to mean.
#[derive(Debug, Clone)]
pub enum Closed {
    /// An error of the catalog, with the fields that the close frame carried.
    Known(&'static Entry, Values),
    /// A close frame that no entry of the catalog has.
    Unknown {
        /// The close code.
        code: u16,
        /// The reason.
        reason: String,
        /// What the catalog says of close codes that nobody declared: by range, or for all others.
        retry: &'static Retry,
    },
}

impl Closed {
    /// The entry, where it is known.
    pub const fn entry(&self) -> Option<&'static Entry> {
        match self {
            Self::Known(entry, _) => Some(entry),
            Self::Unknown { .. } => None,
        }
    }
}

/// The close frames of a catalog.
#[derive(Debug)]
pub(super) struct Closes(Vec<Candidate>);

#[derive(Debug)]
struct Candidate {
    entry: &'static Entry,
    code: CandidateCode,
    reason: CandidateReason,
    /// A message comes before it, which tells more: any other entry comes first.
    follows_message: bool,
}

#[derive(Debug)]
enum CandidateCode {
    Constant(u16),
    Field(&'static Field),
}

#[derive(Debug)]
enum CandidateReason {
    Constant(Reason),
    Pattern(Vec<Fragment>),
}

/// The close code of a frame without a status
/// ([RFC 6455, section 7.1.5](https://www.rfc-editor.org/rfc/rfc6455#section-7.1.5)).
const NO_STATUS: u16 = 1005;

impl Closes {
    pub(super) fn new(catalog: &'static Catalog) -> Self {
        Self(catalog.entries.iter().filter_map(Candidate::new).collect())
    }

    /// By code and reason, or else by the code alone where one entry has it; a constant reason comes
    /// before one with fields in it, and a constant code before one from a field.
    pub(super) fn closed(&self, catalog: &'static Catalog, code: u16, reason: &str) -> Closed {
        let with_code = || self.0.iter().filter(|candidate| candidate.has(code));
        let best = with_code()
            .filter_map(|candidate| Some((candidate, candidate.matches(reason)?)))
            // The first of those that are equal.
            .rev()
            .max_by_key(|(candidate, (constants, _))| {
                (candidate.is_constant(), *constants, !candidate.follows_message)
            });
        if let Some((candidate, (_, matching))) = best {
            return candidate.closed(code, matching);
        }
        for is_constant in [true, false] {
            let mut alone = with_code().filter(|candidate| candidate.is_constant() == is_constant);
            match (alone.next(), alone.next()) {
                (Some(candidate), None) => return candidate.closed(code, Matching::default()),
                (None, _) => {}
                _ => break,
            }
        }
        Closed::Unknown {
            code,
            reason: reason.to_owned(),
            retry: catalog.undeclared_closes().of(i64::from(code)),
        }
    }
}

impl Candidate {
    fn new(entry: &'static Entry) -> Option<Self> {
        let (code, reason) = match (&entry.delivery, entry.delivery.closing()) {
            (Delivery::Observed { code, reason }, _) => (CandidateCode::Constant((*code)?), reason),
            (_, Some(closing)) => match closing.code {
                ClosingCode::None => (CandidateCode::Constant(NO_STATUS), &Text::EMPTY),
                ClosingCode::Constant(code) => {
                    (CandidateCode::Constant(code.get()), &closing.reason)
                }
                ClosingCode::Field(name) => {
                    (CandidateCode::Field(entry.field(name)?), &closing.reason)
                }
            },
            _ => return None,
        };
        Some(Self {
            entry,
            code,
            reason: match reason.constant() {
                // It is cut where it is sent.
                Some(text) => CandidateReason::Constant(Reason::new(text)),
                None => CandidateReason::Pattern(fragments(entry, reason)),
            },
            follows_message: matches!(entry.delivery, Delivery::SoftThenClose(_)),
        })
    }

    fn is_constant(&self) -> bool {
        matches!(self.code, CandidateCode::Constant(_))
    }

    fn has(&self, code: u16) -> bool {
        match self.code {
            CandidateCode::Constant(constant) => constant == code,
            CandidateCode::Field(_) => crate::CloseCode::new(code).is_ok(),
        }
    }

    /// How well the reason is this one's, and what was read from it.
    fn matches(&self, reason: &str) -> Option<(usize, Matching)> {
        match &self.reason {
            CandidateReason::Constant(constant) => {
                (constant.as_str() == reason).then(|| (usize::MAX, Matching::default()))
            }
            CandidateReason::Pattern(fragments) => {
                let mut matching = Matching::default();
                (matching.fragments(fragments, reason) || matching.cut(fragments, reason))
                    .then(|| (literal_length(fragments), matching))
            }
        }
    }

    fn closed(&self, code: u16, matching: Matching) -> Closed {
        let mut values = Values::default();
        if let CandidateCode::Field(field) = self.code {
            values.insert(field.name, field.ident, code.into());
        }
        for read in matching.readings {
            if let Reading::Field(field) = read.reading {
                values.insert(field.name, field.ident, read.value);
            }
        }
        Closed::Known(self.entry, values)
    }
}

impl Matching {
    /// A reason that was cut because it was too long for a close frame: the last fragments are
    /// missing, or a part of them.
    fn cut(&mut self, fragments: &[Fragment], reason: &str) -> bool {
        /// The most bytes by which a cut at a character misses the bound.
        const LOST: usize = 3;
        if reason.len() + LOST < Reason::MAX {
            return false;
        }
        self.readings.clear();
        let Some((last, before)) = fragments.split_last() else { return true };
        match last {
            // The slot before it takes what there is of the literal, too: nobody can tell.
            Fragment::Literal(_) => {
                self.attempt(|matching| matching.fragments(before, reason))
                    || self.cut(before, reason)
            }
            Fragment::Open(_) => self.cut(before, reason),
        }
    }
}

fn literal_length(fragments: &[Fragment]) -> usize {
    let lengths = fragments.iter().map(|fragment| match fragment {
        Fragment::Literal(text) => text.len(),
        Fragment::Open(_) => 0,
    });
    lengths.sum()
}

fn fragments(entry: &'static Entry, text: &Text) -> Vec<Fragment> {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Literal(text) => Fragment::Literal((*text).to_owned()),
        Piece::Field { name, .. } => {
            let reading = entry.field(name).map_or(Reading::Nothing, Reading::Field);
            Fragment::Open(Pattern::Open(Kinds::STRING, reading))
        }
    });
    pieces.collect()
}
