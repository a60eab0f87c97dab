//! The text of a frame or of a string as a regular expression, in the words that all dialects share.

use std::borrow::Cow;

use crate::wire::{Fragment, Item, Shape};

/// Any text, with its line breaks.
const ANYTHING: &str = r"[\s\S]*";

/// The whole of a text.
pub(super) fn whole(pattern: &str) -> String {
    format!("^{pattern}$")
}

/// A string composed of characters.
pub(super) fn of_fragments(fragments: &[Fragment]) -> String {
    fragments
        .iter()
        .map(|fragment| match fragment {
            Fragment::Literal(text) => Cow::Owned(escaped(text)),
            Fragment::Open(_) | Fragment::Filtered(..) => Cow::Borrowed(ANYTHING),
        })
        .collect()
}

/// Text and JSON one after the other.
pub(super) fn of_chain(items: &[Item]) -> String {
    items
        .iter()
        .map(|Item { optional, value }| {
            let pattern = match value {
                Shape::Composed(fragments) => of_fragments(fragments),
                Shape::Constant(json) => escaped(json),
                _ => ANYTHING.to_owned(),
            };
            if *optional { format!("(?:{pattern})?") } else { pattern }
        })
        .collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // A hyphen and a slash mean nothing outside of brackets, and may not be escaped everywhere.
        if "\\^$.|?*+()[]{}".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
