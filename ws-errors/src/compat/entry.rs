//! What changed in an entry.

use std::collections::HashMap;

use serde_json::Value;

use super::message::{self, Inside};
use super::pair::pairs;
use super::read::{Read, ReadEntry, ReadMessage, Retired, written};
use super::retry::Patience;
use super::{Change, Changes, Effect, Kind, close, format, hidden, http, in_texts, retry};
use crate::types::Type;

pub(super) fn compare_all(old: &Read<'_>, new: &Read<'_>, changes: &mut Changes) {
    let pairs = pairs(old, new);
    for entry in &pairs.gone {
        if !hidden::is_hidden_now(entry, new, changes) {
            removed(entry, new, changes);
        }
    }
    hidden::compare(old, new, changes);
    let by_text = ByText::of(old);
    for (was, is) in &pairs.new {
        match was {
            None if hidden::was_hidden(is, old, changes) => {}
            None => changes.push(added(is, old).of(is.name)),
            Some(was) => {
                Compared { old, new, was: *was, is: *is, by_text: &by_text, changes }.compare();
            }
        }
    }
}

/// A client that knows the code of another error takes the new one for that, where it looks at nothing else.
fn added(entry: &ReadEntry<'_>, old: &Read<'_>) -> Change {
    let code = entry.code().filter(|_| entry.messages().next().is_some());
    let is_taken = |other: &&ReadEntry<'_>| {
        code.is_some() && other.code() == code && other.messages().next().is_some()
    };
    match old.entries.iter().find(is_taken).zip(code) {
        Some((other, code)) => {
            let what = format!(
                "is new, and has the code {code} of `{}`: clients that know that may take it for the same",
                other.name
            );
            Change::new(Effect::Possible, Kind::Added, what)
                .instead("give it a code that was never used")
        }
        None => Change::new(Effect::Compatible, Kind::Added, "is new"),
    }
}

fn removed(entry: &ReadEntry<'_>, new: &Read<'_>, changes: &mut Changes) {
    let retired: Vec<String> = new.retired().map(Retired::written).collect();
    let is_free = |code: &String| !retired.contains(code);
    let codes: Vec<String> = codes_of(entry, new).into_iter().filter(is_free).collect();
    let keep = match entry.value.get("deprecated") {
        None => "keep it as long as clients know it, as `#[deprecated]`",
        Some(_) => "keep it as long as clients know it",
    };
    let instead = if codes.is_empty() {
        keep.to_owned()
    } else {
        format!("{keep}; or declare {}, so that it is never used for anything else", retire(&codes))
    };
    let change = Change::new(Effect::Breaking, Kind::Removed, "is gone").of(entry.name);
    changes.push(change.instead(instead));
}

/// The code and close code of an entry that the newer version has nowhere, as `retired` writes them.
fn codes_of(entry: &ReadEntry<'_>, new: &Read<'_>) -> Vec<String> {
    let is_elsewhere = |code: &&Value| {
        new.entries.iter().any(|is| is.code() == Some(code))
            || new.hidden().any(|is| is.code == Some(code))
    };
    let code = entry.code().filter(|code| !is_elsewhere(code));
    // A code that only names a close frame is on no wire.
    let code = code.filter(|_| entry.messages().next().is_some());
    let close = entry
        .close_code()
        .filter(|close| new.entries.iter().all(|is| is.close_code() != Some(*close)))
        .filter(|close| new.hidden().all(|is| is.close_code != Some(*close)))
        .filter(|close| (3000..=4999).contains(close));
    code.map(Value::to_string)
        .into_iter()
        .chain(close.map(|close| format!("close({close})")))
        .collect()
}

/// The attribute that keeps codes from being used again.
fn retire(codes: &[String]) -> String {
    let codes: Vec<String> = codes.iter().map(|code| format!("{code} = \"why\"")).collect();
    format!("`retired({})`", codes.join(", "))
}

/// Which entries of the older version clients distinguish from others by a text alone.
pub(super) struct ByText {
    messages: HashMap<(String, String), usize>,
    closes: HashMap<u64, usize>,
}

impl ByText {
    fn of(old: &Read<'_>) -> Self {
        let mut by_text = Self { messages: HashMap::new(), closes: HashMap::new() };
        for entry in &old.entries {
            for message in entry.messages() {
                *by_text.messages.entry(key(message)).or_default() += 1;
            }
            // One that comes behind a message is known by that.
            if let Some(code) = entry.close_code()
                && entry.delivery() != "soft_then_close"
            {
                *by_text.closes.entry(code).or_default() += 1;
            }
        }
        by_text
    }

