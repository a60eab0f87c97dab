//! Files for those who translate: what is to be translated, beside what is.

use ws_errors_core::escape::quote;

use super::file::{File, Parts, parts};
use super::finding::Finding;
use super::translation::{shown, translatable, words};
use crate::catalog::Catalog;

/// The texts of the enum, which translations are made from; `None` where there are none.
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
pub(crate) fn findings(
    catalog: &'static Catalog,
    language: &str,
    text: &str,
) -> Result<Vec<Finding>, String> {
    Ok(words(catalog, language, &File::read(text)?).1)
}

fn written(entries: &[(String, Parts)]) -> String {
    let entries = entries.iter().map(|(name, parts)| {
        let parts =
            parts.iter().map(|(part, text)| format!("    {}: {}", quote(part), quote(text)));
        format!("  {}: {{\n{}\n  }}", quote(name), parts.collect::<Vec<_>>().join(",\n"))
    });
    format!("{{\n{}\n}}\n", entries.collect::<Vec<_>>().join(",\n"))
}
