//! The text for the client by [Fluent](https://projectfluent.org): plurals, selections and terms.
//!
//! A translation is an FTL file, `de/chat.ftl` for the language `de` and the catalog `chat`. A message
//! is called as the entry; its value is the text for the client, and the fields of the error are its
//! arguments. The attributes `.title`, `.message` and `.action` are what a person sees, where the
//! server says that, too ([`Language::explain`]); without a `.message` the value is it.
//!
//! ```ftl
//! TooMany = { $count ->
//!     [one] Mehr als eine Datei geht nicht.
//!    *[other] Mehr als { $count } Dateien gehen nicht.
//! }
//! ```
//!
//! What the message needs, and the error does not have, what the formatter can't do, and what is not
//! translated at all, costs the translation and never the message: the text in the enum stands in, and
//! that is said once.
//!
//! - Values stand between U+2068 and U+2069 (six bytes each), so that a value that is written from
//!   right to left does not turn its surroundings around. Close reasons and codes are never
//!   translated, and have no such marks.
//! - A number is a number, also where it goes on the wire as a string: it has a plural. A text of
//!   digits has none, unless the message says `NUMBER($count)`. An integer beyond 2^53 is its digits.
//! - Fluent's identifiers are ASCII: what else a name has is `_` there, and where it starts with
//!   anything but a letter, there is an `n` before it.

mod bundle;
mod check;
#[cfg(feature = "cli")]
pub(crate) mod file;

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use super::by_language::ByLanguage;
use super::finding::Finding;
use super::localizer::{Arguments, LocalizedText, Localizer};
use super::once::Fallback;
use super::translation::{TranslationError, Words};
use super::translations::{UserText, field_text};
use crate::WsError;
use crate::catalog::{Catalog, Entry};
use crate::wire::generated::{Declared, Occurrence, Values};
use bundle::{Bundle, Part};

/// The extension of an FTL file.
pub(crate) const EXTENSION: &str = "ftl";

/// The texts of errors, in the languages that there are.
///
/// ```
/// use std::sync::Arc;
///
/// use ws_errors::language::fluent::{Language, Messages};
/// use ws_errors::language::{Localized, Localizer};
/// use ws_errors::{Envelope, WsError};
///
/// #[derive(Debug, thiserror::Error, WsError)]
/// #[ws_error(catalog = "chat", envelope(Reply<'_>) = { "code": code, "message": message })]
/// enum ChatError {
///     #[error("full")]
///     #[ws_error(message = "At most {limit} people fit in here.")]
///     Full { limit: u32 },
/// }
///
/// struct Reply<'a> {
///     language: &'a Language,
/// }
///
/// impl Localized for Reply<'_> {
///     fn localizer(&self) -> Option<&dyn Localizer> {
///         Some(self.language)
///     }
/// }
///
/// let german = "Full = { $limit ->
///     [one] Hier passt nur einer hinein.
///    *[other] Hier passen höchstens { $limit } Leute hinein.
/// }";
/// let messages = Arc::new(Messages::new().with(ChatError::catalog(), "de", german)?);
///
/// let language = messages.negotiate("de-AT, en;q=0.5");
/// assert_eq!(
///     ChatError::Full { limit: 1 }.encode(&Reply { language: &language }).text(),
///     Some(r#"{"code":"Full","message":"Hier passt nur einer hinein."}"#),
/// );
/// # Ok::<(), ws_errors::language::TranslationError>(())
/// ```
#[derive(Debug, Default)]
pub struct Messages(ByLanguage<Bundle>);

/// The language of one reader: what a context gives as its [`Localizer`].
#[derive(Clone)]
pub struct Language {
    messages: Arc<Messages>,
    /// For each catalog, which of its bundles are asked, in order.
    wanted: HashMap<&'static str, Vec<usize>>,
}

/// The languages by catalog, in a few words: a context is logged with each error.
impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut catalogs: Vec<&'static Catalog> = self.messages.0.catalogs().collect();
        catalogs.sort_by_key(|catalog| catalog.name);
        let catalogs = catalogs.into_iter().map(|catalog| (catalog.name, self.of(catalog)));
        f.debug_map().entries(catalogs).finish()
    }
}

impl Messages {
    /// None: everybody gets the texts of the enum.
    pub fn new() -> Self {
        Self::default()
    }

