//! What a person sees, in their language.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use ws_errors_core::encoding::{View, Within, values};
use ws_errors_core::escape::characters_of;

use super::by_language::{ByLanguage, Texts};
use super::file::{EXTENSION, File};
use super::finding::Finding;
use super::once::Fallback;
use super::translation::{TranslationError, Word, Words, words};
use crate::WsError;
use crate::catalog::{Catalog, Entry};
use crate::wire::generated::{Declared, Occurrence, Values};
use crate::wire::{Decoded, Received};

/// The words of a language, by the names of entries.
type WordsByEntry = HashMap<&'static str, Words>;

/// The texts that a person sees of errors (`user(…)`), in the languages that there are.
///
/// The texts of the enum are the source language: they are there without any file, and stand in where
/// a translation lacks an error. A translation is a JSON file, `de/chat.json` for the language `de`
/// and the catalog `chat`: the texts by the names of the errors.
///
/// ```
/// use ws_errors::WsError;
/// use ws_errors::language::Translations;
///
/// #[derive(Debug, thiserror::Error, WsError)]
/// #[ws_error(catalog = "chat", envelope = { "code": code, "limit": self.limit })]
/// enum ChatError {
///     #[error("full")]
///     #[ws_error(user(title = "Full", message = "At most {limit} people fit in here."))]
///     Full { limit: u32 },
/// }
///
/// let translations = Translations::new()
///     .with(ChatError::catalog(), "de", r#"{
///         "Full": { "title": "Voll", "message": "Hier passen höchstens {limit} Leute hinein." }
///     }"#)?;
///
/// let text = translations.explain(&ChatError::Full { limit: 7 }, "de-AT, en;q=0.5").unwrap();
/// assert_eq!(text.message, "Hier passen höchstens 7 Leute hinein.");
/// # Ok::<(), ws_errors::language::TranslationError>(())
/// ```
#[derive(Debug, Default)]
pub struct Translations(ByLanguage<WordsByEntry>);

impl Texts for WordsByEntry {
    const EXTENSION: &'static str = EXTENSION;

    fn read(
        catalog: &'static Catalog,
        language: &str,
        json: &str,
    ) -> Result<(Self, Vec<Finding>), String> {
        Ok(words(catalog, language, &File::read(json)?))
    }
}

/// The texts that a person sees of an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserText {
    /// A few words.
    pub title: String,
    /// A sentence or two.
    pub message: String,
    /// What the button says, where there is one.
    pub action: Option<String>,
    /// The language of the texts.
    pub language: Arc<str>,
}

impl Translations {
    /// None: everybody gets the texts of the enum.
    pub fn new() -> Self {
        Self::default()
    }

    /// The translation of a catalog into a language, given as JSON: with `include_str!`, say.
    ///
    /// # Errors
    /// Returns what is wrong with a file that can't be read. What can be read, and lacks something or
    /// has too much, is among the [findings](Self::findings).
    pub fn with(
        self,
        catalog: &'static Catalog,
        language: &str,
        json: &str,
    ) -> Result<Self, TranslationError> {
        self.0.with(catalog, language, json).map(Self)
    }

