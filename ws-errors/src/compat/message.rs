//! What changed in a message: member by member, with the place of each.

use serde_json::Value;

use super::Effect;
use super::types::{Fit, fit};
use crate::export::backticks;
use crate::types::{Array, Definitions, Encoded, Limits, Member, Object, Type, in_words};

/// A change inside a message.
pub(super) struct Inside {
    pub(super) effect: Effect,
    pub(super) path: String,
    pub(super) what: String,
}

/// How deep members are looked at one by one.
const DEPTH: usize = 12;

pub(super) fn compare(old: (&Type, &Definitions), new: (&Type, &Definitions)) -> Vec<Inside> {
    let mut walk = Walk { old: old.1, new: new.1, changes: Vec::new() };
    walk.compare(old.0, new.0, "", DEPTH);
    walk.changes
}

struct Walk<'a> {
    old: &'a Definitions,
    new: &'a Definitions,
    changes: Vec<Inside>,
}

impl Walk<'_> {
    fn say(&mut self, effect: Effect, path: &str, what: impl Into<String>) {
        self.changes.push(Inside { effect, path: path.to_owned(), what: what.into() });
    }

    fn compare(&mut self, old: &Type, new: &Type, path: &str, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return self.types(old, new, path) };
        let (was, is) = (self.old.alternatives(old), self.new.alternatives(new));
        match (was.as_slice(), is.as_slice()) {
            ([Type::Object(was)], [Type::Object(is)])
                if !was.members.is_empty() && !is.members.is_empty() =>
            {
                self.members(was, is, path, depth);
            }
            ([Type::Array(was)], [Type::Array(is)])
                if !was.first.is_empty() && !is.first.is_empty() =>
            {
                self.elements(was, is, path, depth);
            }
            ([Type::Array(was)], [Type::Array(is)])
                if was.first.is_empty()
                    && is.first.is_empty()
                    && (was.least, was.most) == (is.least, is.most) =>
            {
                self.compare(&was.rest, &is.rest, &format!("{path}[]"), depth);
            }
            ([Type::String(old, was)], [Type::String(new, is)])
                if !was.is_empty() && Encoded::are_alike(was, is) =>
            {
                let around = |limits: &Limits| Type::String(limits.clone(), Vec::new());
                self.types(&around(old), &around(new), path);
                for (index, (old, new)) in was.iter().zip(is).enumerate() {
                    let index = Some(index).filter(|_| was.len() > 1);
                    self.compare(&old.ty, &new.ty, &encoded(path, index), depth);
                }
            }
            _ => self.types(old, new, path),
        }
    }

    fn members(&mut self, old: &Object, new: &Object, path: &str, depth: usize) {
        let place =
            |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        for was in by_key(old) {
            let place = place(&was.key);
            let Some(is) = new.members.iter().find(|is| is.key == was.key) else {
                self.say(Effect::Breaking, &place, "is gone");
                continue;
            };
            self.presence(!was.optional, !is.optional, &place);
            self.compare(&was.ty, &is.ty, &place, depth);
        }
        let is_new = |is: &&Member| old.members.iter().all(|was| was.key != is.key);
        for is in by_key(new).into_iter().filter(is_new) {
            let place = place(&is.key);
            self.say(Effect::Compatible, &place, "is new");
            // A client may know what any other member is.
            if let Some(others) = &old.others {
                self.compare(others, &is.ty, &place, depth);
            }
        }
    }

    fn elements(&mut self, old: &Array, new: &Array, path: &str, depth: usize) {
        for index in 0..old.first.len().max(new.first.len()) {
            let place = format!("{path}[{index}]");
            match (old.first.get(index), new.first.get(index)) {
                (Some(was), Some(is)) => {
                    self.presence(index < old.least, index < new.least, &place);
                    self.compare(was, is, &place, depth);
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

    /// What became of a type, of which both versions are given in words.
    fn sentence(&self, old: &Type, new: &Type, was: &str, is: &str) -> String {
        let (old, new) = (self.old.alternatives(old), self.new.alternatives(new));
        if let ([Type::String(old, _)], [Type::String(new, _)]) = (old.as_slice(), new.as_slice())
            && old.get(PATTERN) != new.get(PATTERN)
        {
            return format!("was {}, and is {}", matching(was, old), matching(is, new));
        }
        // Where there were several already, what is not another type is not said again.
        let and_more = |some: &[Type], all: &[Type]| -> Option<Type> {
            let others = all.iter().filter(|ty| !some.contains(ty)).cloned();
            let others = Type::union(others.collect());
            let is_all = some.len() > 1 && some.iter().all(|ty| all.contains(ty));
            (is_all && !others.is_never()).then_some(others)
        };
        if let Some(more) = and_more(&old, &new) {
            return format!("may be {} now, too", in_words(&more, self.new, false, backticks));
        }
        if let Some(less) = and_more(&new, &old) {
            return format!("is never {} any more", in_words(&less, self.old, false, backticks));
        }
        if was == is { format!("is another {is}") } else { format!("was {was}, and is {is}") }
    }

    fn types(&mut self, old: &Type, new: &Type, path: &str) {
        let was = in_words(old, self.old, false, backticks);
        let is = in_words(new, self.new, false, backticks);
        let sentence = self.sentence(old, new, &was, &is);
        let (old, new) = ((old, self.old), (new, self.new));
        match (fit(old, new), fit(new, old)) {
            (Fit::Yes, Fit::Yes) => {}
            (Fit::Yes, _) => {
                let sentence = match was == is {
                    true => format!("is {is} of a narrower range or format"),
                    false => sentence,
                };
                self.say(Effect::Compatible, path, sentence);
            }
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

/// The keyword for the characters around the values in a text.
const PATTERN: &str = "pattern";

/// A string in words, with the pattern that it matches.
fn matching(words: &str, limits: &Limits) -> String {
    match limits.get(PATTERN).and_then(Value::as_str) {
        Some(pattern) => format!("{words} that matches {}", backticks(pattern)),
        None => words.to_owned(),
    }
}

/// The place of the JSON that a string holds, and of which piece where there are several. In the text
/// of a frame there is nothing else that has a place.
fn encoded(path: &str, index: Option<usize>) -> String {
    let json = if path.is_empty() { String::new() } else { format!("json({path})") };
    index.map_or(json.clone(), |index| format!("{json}[{index}]"))
}

/// The members by their keys, so that changes are said in an order that the declaration's doesn't
/// change.
fn by_key(object: &Object) -> Vec<&Member> {
    let mut members: Vec<&Member> = object.members.iter().collect();
    members.sort_by(|one, other| one.key.cmp(&other.key));
    members
}