    fn tells_message(&self, message: ReadMessage<'_>) -> bool {
        self.messages.get(&key(message)).is_some_and(|entries| *entries > 1)
    }

    pub(super) fn tells_close(&self, code: u64) -> bool {
        self.closes.get(&code).is_some_and(|entries| *entries > 1)
    }
}

fn key(message: ReadMessage<'_>) -> (String, String) {
    (message.context.to_owned(), message.schema.to_string())
}

/// An entry in both versions.
pub(super) struct Compared<'a, 'b> {
    pub(super) old: &'b Read<'a>,
    pub(super) new: &'b Read<'a>,
    pub(super) was: ReadEntry<'a>,
    pub(super) is: ReadEntry<'a>,
    pub(super) by_text: &'b ByText,
    pub(super) changes: &'b mut Changes,
}

impl Compared<'_, '_> {
    pub(super) fn push(&mut self, change: Change) {
        self.changes.push(change.of(self.is.name));
    }

    fn compare(mut self) {
        self.name();
        self.code();
        close::compare(&mut self);
        http::compare(&mut self);
        self.retry();
        self.recoverable();
        self.messages();
        self.texts();
        self.unknown();
    }

    fn name(&mut self) {
        if self.was.name == self.is.name {
            return;
        }
        let what = match self.is.code().or(self.was.code()) {
            Some(code) if self.was.code() == self.is.code() => {
                format!("was `{}` under the same code {code}", self.was.name)
            }
            _ => format!("was `{}`", self.was.name),
        };
        self.push(
            Change::new(Effect::Possible, Kind::Renamed, what).instead(
                "if it is the same error under a better name, go on: clients see that when they take the new module; if the code means something else now, give that a code of its own",
            ),
        );
    }

    fn code(&mut self) {
        let (was, is) = (self.was.value.get("code"), self.is.value.get("code"));
        if was == is || self.was.messages().next().is_none() {
            return;
        }
        let said = |code: Option<&Value>| match code {
            None => "none".to_owned(),
            Some(code) => match code.get("field").and_then(Value::as_str) {
                Some(field) => format!("in the field `{field}`"),
                None => code.to_string(),
            },
        };
        let mut change = Change::new(
            Effect::Breaking,
            Kind::Code,
            format!("its code was {}, and is {}", said(was), said(is)),
        );
        let codes = codes_of(&self.was, self.new);
        change = change.instead(if codes.is_empty() {
            "restore the code, and declare a new variant with the other one".to_owned()
        } else {
            format!(
                "declare a new variant with the new code, and keep this one as long as clients know it; or declare {}",
                retire(&codes)
            )
        });
        self.push(change);
    }

    fn retry(&mut self) {
        let kind = if self.was.delivery() == "soft" { "codes" } else { "closes" };
        let holds = |read: &Read<'_>, entry: &ReadEntry<'_>| {
            let retry = &entry.value["retry"];
            if retry["kind"] == "unknown" { read.unknown(kind).clone() } else { retry.clone() }
        };
        let (was, is) = (holds(self.old, &self.was), holds(self.new, &self.is));
        let Some((patience, what)) = retry::compare(&was, &is) else { return };
        let change = Change::new(patience.effect(), Kind::Retry, format!("its retry {what}"));
        self.push(match patience {
            Patience::Given => change,
            Patience::Ended => change.instead(
                "clients that are deployed keep trying: expect that load, or declare a new error with this policy",
            ),
            Patience::Asked => change.instead(
                "clients that are deployed keep to the old policy: make sure that the server can take it",
            ),
        });
    }

    fn recoverable(&mut self) {
        let (was, is) = (&self.was.value["recoverable"], &self.is.value["recoverable"]);
        if was == is {
            return;
        }
        let (effect, what) = match is.as_bool() {
            Some(true) => (Effect::Compatible, "is recoverable now"),
            _ => (Effect::Possible, "is not recoverable any more"),
        };
        self.push(Change::new(effect, Kind::Recoverable, what));
    }

