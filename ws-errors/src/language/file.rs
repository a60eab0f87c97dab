//! A file of translations: what it holds, and what it lacks.

use ws_errors_core::escape::quote;

use super::finding::Finding;
use super::translation::{shown, translatable, words};
use crate::catalog::{Catalog, Text, UserMessage};
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

/// The texts of the enum, which translations are made from; `None` where there are none.
#[cfg(feature = "cli")]
pub(crate) fn source(catalog: &'static Catalog) -> Option<String> {
    let entries: Vec<(String, Parts)> = translatable(catalog)
        .map(|(entry, user)| {
            let parts = parts(user).map(|(part, text)| (part.to_owned(), shown(entry, text)));
            (entry.name.to_owned(), parts.collect())
        })
        .collect();
    (!entries.is_empty()).then(|| written(&entries))
}

/// A file in the order of the enum, an empty text where it lacks one, and behind them all that it has
/// and the enum hasn't. An empty file is one without texts.
#[cfg(feature = "cli")]
pub(crate) fn completed(catalog: &'static Catalog, text: &str) -> Result<String, String> {
    let file = match text.trim() {
        "" => File::default(),
        _ => File::read(text)?,
    };
    let mut entries: Vec<(String, Parts)> = Vec::new();
    for (entry, user) in translatable(catalog) {
        let given = file.parts(entry.name);
        let mut all = Parts::new();
        for (part, _) in parts(user) {
            let text = given.iter().find(|(other, _)| other == part);
            all.push((part.to_owned(), text.map_or(String::new(), |(_, text)| text.clone())));
        }
        let others = given.iter().filter(|(part, _)| !parts(user).any(|(known, _)| known == part));
        all.extend(others.cloned());
        entries.push((entry.name.to_owned(), all));
    }
    let is_orphan = |name: &str| translatable(catalog).all(|(entry, _)| entry.name != name);
    entries.extend(file.0.into_iter().filter(|(name, _)| is_orphan(name)));
    Ok(written(&entries))
}

/// What is wrong with a file.
#[cfg(feature = "cli")]
pub(crate) fn findings(
    catalog: &'static Catalog,
    language: &str,
    text: &str,
) -> Result<Vec<Finding>, String> {
    Ok(words(catalog, language, &File::read(text)?).1)
}

#[cfg(feature = "cli")]
fn written(entries: &[(String, Parts)]) -> String {
    let entries = entries.iter().map(|(name, parts)| {
        let parts = parts.iter().map(|(part, text)| format!("    {}: {}", quote(part), quote(text)));
        format!("  {}: {{\n{}\n  }}", quote(name), parts.collect::<Vec<_>>().join(",\n"))
    });
    format!("{{\n{}\n}}\n", entries.collect::<Vec<_>>().join(",\n"))
}
