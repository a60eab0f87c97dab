//! decode(encode(x)) = x, as far as a frame shows.

use serde_json::Value;
use ws_errors::Frame;
use ws_errors::catalog::{Code, Entry, Message, Piece, Text};
use ws_errors::wire::Received;

use super::expected::{Of, Place, places};
use super::made::{Made, Occurrence, leaked, leaked_list};
use super::subject::Subject;

/// Whether each value came back as it was sent; the name of the first that did not.
pub(super) fn returned(
    subject: &Subject,
    what: &Occurrence,
    entry: &'static Entry,
    received: &Received,
) -> Result<(), String> {
    let Some(shape) = subject.shape(entry, what.context) else { return Ok(()) };
    let places = places(entry, &shape);
    let mut of: Vec<Of> = places.iter().map(|place| place.of).collect();
    of.dedup();
    for of in of {
        let sent = match of {
            Of::Field(ident) => what.field(ident).clone(),
            Of::Context(name) => what.context_value(name).clone(),
            Of::Message => message(what, entry).into(),
        };
        let read = read(received, entry, of);
        // What gives the code may be a field of the details, too.
        let also = match of {
            Of::Field(ident) => received.fields().get(ident).cloned().unwrap_or_default(),
            _ => Value::Null,
        };
        let allows = |place: &&Place| place.allows(&sent, &read) || place.allows(&sent, &also);
        let here = || places.iter().filter(|place| place.of == of);
        let exact = here().filter(|place| place.is_exact());
        let is_right = match exact.count() {
            0 => here().any(|place| allows(&place)),
            _ => here().filter(|place| place.is_exact()).any(|place| allows(&place)),
        };
        if !is_right {
            return Err(format!("{of:?} is {read}, was {sent},"));
        }
    }
    Ok(())
}

fn read(received: &Received, entry: &Entry, of: Of) -> Value {
    let value = match of {
        Of::Field(ident) if entry.code == Code::Field(ident) => {
            received.code().or(received.fields().get(ident))
        }
        Of::Field(ident) if entry.message == Message::Field(ident) => {
            received.message().or(received.fields().get(ident))
        }
        Of::Field(ident) => received.fields().get(ident),
        Of::Context(name) => received.context_values().get(name),
        Of::Message => received.message(),
    };
    value.cloned().unwrap_or_default()
}

/// The text for the client, as `Display` writes it.
pub(super) fn message(what: &Occurrence, entry: &Entry) -> String {
    let (Message::Text(Text(pieces)) | Message::Display(Text(pieces))) = entry.message else {
        return String::new();
    };
    let piece = |piece: &Piece| match piece {
        Piece::Literal(text) => (*text).to_owned(),
        Piece::Field { name, .. } => match what.field(name) {
            Value::String(text) => text.clone(),
            value => value.to_string(),
        },
    };
    pieces.iter().map(piece).collect()
}

/// Whether a frame is exactly what would be sent for what was read from it.
pub(super) fn spells(
    made: &Made,
    subject: &Subject,
    what: &Occurrence,
    entry: &'static Entry,
    received: &Received,
    frame: &Frame,
) -> bool {
    let context = received.context_index();
    let Some(shape) = subject.shape(entry, context) else { return false };
    let places = places(entry, &shape);
    let is_read = |of: Of| places.iter().any(|place: &Place| place.of == of && place.is_read());
    let value = |of: Of, sent: &Value| {
        if is_read(of) { read(received, entry, of) } else { sent.clone() }
    };
    let mut again = what.clone();
    (again.entry, again.context) = (entry.name, context);
    again.fields = entry
        .fields
        .iter()
        .map(|field| (field.ident, value(Of::Field(field.ident), what.field(field.ident))))
        .collect();
    let fields = made.contexts.get(context).map(|one| one.fields).unwrap_or_default();
    again.context_values = fields
        .iter()
        .map(|field| (field.name, value(Of::Context(field.name), what.context_value(field.name))))
        .collect();
    let mut twin = made.clone();
    // A text is free: no message is compared but those that tell entries apart.
    if let Message::Text(text) | Message::Display(text) = entry.message
        && (text.constant().is_none() || entry.name == what.entry)
        && let Some(message) = received.text()
    {
        let text = Text(leaked_list(vec![Piece::Literal(leaked(message))]));
        let declared = twin.entries.iter_mut().find(|one| one.entry.name == entry.name);
        declared.into_iter().for_each(|one| one.entry.message = Message::Text(text));
    }
    Subject::new(&twin).encode(&again).frame.as_ref() == Some(frame)
}