    fn messages(&mut self) {
        for was in self.was.messages() {
            match self.is.message(was.context) {
                Some(is) => self.message(was, is),
                None => {
                    let change =
                        Change::new(Effect::Breaking, Kind::Message, "has no message any more")
                            .instead("keep the message, or declare a new error without one");
                    self.in_context(change, was.context);
                }
            }
        }
        for is in self.is.messages() {
            if self.was.message(is.context).is_none() {
                let change = Change::new(Effect::Compatible, Kind::Message, "has a message now");
                self.in_context(change, is.context);
            }
        }
        self.message_text();
    }

    /// What changed in a message, or in a body over HTTP.
    pub(super) fn message(&mut self, was: ReadMessage<'_>, is: ReadMessage<'_>) {
        let envelopes = (self.old.envelope(was), self.new.envelope(is));
        if let Some(change) = format::compare(envelopes.0, envelopes.1) {
            self.in_context(change, was.context);
        }
        let (old, new) = (Type::read(was.schema), Type::read(is.schema));
        let changes =
            message::compare((&old, &self.old.definitions), (&new, &self.new.definitions));
        let in_texts = in_texts::compare((self.old, (self.was, was)), (self.new, (self.is, is)));
        for Inside { effect, path, what } in in_texts {
            // It may stand elsewhere, as the value that it is.
            if !changes.iter().any(|change| change.what == what) {
                let what = format!("`{path}` in its text {what}");
                self.in_context(Change::new(effect, Kind::Message, what), was.context);
            }
        }
        for Inside { effect, path, what } in changes {
            if self.is_the_code(&what) {
                continue;
            }
            let place =
                if path.is_empty() { "its message".to_owned() } else { format!("`{path}`") };
            let mut change = Change::new(effect, Kind::Message, format!("{place} {what}"));
            change.path = Some(path).filter(|path| !path.is_empty());
            if effect == Effect::Breaking {
                change = change.instead(
                    "keep what clients know, and add to it; or declare the new shape for a context that only newer clients ask for: `envelope(V2) = …`",
                );
            }
            self.in_context(change, was.context);
        }
    }

    /// Whether a constant is another one because the code is: that is said already.
    fn is_the_code(&self, what: &str) -> bool {
        let text = |code: &Value| match code.as_str() {
            Some(text) => text.to_owned(),
            None => code.to_string(),
        };
        match (self.was.code(), self.is.code()) {
            (Some(was), Some(is)) if was != is => {
                what.starts_with("was `")
                    && what.contains(&format!("{}\"`", text(was)))
                    && what.contains(&format!("{}\"`", text(is)))
                    || what == format!("was `{was}`, and is `{is}`")
            }
            _ => false,
        }
    }

    fn in_context(&mut self, mut change: Change, context: &str) {
        let contexts = |entry: &ReadEntry<'_>| entry.messages().count();
        if contexts(&self.was) > 1 || contexts(&self.is) > 1 || context == http::CONTEXT {
            let name = if context.is_empty() { "()" } else { context };
            change.context = Some(name.to_owned());
        }
        self.push(change);
    }

    fn message_text(&mut self) {
        let text = |entry: &ReadEntry<'_>| entry.value["message"].clone();
        let (was, is) = (text(&self.was), text(&self.is));
        if was == is || self.was.messages().next().is_none() {
            return;
        }
        let is_told_by_it = self.was.messages().any(|message| self.by_text.tells_message(message));
        let said = |message: &Value| match message.get("field").and_then(Value::as_str) {
            Some(field) => format!("the field `{field}`"),
            None => format!("\"{}\"", written(&message["text"])),
        };
        let what = format!("its text was {}, and is {}", said(&was), said(&is));
        self.push(if is_told_by_it {
            let code = if self.is.code().is_some() { "code of its own" } else { "code" };
            Change::new(Effect::Breaking, Kind::Text, what).instead(format!(
                "keep the text: nothing else distinguishes this error from another; or give it a {code}",
            ))
        } else {
            Change::new(Effect::Wording, Kind::Text, what)
        });
    }
}

/// The members that differ, in the order of their names.
pub(super) fn different(was: &Value, is: &Value) -> Vec<String> {
    let keys = |value: &Value| -> Vec<String> {
        value.as_object().map_or(Vec::new(), |members| members.keys().cloned().collect())
    };
    let mut keys: Vec<String> = keys(was).into_iter().chain(keys(is)).collect();
    keys.sort();
    keys.dedup();
    keys.retain(|key| was.get(key) != is.get(key));
    keys
}
