//! How close frames are read.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::plan::{Capture, CloseCodePattern, CloseReading, Pattern, Segment};
use crate::catalog::{Catalog, ClosingCode, Delivery, Entry, Piece, Text};
use crate::close_code::{MAX_REASON, NO_STATUS, registered_name};
use crate::cut::cut;
use crate::json::Kinds;

/// The readings of a catalog's close frames: a constant code before one from a field; then a constant
/// reason, and the one with the most constant characters; then what says all by itself before what
/// follows a message.
pub(super) fn closes(catalog: &Catalog) -> Vec<CloseReading> {
    let mut readings: Vec<CloseReading> = catalog.entries.iter().filter_map(reading).collect();
    let constant = |reading: &CloseReading| match reading.code {
        CloseCodePattern::Constant(code) => Some(code),
        CloseCodePattern::Field(_) => None,
    };
    let mut with_code: HashMap<Option<u16>, usize> = HashMap::new();
    for reading in &readings {
        *with_code.entry(constant(reading)).or_default() += 1;
    }
    for reading in &mut readings {
        let code = constant(reading);
        let is_shared = with_code.get(&code).is_some_and(|count| *count > 1);
        // A standard code is everybody's: a normal close is not the entry that declares another
        // reason for one.
        let is_standard = code.is_some_and(|code| code < 3000 && says_more(reading, code));
        reading.compared = is_shared || is_standard;
    }
    readings.sort_by_key(|reading| {
        let is_open = |segment: &Segment| !matches!(segment, Segment::Literal(_));
        let characters = reading.reason.iter().map(|segment| match segment {
            Segment::Literal(text) => text.chars().count(),
            _ => 0,
        });
        (
            constant(reading).is_none(),
            reading.reason.iter().any(is_open),
            Reverse(characters.sum::<usize>()),
            matches!(reading.entry.delivery, Delivery::SoftThenClose(_)),
        )
    });
    readings
}

/// Whether the reason of a standard code says more than the code: one that is not stated is the name
/// of the entry, and the name of the code in the registry is that of everybody.
fn says_more(reading: &CloseReading, code: u16) -> bool {
    match reading.reason.as_slice() {
        [] => false,
        [Segment::Literal(reason)] => {
            let is_registered =
                registered_name(code).is_some_and(|name| name.eq_ignore_ascii_case(reason));
            !is_registered && reason != reading.entry.name
        }
        _ => true,
    }
}

fn reading(entry: &'static Entry) -> Option<CloseReading> {
    let (code, reason) = match (&entry.delivery, entry.delivery.closing()) {
        (Delivery::Observed { code, reason }, _) => (CloseCodePattern::Constant((*code)?), reason),
        (_, Some(closing)) => match closing.code {
            ClosingCode::None => (CloseCodePattern::Constant(NO_STATUS), &Text::EMPTY),
            ClosingCode::Constant(code) => (CloseCodePattern::Constant(code), &closing.reason),
            ClosingCode::Field(name) => {
                (CloseCodePattern::Field(entry.field(name)?), &closing.reason)
            }
        },
        _ => return None,
    };
    Some(CloseReading { entry, code, reason: segments(entry, reason), compared: false })
}

fn segments(entry: &'static Entry, text: &Text) -> Vec<Segment> {
    if let Some(constant) = text.constant() {
        // It is cut where it is sent.
        return match cut(constant, MAX_REASON) {
            "" => Vec::new(),
            reason => vec![Segment::Literal(reason.to_owned())],
        };
    }
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Literal(text) => Segment::Literal((*text).to_owned()),
        Piece::Field { name, .. } => {
            let captures = entry.field(name).map(Capture::Field).into_iter().collect();
            Segment::Slot(Pattern::value(Kinds::STRING, captures))
        }
    });
    pieces.collect()
}
