//! What changed in a message: member by member, with the place of each.

use super::types::{Fit, Typed, fit};
use super::{Effect, Kind};

/// A change inside a message.
pub(super) struct Inside {
    pub(super) effect: Effect,
    pub(super) path: String,
    pub(super) what: String,
}

const KIND: Kind = Kind::Message;

impl Inside {
    pub(super) const KIND: Kind = KIND;
}

/// How deep members are looked at one by one.
const DEPTH: usize = 12;

pub(super) fn compare(old: Typed<'_>, new: Typed<'_>) -> Vec<Inside> {
    let mut changes = Vec::new();
    Walk { changes: &mut changes }.compare(old, new, "", DEPTH);
    changes
}

struct Walk<'a> {
    changes: &'a mut Vec<Inside>,
}

impl Walk<'_> {
    fn say(&mut self, effect: Effect, path: &str, what: impl Into<String>) {
        self.changes.push(Inside { effect, path: path.to_owned(), what: what.into() });
    }

    fn compare(&mut self, old: Typed<'_>, new: Typed<'_>, path: &str, depth: usize) {
        let (was, is) = (old.resolved(), new.resolved());
        let Some(depth) = depth.checked_sub(1) else { return self.types(old, new, path) };
        let has_members = |typed: Typed<'_>| typed.is_of("object") && typed.properties().is_some();
        let has_elements = |typed: Typed<'_>| typed.is_of("array") && elements(typed).is_some();
        let has_items = |typed: Typed<'_>| typed.is_of("array") && elements(typed).is_none();
        if has_members(was) && has_members(is) {
            return self.members(was, is, path, depth);
        }
        if has_elements(was) && has_elements(is) {
            return self.elements(was, is, path, depth);
        }
        if has_items(was)
            && has_items(is)
            && let (Some(was), Some(is)) = (was.get("items"), is.get("items"))
        {
            return self.compare(was, is, &format!("{path}[]"), depth);
        }
        self.types(old, new, path);
    }

    fn members(&mut self, old: Typed<'_>, new: Typed<'_>, path: &str, depth: usize) {
        let (Some(was), Some(is)) = (old.properties(), new.properties()) else { return };
        for (key, schema) in was {
            let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let Some(other) = is.get(key) else {
                self.say(Effect::Breaking, &place, "is gone");
                continue;
            };
            self.presence(old.requires(key), new.requires(key), &place);
            self.compare(old.with(schema), new.with(other), &place, depth);
        }
        for key in is.keys().filter(|key| !was.contains_key(*key)) {
            let place = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            self.say(Effect::Compatible, &place, "is new");
        }
    }

    fn elements(&mut self, old: Typed<'_>, new: Typed<'_>, path: &str, depth: usize) {
        let (Some(was), Some(is)) = (elements(old), elements(new)) else { return };
        let least = |typed: Typed<'_>| {
            let least = typed.schema.get("minItems").and_then(serde_json::Value::as_u64);
            least.and_then(|least| usize::try_from(least).ok()).unwrap_or(0)
        };
        for index in 0..was.len().max(is.len()) {
            let place = format!("{path}[{index}]");
            match (was.get(index), is.get(index)) {
                (Some(was), Some(is)) => {
                    self.presence(index < least(old), index < least(new), &place);
                    self.compare(*was, *is, &place, depth);
                }
                (Some(_), None) => self.say(Effect::Breaking, &place, "is gone"),
                // Clients take an array that is longer than theirs for something else.
                _ => self.say(Effect::Breaking, &place, "is new, and makes the array longer"),
            }
        }
    }

    fn presence(&mut self, was: bool, is: bool, place: &str) {
        match (was, is) {
            (true, false) => self.say(Effect::Breaking, place, "may be absent now"),
            (false, true) => self.say(Effect::Compatible, place, "is always there now"),
            _ => {}
        }
    }

    fn types(&mut self, old: Typed<'_>, new: Typed<'_>, path: &str) {
        let (was, is) = (old.words(), new.words());
        let sentence =
            if was == is { format!("is another {is}") } else { format!("was {was}, and is {is}") };
        match (fit(old, new), fit(new, old)) {
            (Fit::Yes, Fit::Yes) => {}
            (Fit::Yes, _) => self.say(Effect::Compatible, path, sentence),
            (Fit::Perhaps, _) => {
                let sentence = if was == is {
                    format!("is {is} of another range or format")
                } else {
                    sentence
                };
                self.say(Effect::Possible, path, sentence);
            }
            (Fit::No, _) => self.say(Effect::Breaking, path, sentence),
        }
    }
}

/// The elements of an array that has one schema for each.
fn elements(typed: Typed<'_>) -> Option<Vec<Typed<'_>>> {
    let list = typed.schema.get("prefixItems")?.as_array()?;
    Some(list.iter().map(|schema| typed.with(schema)).collect())
}
