//! The languages of a program, and what a reader of one sees.

#[cfg(feature = "fluent")]
use std::sync::Arc;

use super::{Failure, Program, find, translations};
use crate::catalog::{Catalog, Entry, Frame};
use crate::export::Values;
use crate::language::Localizer;
#[cfg(feature = "fluent")]
use crate::language::fluent::Messages;
use crate::language::{TranslationError, Translations, UserText};

/// All translations of a program.
pub(super) struct Languages {
    translations: Translations,
    #[cfg(feature = "fluent")]
    messages: Arc<Messages>,
}

impl Languages {
    /// Those that are there; none, where the program says nothing of translations.
    pub(super) fn load(program: &Program) -> Result<Self, Failure> {
        let folder = translations::directory(program, None);
        let catalogs = match folder.is_dir() {
            true => program.catalogs(),
            false => &[],
        };
        let all = |errors: Vec<TranslationError>| Failure::all(&errors);
        Ok(Self {
            translations: Translations::load(&folder, catalogs).map_err(all)?,
            #[cfg(feature = "fluent")]
            messages: Arc::new(Messages::load(&folder, catalogs).map_err(all)?),
        })
    }

    /// The languages into which a catalog is translated.
    pub(super) fn of(&self, catalog: &'static Catalog) -> Vec<String> {
        let mut languages: Vec<String> = self.translations.languages(catalog).collect();
        #[cfg(feature = "fluent")]
        languages.extend(self.messages.languages(catalog));
        languages.sort();
        languages.dedup();
        languages
    }

    /// The catalog with what a person sees in a language.
    pub(super) fn translated(&self, catalog: &'static Catalog, language: &str) -> &'static Catalog {
        self.translations.translated(catalog, language)
    }

    /// What a person sees of an error in a language; `None` where that is in another.
    pub(super) fn user(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        values: &Values,
        language: &str,
    ) -> Option<UserText> {
        let value = |ident: &str| values.field_text(ident);
        let text = self.translations.words(catalog, Some(entry), language, &value)?;
        (*text.language == *language).then_some(text)
    }

    /// The text or JSON of a frame in a language; `None` where there is none of its own.
    pub(super) fn frame(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        context: usize,
        values: &Values,
        language: &str,
    ) -> Option<Frame> {
        values.translated(catalog, entry, context, &*self.localizer(language)?)
    }

    #[cfg(feature = "fluent")]
    fn localizer(&self, language: &str) -> Option<Box<dyn Localizer>> {
        Some(Box::new(self.messages.negotiate(language)))
    }

    #[cfg(not(feature = "fluent"))]
    fn localizer(&self, _: &str) -> Option<Box<dyn Localizer>> {
        None
    }

    /// That a catalog is translated into a language, or which there are.
    pub(super) fn expect(&self, catalog: &'static Catalog, language: &str) -> Result<(), Failure> {
        let known = self.of(catalog);
        if language == catalog.source_language() || known.iter().any(|known| known == language) {
            return Ok(());
        }
        let known = known.iter().map(String::as_str).chain([catalog.source_language()]);
        let nothing = format!("`{}` has no translation into", catalog.name);
        Err(Failure::Unknown(find::unknown(&nothing, language, known)))
    }
}
