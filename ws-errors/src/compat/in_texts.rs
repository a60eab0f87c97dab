//! Values whose characters stand in a text: the schema of a message says of those that there is a
//! text, and not which characters it may have.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Effect;
use super::message::{self, Inside};
use super::read::{Read, ReadEntry, ReadMessage, text};
use crate::types::Type;

/// What became of their types. Whether clients look at these characters is for people to judge.
pub(super) fn compare(
    (old, was): (&Read<'_>, (ReadEntry<'_>, ReadMessage<'_>)),
    (new, is): (&Read<'_>, (ReadEntry<'_>, ReadMessage<'_>)),
) -> Vec<Inside> {
    let (was, is) = (Held::of(old, was), Held::of(new, is));
    let both =
        was.schemas.iter().filter_map(|(name, was)| Some((name, was, is.schemas.get(name)?)));
    both.flat_map(|(name, was, is)| {
        let (was, is) = (Type::read(was), Type::read(is));
        let changes = message::compare((&was, &old.definitions), (&is, &new.definitions));
        changes.into_iter().map(move |Inside { effect, path, what }| {
            let inside = if path.is_empty() { String::new() } else { format!(".{path}") };
            Inside { effect: effect.max(Effect::Possible), path: format!("{name}{inside}"), what }
        })
    })
    .collect()
}

/// The values in the texts of a message, with their schemas.
struct Held<'a> {
    read: &'a Read<'a>,
    entry: ReadEntry<'a>,
    context: &'a str,
    /// The constants that were looked into.
    seen: Vec<&'a str>,
    schemas: BTreeMap<String, &'a Value>,
}

impl<'a> Held<'a> {
    fn of(read: &'a Read<'a>, (entry, message): (ReadEntry<'a>, ReadMessage<'a>)) -> Self {
        let (seen, schemas) = (Vec::new(), BTreeMap::new());
        let mut held = Self { read, entry, context: message.context, seen, schemas };
        if let Some(envelope) = read.envelope(message) {
            held.look(&envelope["template"], false);
        }
        held
    }

    fn look(&mut self, template: &'a Value, in_text: bool) {
        match template {
            Value::Array(parts) => parts.iter().for_each(|part| self.look(part, in_text)),
            Value::Object(members) => match text(template, "slot") {
                Some(slot) => {
                    self.slot(slot, template, in_text || text(template, "as") == Some("string"));
                }
                None => members
                    .iter()
                    .filter(|(key, _)| *key != "constant")
                    .for_each(|(key, value)| self.look(value, in_text || key == "composed")),
            },
            _ => {}
        }
    }

    fn slot(&mut self, slot: &str, template: &'a Value, in_text: bool) {
        let name = text(template, "name").unwrap_or_default();
        match slot {
            "set" if !self.seen.contains(&name) => {
                self.seen.push(name);
                let constant = named(&self.entry.value["constants"], "name", name);
                self.look(constant.map_or(&Value::Null, |constant| &constant["value"]), in_text);
            }
            "field" if in_text => self.field(name),
            "code" if in_text => {
                let field = self.entry.value.get("code").and_then(|code| text(code, "field"));
                self.field(field.unwrap_or_default());
            }
            "context" if in_text => {
                let context = named(&self.read.value["contexts"], "name", self.context);
                let field = context.and_then(|context| named(&context["fields"], "name", name));
                self.keep(format!("cx.{name}"), field);
            }
            _ => {}
        }
    }

    fn field(&mut self, ident: &str) {
        let field = named(&self.entry.value["fields"], "ident", ident);
        self.keep(format!("self.{ident}"), field);
    }

    fn keep(&mut self, name: String, field: Option<&'a Value>) {
        if let Some(schema) = field.and_then(|field| field.get("schema")) {
            self.schemas.insert(name, schema);
        }
    }
}

/// The element of a list that has a name.
fn named<'a>(list: &'a Value, key: &str, name: &str) -> Option<&'a Value> {
    list.as_array()?.iter().find(|one| text(one, key) == Some(name))
}
