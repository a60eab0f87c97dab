//! Which error a close frame is.

use super::decoder::Decoder;
use super::matching::{Kept, Matching, Texts};
use super::received::Values;
use crate::catalog::{Entry, Reason, Retry};
use ws_errors_core::reading::{Capture, CloseCodePattern, CloseReading, Segment};

/// The end of a connection that was read: the error that it is.
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

impl Decoder {
    /// Reads the end of a connection: `code` is as the close event has it (1005 where the frame
    /// had no status, 1006 where there was no frame), and the reason, empty where there is none.
    pub fn closed(&self, code: u16, reason: &str) -> Closed {
        let is = |reading: &CloseReading| matches!(reading.code, CloseCodePattern::Constant(constant) if constant == code);
        // A declared code is never one that comes with the occurrence.
        let is_declared = self.plan.closes.iter().any(is);
        let can_be = |reading: &&CloseReading| match reading.code {
            CloseCodePattern::Constant(_) => is(reading),
            CloseCodePattern::Field(_) => !is_declared && crate::CloseCode::new(code).is_ok(),
        };
        let mut readings = self.plan.closes.iter().filter(can_be);
        let known = readings.find_map(|reading| {
            let kept = self.read_reason(&reading.reason, reason);
            if kept.is_none() && reading.compared {
                return None;
            }
            let mut values = Values::default();
            if let CloseCodePattern::Field(field) = reading.code {
                values.insert(field.name, field.ident, code.into());
            }
            for Kept { capture, value, .. } in kept.into_iter().flatten() {
                if let Capture::Field(field) = capture {
                    values.insert(field.name, field.ident, value);
                }
            }
            Some(Closed::Known(reading.entry, values))
        });
        known.unwrap_or_else(|| Closed::Unknown {
            code,
            reason: reason.to_owned(),
            retry: self.catalog().undeclared_closes().of(i64::from(code)),
        })
    }

    /// What a reason gives, where it is this one.
    fn read_reason(&self, segments: &[Segment], reason: &str) -> Option<Vec<Kept>> {
        let texts = Texts::default();
        [false, true].into_iter().find_map(|again| {
            let mut matching = self.matching(&texts, false, again, true);
            // A constant was cut already.
            let is_open = segments.iter().any(|one| !matches!(one, Segment::Literal(_)));
            let matches =
                matching.text(segments, reason) || is_open && matching.cut(segments, reason);
            matches.then(|| matching.into_kept())
        })
    }
}

impl Matching<'_> {
    /// A reason that was cut because it was too long for a close frame: the last segments are
    /// missing, or a part of them.
    fn cut(&mut self, segments: &[Segment], reason: &str) -> bool {
        /// The most bytes by which a cut at a character misses the bound.
        const LOST: usize = 3;
        if reason.len() + LOST < Reason::MAX {
            return false;
        }
        if let Some(kept) = &mut self.kept {
            kept.clear();
        }
        let Some((last, before)) = segments.split_last() else { return false };
        match last {
            // The slot before it takes what there is of the literal, too: nobody can tell.
            Segment::Literal(_) => {
                self.attempt(|matching| matching.text(before, reason)) || self.cut(before, reason)
            }
            _ => self.cut(before, reason),
        }
    }
}
