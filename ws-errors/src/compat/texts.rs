//! What is said of an entry, for people, and what this version doesn't know.

use serde_json::Value;

use super::entry::{Compared, different};
use super::read::ReadEntry;
use super::{Change, Effect, Kind};

/// The members of an entry that are texts for people.
const TEXTS: [&str; 8] =
    ["section", "docs", "advice", "provoke", "audience", "user", "since", "deprecated"];

/// The members of an entry that are compared by themselves, or say nothing to clients.
const KNOWN: [&str; 14] = [
    "name",
    "variant",
    "code",
    "delivery",
    "http",
    "retry",
    "recoverable",
    "message",
    "examples",
    "fields",
    "details",
    "constants",
    "internal",
    "doc_url",
];

impl Compared<'_, '_> {
    pub(super) fn texts(&mut self) {
        let changed: Vec<&str> = TEXTS
            .into_iter()
            .filter(|key| self.was.value.get(*key) != self.is.value.get(*key))
            .collect();
        for key in changed {
            let what = match key {
                "user" => "its message for the user changed".to_owned(),
                "deprecated" if self.was.value.get(key).is_none() => "is deprecated now".to_owned(),
                "deprecated" if self.is.value.get(key).is_none() => {
                    "is not deprecated any more".to_owned()
                }
                key => format!("its `{key}` changed"),
            };
            self.push(Change::new(Effect::Wording, Kind::Text, what));
        }
        // A field that comes or goes is said with the message.
        let is_other = |was: &Value| {
            let mut same = fields(self.is).filter(|is| is["name"] == was["name"]);
            same.any(|is| is["docs"] != was["docs"])
        };
        if fields(self.was).any(is_other) {
            let what = "the docs of its fields changed";
            self.push(Change::new(Effect::Wording, Kind::Text, what));
        }
    }

    /// What a newer version of this crate may have added.
    pub(super) fn unknown(&mut self) {
        let is_unknown =
            |key: &String| !KNOWN.contains(&key.as_str()) && !TEXTS.contains(&key.as_str());
        for key in different(self.was.value, self.is.value).into_iter().filter(is_unknown) {
            let what = format!("its `{key}` changed, and this program does not know it");
            self.push(Change::new(Effect::Possible, Kind::Unknown, what));
        }
    }
}

fn fields(entry: ReadEntry<'_>) -> impl Iterator<Item = &Value> {
    entry.value["fields"].as_array().into_iter().flatten()
}