    /// All translations of these catalogs in a folder: `de/chat.json` for the language `de` and the
    /// catalog `chat`.
    ///
    /// # Errors
    /// Returns what is wrong with the files that can't be read, and with the folder.
    pub fn load(
        folder: &Path,
        catalogs: &[&'static Catalog],
    ) -> Result<Self, Vec<TranslationError>> {
        ByLanguage::load(folder, catalogs).map(Self)
    }

    /// The languages into which a catalog is translated.
    pub fn languages(&self, catalog: &Catalog) -> impl Iterator<Item = String> {
        self.0.languages(catalog)
    }

    /// A catalog with what a person sees in a language, as far as that is translated: a copy that
    /// stays.
    #[cfg(feature = "cli")]
    pub(crate) fn translated(&self, catalog: &'static Catalog, language: &str) -> &'static Catalog {
        let Some(words) = self.0.get(catalog, language) else { return catalog };
        let entries =
            catalog.entries.iter().map(|entry| match (entry.user, words.get(entry.name)) {
                (Some(user), Some(words)) => {
                    Entry { user: Some(words.user(user.fallback)), ..*entry }
                }
                _ => *entry,
            });
        let entries: &'static [Entry] = entries.collect::<Vec<_>>().leak();
        Box::leak(Box::new(Catalog { entries, ..*catalog }))
    }

    /// The mistakes in the translations: `export --check` reports the same.
    pub fn findings(&self) -> &[Finding] {
        self.0.findings()
    }

    /// Calls `report` when a text is wanted in a language that lacks it, once for each error and
    /// language. It is also a log event (feature `tracing`).
    #[must_use]
    pub fn on_fallback(mut self, report: impl Fn(&Fallback) + Send + Sync + 'static) -> Self {
        self.0.on_fallback(report);
        self
    }

    /// The texts that a person sees of an error of the server's own. `languages` is what they read, a tag or a
    /// list as in `Accept-Language`; `None` where neither the error nor the catalog has a message for
    /// people.
    pub fn explain<E>(&self, error: &E, languages: &str) -> Option<UserText>
    where
        E: Declared + WsError,
    {
        self.explain_occurrence(<E as WsError>::catalog(), error, languages)
    }

    fn explain_occurrence(
        &self,
        catalog: &'static Catalog,
        error: &dyn Occurrence,
        languages: &str,
    ) -> Option<UserText> {
        let entry = catalog.entries.get(error.index())?;
        let mut given = Values::default();
        error.values(&mut given);
        let value = |ident: &str| field_text(entry, &given, ident);
        self.words(catalog, Some(entry), languages, &value)
    }

    /// The texts that a person sees of an error that a client in Rust received; `None` also for what is no
    /// error. One that nobody declared has the catalog's message for all others.
    pub fn explain_received(
        &self,
        catalog: &'static Catalog,
        error: &Decoded,
        languages: &str,
    ) -> Option<UserText> {
        let (entry, received): (_, &Received) = (error.entry(), error.received()?);
        let value = |ident: &str| match received.fields().get(ident) {
            None | Some(serde_json::Value::Null) => String::new(),
            Some(value) => characters_of(&value.to_string()).into_owned(),
        };
        self.words(catalog, entry, languages, &value)
    }

    pub(crate) fn words(
        &self,
        catalog: &'static Catalog,
        entry: Option<&'static Entry>,
        languages: &str,
        value: &dyn Fn(&str) -> String,
    ) -> Option<UserText> {
        let entry = catalog.explained(entry)?;
        let user = entry.user.as_ref()?;
        let wanted = self.0.wanted(catalog, languages);
        let translated = self.0.say(catalog, entry, &wanted, |language, words| {
            let words = words.get(entry.name).ok_or("there is no translation")?;
            Ok(words.text(language.clone(), value))
        });
        let source = || Words::of_source(user).text(catalog.source_language().into(), value);
        Some(translated.unwrap_or_else(source))
    }
}

/// A field of an occurrence in a text.
pub(super) fn field_text(entry: &Entry, given: &Values<'_>, ident: &str) -> String {
    let is_it = |view: &View| match view {
        View::Json(index) => entry.fields.get(*index).is_some_and(|field| field.ident == ident),
        _ => false,
    };
    let mut text = String::new();
    if let Some(index) = values(entry).iter().position(is_it) {
        given.with(|all| {
            if let Some(value) = all.get(index) {
                value.push_characters(&mut text, Within::Raw, true);
            }
        });
    }
    text
}

impl Words {
    /// The texts with the fields in them.
    pub(super) fn text(&self, language: Arc<str>, value: &dyn Fn(&str) -> String) -> UserText {
        let text = |words: &[Word]| {
            let words = words.iter().map(|word| match word {
                Word::Literal(text) => Cow::Borrowed(text.as_str()),
                Word::Field(ident) => Cow::Owned(value(ident)),
            });
            words.collect::<String>()
        };
        UserText {
            title: text(&self.title),
            message: text(&self.message),
            action: self.action.as_deref().map(text),
            language,
        }
    }
}
