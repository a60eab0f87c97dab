//! A file of translations, as it is.

use crate::catalog::{Text, UserMessage};
use crate::wire::Tree;

/// The extension of a translation's file.
pub(crate) const EXTENSION: &str = "json";

/// A file as it is: the texts by entry and part, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct File(pub(super) Vec<(String, Parts)>);

/// The texts of an entry by part.
pub(super) type Parts = Vec<(String, String)>;

impl File {
    /// # Errors
    /// Says what is wrong with the JSON, or where it has something else than texts by entry.
    pub(super) fn read(json: &str) -> Result<Self, String> {
        let json = json.strip_prefix('\u{feff}').unwrap_or(json);
        let tree = Tree::parse(json).map_err(|error| format!("no JSON: {error}"))?;
        let Tree::Object(entries) = tree else {
            return Err("no object of texts by the names of errors".to_owned());
        };
        let mut file = Self::default();
        for (entry, texts) in entries {
            let Tree::Object(texts) = texts else {
                return Err(format!("{entry:?} is no object with `title`, `message` and `action`"));
            };
            if file.has(&entry) {
                return Err(format!("{entry:?} is there twice"));
            }
            let mut parts = Parts::new();
            for (part, text) in texts {
                let Tree::String(text) = text else {
                    return Err(format!("the {part:?} of {entry:?} is no text"));
                };
                if parts.iter().any(|(other, _)| *other == part) {
                    return Err(format!("the {part:?} of {entry:?} is there twice"));
                }
                parts.push((part.into_owned(), text.into_owned()));
            }
            file.0.push((entry.into_owned(), parts));
        }
        Ok(file)
    }

    /// Whether it has something for an entry.
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    /// What it has for an entry.
    pub(super) fn parts(&self, name: &str) -> &[(String, String)] {
        self.0.iter().find(|(other, _)| other == name).map_or(&[], |(_, parts)| parts)
    }
}

/// The parts of a message for people that there are.
pub(super) fn parts(user: &UserMessage) -> impl Iterator<Item = (&'static str, Text)> {
    let action = user.action.map(|action| ("action", action));
    [("title", user.title), ("message", user.message)].into_iter().chain(action)
}
