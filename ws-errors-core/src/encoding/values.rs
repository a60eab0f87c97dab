//! What an occurrence brings.

use crate::catalog::{Entry, Message, Piece, Text};

/// One value of an occurrence, and how it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// A field as JSON, by its index in [`Entry::fields`].
    Json(usize),
    /// A field in a text.
    Text {
        /// The field, by its name in Rust.
        field: &'static str,
        /// What stands behind the colon of the placeholder; empty where there is none.
        spec: &'static str,
    },
    /// The `Display` text of the error.
    Display,
}

/// The values of an occurrence, in order: each field as JSON; then the fields in the close reason;
/// then those in the message, or the `Display` text where that is the message.
///
/// This is the order in which generated code pushes them, and by which an [`Encoding`] knows them.
/// A `Display` text that is for operators is none of them: nobody's envelope may reach it.
///
/// [`Encoding`]: super::Encoding
pub fn values(entry: &Entry) -> Vec<View> {
    let mut values: Vec<View> = (0..entry.fields.len()).map(View::Json).collect();
    values.extend(of_text(entry.close_reason()));
    match entry.message {
        Message::Text(text) => values.extend(of_text(text)),
        Message::Display(_) if entry.is_for_operators() => {}
        Message::Display(_) => values.push(View::Display),
        Message::None | Message::Field(_) => {}
    }
    values
}

/// The index of the first value of the close reason.
pub(super) fn first_of_reason(entry: &Entry) -> usize {
    entry.fields.len()
}

/// The index of the first value of the message.
pub(super) fn first_of_message(entry: &Entry) -> usize {
    first_of_reason(entry) + entry.close_reason().fields().count()
}

fn of_text(text: Text) -> impl Iterator<Item = View> {
    text.0.iter().filter_map(|piece| match piece {
        Piece::Literal(_) => None,
        Piece::Field { name, spec } => Some(View::Text { field: name, spec }),
    })
}
