//! Names that have to be there: what an attribute calls a field is one.

use super::{Finding, Part, Place, Subject};
use crate::catalog::{ClosingCode, Entry, Message, RetryKind, Slot, Text, UserMessage};
use crate::names::{did_you_mean, list_names};

/// Placeholders, and the fields of policies and closes.
pub(super) fn known_fields(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (index, entry) in subject.catalog.entries.iter().enumerate() {
        for (place, what, text) in texts(index, entry) {
            for name in text.fields() {
                let why = why_not(entry, name);
                let finding = |why| Finding::new(place, format!("`{what}`: `{{{name}}}`{why}"));
                findings.extend(why.map(finding));
            }
        }
        if let RetryKind::After(wait) = entry.retry.kind
            && let Some(name) = wait.field.filter(|name| !has(entry, name))
        {
            let message = format!("`after`: {}", no_field(name, idents(entry)));
            findings.push(Finding::new(Place::Entry(index, Part::Wait), message));
        }
        if let Some(closing) = entry.delivery.closing()
            && let ClosingCode::Field(name) = closing.code
            && !has(entry, name)
        {
            let message = format!("`close`: {}", no_field(name, idents(entry)));
            findings.push(Finding::new(Place::Entry(index, Part::CloseField), message));
        }
    }
}

/// The texts of an entry, with the words for each. What `Display` writes is thiserror's.
fn texts(index: usize, entry: &Entry) -> impl Iterator<Item = (Place, &'static str, Text)> {
    let message = match entry.message {
        Message::Text(text) => text,
        Message::None | Message::Display(_) | Message::Field(_) => Text::EMPTY,
    };
    let own = [
        (Place::Entry(index, Part::Message), "message", message),
        (Place::Entry(index, Part::Reason), "reason", entry.delivery.reason()),
    ];
    let user = entry.user.map(|UserMessage { title, message, action, .. }| {
        [title, message, action.unwrap_or(Text::EMPTY)]
    });
    let user = user.into_iter().flatten().enumerate();
    own.into_iter()
        .chain(user.map(move |(at, text)| (Place::Entry(index, Part::User(at)), "user", text)))
}

/// Why a text can't show a field: it is none, or a source, of which nothing may reach the client.
fn why_not(entry: &Entry, name: &str) -> Option<String> {
    if entry.sources.contains(&name) {
        let why =
            " is a source, which never reaches the client; use another field, or say it in words";
        return Some(why.to_owned());
    }
    let slot = match Slot::named_in_text(name, name) {
        Ok(slot) => format!(
            "\n`{{{slot}}}` is a slot of envelopes, which take strings, too: `\"key\": \"… {{{slot}}}\"`"
        ),
        Err(_) => String::new(),
    };
    (!has(entry, name)).then(|| format!(": {}{slot}", no_field(name, idents(entry))))
}

fn has(entry: &Entry, name: &str) -> bool {
    entry.fields.iter().any(|field| field.ident == name)
}

fn idents(entry: &Entry) -> impl Iterator<Item = &'static str> + Clone {
    entry.fields.iter().map(|field| field.ident)
}

/// "the variant has no field `x`", with those that it has.
pub fn no_field<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> String {
    let near = did_you_mean(name, known.clone());
    match list_names(known).as_str() {
        "" => format!("the variant has no field `{name}`; it has no fields"),
        all => format!("the variant has no field `{name}`{near}\nit has {all}"),
    }
}
