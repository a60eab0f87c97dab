//! One catalog's messages for people in one language: a JSON file, and what is wrong with it.

use std::collections::HashMap;
use std::fmt;

use ws_errors_core::names::{client_name, did_you_mean, list_names};
use ws_errors_core::placeholder::{self, Segment};

use super::file::{File, parts};
use super::finding::{Finding, Problem};
use crate::catalog::{Catalog, Entry, Piece, Text, UserMessage};

/// A file of a translation that can't be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TranslationError {
    /// The file, or the catalog and the language where it was no file.
    pub at: String,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for TranslationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.why)
    }
}

impl std::error::Error for TranslationError {}

/// The texts of one entry in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) title: Vec<Word>,
    pub(crate) message: Vec<Word>,
    pub(crate) action: Option<Vec<Word>>,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Word {
    /// Characters as they are.
    Literal(String),
    /// A field, by its name in Rust.
    Field(&'static str),
}

impl Words {
    /// The same as a catalog has it: texts that stay.
    #[cfg(feature = "cli")]
    pub(super) fn user(&self, fallback: bool) -> UserMessage {
        let text = |words: &[Word]| {
            let pieces = words.iter().map(|word| match word {
                Word::Literal(text) => Piece::Literal(text.clone().leak()),
                Word::Field(name) => Piece::Field { name, spec: "" },
            });
            Text(pieces.collect::<Vec<_>>().leak())
        };
        UserMessage {
            title: text(&self.title),
            message: text(&self.message),
            action: self.action.as_deref().map(text),
            fallback,
        }
    }

    /// What the enum says itself.
    pub(crate) fn of_source(user: &UserMessage) -> Self {
        let words = |text: Text| {
            let pieces = text.0.iter().map(|piece| match piece {
                Piece::Literal(text) => Word::Literal((*text).to_owned()),
                Piece::Field { name, .. } => Word::Field(name),
            });
            pieces.collect::<Vec<Word>>()
        };
        Self {
            title: words(user.title),
            message: words(user.message),
            action: user.action.map(words),
        }
    }
}

/// The words of a file by entry, and what is wrong with it. An entry is translated as a whole: one of
/// whose parts something is wrong, or missing, has no words.
pub(crate) fn words(
    catalog: &'static Catalog,
    language: &str,
    file: &File,
) -> (HashMap<&'static str, Words>, Vec<Finding>) {
    let mut words = HashMap::new();
    let mut findings = Vec::new();
    let finding = |entry: &str, part: Option<&str>, problem, source| Finding {
        catalog: catalog.name,
        language: language.to_owned(),
        entry: entry.to_owned(),
        part: part.map(str::to_owned),
        problem,
        source,
    };
    for (entry, user) in translatable(catalog) {
        let given = file.parts(entry.name);
        let before = findings.len();
        let mut find = |part: &str, problem, source| {
            findings.push(finding(entry.name, Some(part), problem, source));
        };
        let mut translated: Vec<Vec<Word>> = Vec::new();
        for (part, source) in parts(user) {
            let text = given.iter().find(|(other, _)| other == part).map_or("", |(_, text)| text);
            let source_text = Some(shown(entry, source));
            if text.trim().is_empty() {
                find(part, Problem::Untranslated, source_text);
                continue;
            }
            match read(entry, user, source, text) {
                Ok(words) => translated.push(words),
                Err(problems) => problems
                    .into_iter()
                    .for_each(|problem| find(part, problem, source_text.clone())),
            }
        }
        for (part, text) in given {
            if !text.trim().is_empty() && !parts(user).any(|(other, _)| other == part) {
                let known = list_names(parts(user).map(|(part, _)| part));
                let help =
                    format!("is no part of this error's texts, which are {known}; delete it");
                find(part, Problem::Orphaned { help }, None);
            }
        }
        let mut translated = translated.into_iter();
        if findings.len() == before
            && let (Some(title), Some(message)) = (translated.next(), translated.next())
        {
            words.insert(entry.name, Words { title, message, action: translated.next() });
        }
    }
    for (name, _) in &file.0 {
        if translatable(catalog).all(|(entry, _)| entry.name != name) {
            let help = match catalog.entry(name) {
                Some(_) => "the enum has no `user(…)` for this error; delete it".to_owned(),
                None => {
                    let names = translatable(catalog).map(|(entry, _)| entry.name);
                    let meant = did_you_mean(name, names);
                    format!("`{}` has no such error{meant}; rename or delete it", catalog.name)
                }
            };
            findings.push(finding(name, None, Problem::Orphaned { help }, None));
        }
    }
    (words, findings)
}

/// The entries that have a message for people, which clients know of.
pub(crate) fn translatable(
    catalog: &'static Catalog,
) -> impl Iterator<Item = (&'static Entry, &'static UserMessage)> {
    let visible = catalog.entries.iter().filter(|entry| !entry.hidden);
    visible.filter_map(|entry| Some((entry, entry.user.as_ref()?)))
}

/// A text of the enum as translations have it: a field is called as in clients.
pub(crate) fn shown(entry: &Entry, text: Text) -> String {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Literal(text) => placeholder::escaped(text),
        Piece::Field { name, .. } => format!("{{{}}}", argument(entry, name)),
    });
    pieces.collect()
}

/// What a field is called in translations.
fn argument(entry: &Entry, ident: &str) -> String {
    client_name(entry.field(ident).map_or(ident, |field| field.name))
}

/// A text with the fields that the source text has, and no others than the error's texts have.
fn read(
    entry: &Entry,
    user: &UserMessage,
    source: Text,
    text: &str,
) -> Result<Vec<Word>, Vec<Problem>> {
    let segments = placeholder::segments(text).map_err(|why| vec![Problem::Malformed(why)])?;
    let known: Vec<&'static str> =
        parts(user).flat_map(|(_, text)| text.fields().collect::<Vec<_>>()).collect();
    let mut problems = Vec::new();
    let mut words = Vec::new();
    for segment in segments {
        match segment {
            Segment::Literal(text) => words.push(Word::Literal(text)),
            Segment::Placeholder(name) => {
                match known.iter().find(|ident| argument(entry, ident) == name) {
                    Some(ident) => words.push(Word::Field(ident)),
                    None => {
                        let names: Vec<String> =
                            known.iter().map(|ident| argument(entry, ident)).collect();
                        let names = names.iter().map(String::as_str);
                        let help = match known.is_empty() {
                            true => ": its texts have no arguments".to_owned(),
                            false => format!(
                                "{}; it has {}",
                                did_you_mean(&name, names.clone()),
                                list_names(names)
                            ),
                        };
                        let argument = format!("{{{name}}}");
                        problems.push(Problem::UnknownArgument { argument, help });
                    }
                }
            }
        }
    }
    for ident in source.fields() {
        if !words.contains(&Word::Field(ident)) {
            let argument = format!("{{{}}}", argument(entry, ident));
            problems.push(Problem::MissingArgument { argument });
        }
    }
    if problems.is_empty() { Ok(words) } else { Err(problems) }
}