    /// The messages of a catalog in a language, given as FTL: with `include_str!`, say.
    ///
    /// # Errors
    /// Returns what is wrong with a file that can't be read. What can be read, and lacks something or
    /// has too much, is among the [findings](Self::findings).
    pub fn with(
        self,
        catalog: &'static Catalog,
        language: &str,
        ftl: &str,
    ) -> Result<Self, TranslationError> {
        self.0.with(catalog, language, ftl).map(Self)
    }

    /// All messages of these catalogs in a folder: `de/chat.ftl` for the language `de` and the catalog
    /// `chat`.
    ///
    /// # Errors
    /// Returns what is wrong with the files that can't be read, and with the folder.
    pub fn load(
        folder: &Path,
        catalogs: &[&'static Catalog],
    ) -> Result<Self, Vec<TranslationError>> {
        ByLanguage::load(folder, catalogs).map(Self)
    }

    /// The languages in which there are messages of a catalog.
    pub fn languages(&self, catalog: &Catalog) -> impl Iterator<Item = String> {
        self.0.languages(catalog)
    }

    /// The mistakes in the messages: `export --check` reports the same.
    pub fn findings(&self) -> &[Finding] {
        self.0.findings()
    }

    /// Calls `report` when a message is wanted in a language that can't say it, once for each error
    /// and language. It is also a log event (feature `tracing`).
    #[must_use]
    pub fn on_fallback(mut self, report: impl Fn(&Fallback) + Send + Sync + 'static) -> Self {
        self.0.on_fallback(report);
        self
    }

    /// The language of a reader who wants one of these, a tag or a list as in `Accept-Language`; the
    /// source language where there is none. By the lookup of RFC 4647, as
    /// [`Translations`](super::Translations) and the clients in TypeScript have it.
    pub fn negotiate(self: &Arc<Self>, languages: &str) -> Language {
        let catalogs = self.0.catalogs();
        let wanted = catalogs.map(|catalog| (catalog.name, self.0.wanted(catalog, languages)));
        Language { messages: self.clone(), wanted: wanted.collect() }
    }
}

impl Language {
    /// The language in which the texts of a catalog are, as far as they are translated.
    pub fn of(&self, catalog: &'static Catalog) -> &str {
        let first = self.wanted(catalog).first();
        let texts = first.and_then(|index| self.messages.0.at(catalog, *index));
        texts.map_or(catalog.source_language(), |(language, _)| language)
    }

    fn wanted(&self, catalog: &Catalog) -> &[usize] {
        self.wanted.get(catalog.name).map_or(&[], Vec::as_slice)
    }

    /// What the first language says that can; `None` for the source language.
    fn say<T>(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        say: impl Fn(&Arc<str>, &Bundle) -> Result<T, String>,
    ) -> Option<T> {
        self.messages.0.say(catalog, entry, self.wanted(catalog), say)
    }

    /// The texts that a person sees of an error, where the server says them: the attributes of its message, else
    /// what the enum says. `None` where neither the error nor the catalog has a message for people.
    pub fn explain<E: Declared + WsError>(&self, error: &E) -> Option<UserText> {
        self.explain_occurrence(E::catalog(), error)
    }

    fn explain_occurrence(
        &self,
        catalog: &'static Catalog,
        error: &dyn Occurrence,
    ) -> Option<UserText> {
        let own = catalog.entries.get(error.index())?;
        let entry = catalog.explained(Some(own))?;
        let user = entry.user.as_ref()?;
        let mut values = Values::default();
        error.values(&mut values);
        let translated = self.say(catalog, entry, |language, bundle| {
            values.with(|all| {
                // What a person sees is shown to one person, and no message.
                let unserialized = RefCell::default();
                let arguments = Arguments::new(own, all, &unserialized);
                let text = |part| bundle.text(entry, part, &arguments);
                Ok(UserText {
                    title: text(Part::Title)?,
                    message: text(Part::Message)?,
                    action: user.action.map(|_| text(Part::Action)).transpose()?,
                    language: language.clone(),
                })
            })
        });
        translated.or_else(|| {
            let source = catalog.source_language().into();
            let value = |ident: &str| field_text(own, &values, ident);
            Some(Words::of_source(user).text(source, &value))
        })
    }
}

impl Localizer for Language {
    fn message(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        arguments: &Arguments<'_>,
    ) -> Option<LocalizedText> {
        self.say(catalog, entry, |language, bundle| {
            let text = bundle.text(entry, Part::Value, arguments)?;
            Ok(LocalizedText { text, language: language.clone() })
        })
    }
}
