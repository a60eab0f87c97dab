//! The translations of catalogs by language: read, kept, and asked in the reader's order.

use std::path::Path;
use std::sync::Arc;

use ws_errors_core::language::{is_language_tag, lookup};

use super::finding::Finding;
use super::folder;
use super::once::{Fallback, Once};
use super::translation::TranslationError;
use crate::catalog::{Catalog, Entry};

/// What a file says of one catalog in one language.
pub(super) trait Texts: Sized {
    /// The extension of the files.
    const EXTENSION: &'static str;

    /// Reads a file, and finds what is wrong with what could be read.
    ///
    /// # Errors
    /// Says what is wrong with a file that can't be read.
    fn read(
        catalog: &'static Catalog,
        language: &str,
        text: &str,
    ) -> Result<(Self, Vec<Finding>), String>;
}

/// The texts of catalogs, one `T` for each language.
#[derive(Debug)]
pub(super) struct ByLanguage<T> {
    catalogs: Vec<OfCatalog<T>>,
    findings: Vec<Finding>,
    once: Once,
}

#[derive(Debug)]
struct OfCatalog<T> {
    catalog: &'static Catalog,
    texts: Vec<(Arc<str>, T)>,
}

impl<T> Default for ByLanguage<T> {
    fn default() -> Self {
        Self { catalogs: Vec::new(), findings: Vec::new(), once: Once::default() }
    }
}

impl<T: Texts> ByLanguage<T> {
    /// One file more, given as its text.
    pub(super) fn with(
        mut self,
        catalog: &'static Catalog,
        language: &str,
        text: &str,
    ) -> Result<Self, TranslationError> {
        let at = format!("the translation of `{}` into {language:?}", catalog.name);
        self.add(catalog, language, text).map_err(|why| TranslationError { at, why })?;
        Ok(self)
    }

    /// All files of these catalogs in a folder.
    pub(super) fn load(
        folder: &Path,
        catalogs: &[&'static Catalog],
    ) -> Result<Self, Vec<TranslationError>> {
        let mut all = Self::default();
        folder::load(folder, catalogs, T::EXTENSION, |catalog, language, text| {
            all.add(catalog, language, text)
        })?;
        Ok(all)
    }

    fn add(&mut self, catalog: &'static Catalog, language: &str, text: &str) -> Result<(), String> {
        if !is_language_tag(language) {
            return Err("no language tag; write one such as `de` or `de-AT`".to_owned());
        }
        let (texts, findings) = T::read(catalog, language, text)?;
        // A file takes the place of an earlier one for the same language, and of what was found there.
        let is_earlier = |other: &str| other.eq_ignore_ascii_case(language);
        self.findings.retain(|one| one.catalog != catalog.name || !is_earlier(&one.language));
        self.findings.extend(findings);
        let known = self.catalogs.iter().position(|one| one.catalog.name == catalog.name);
        let index = known.unwrap_or(self.catalogs.len());
        if known.is_none() {
            self.catalogs.push(OfCatalog { catalog, texts: Vec::new() });
        }
        let all = &mut self.catalogs[index].texts;
        all.retain(|(other, _)| !is_earlier(other));
        all.push((language.into(), texts));
        Ok(())
    }
}

impl<T> ByLanguage<T> {
    fn texts(&self, catalog: &Catalog) -> &[(Arc<str>, T)] {
        let of_catalog = self.catalogs.iter().find(|one| one.catalog.name == catalog.name);
        of_catalog.map_or(&[], |of_catalog| &of_catalog.texts)
    }

    /// The catalogs of which there are translations.
    #[cfg(feature = "fluent")]
    pub(super) fn catalogs(&self) -> impl Iterator<Item = &'static Catalog> {
        self.catalogs.iter().map(|of_catalog| of_catalog.catalog)
    }

    /// The languages into which a catalog is translated.
    pub(super) fn languages(&self, catalog: &Catalog) -> impl Iterator<Item = String> {
        self.texts(catalog).iter().map(|(language, _)| language.to_string())
    }

    /// The texts of a catalog in a language.
    #[cfg(feature = "cli")]
    pub(super) fn get(&self, catalog: &Catalog, language: &str) -> Option<&T> {
        let is_it = |one: &&(Arc<str>, T)| *one.0 == *language;
        self.texts(catalog).iter().find(is_it).map(|(_, texts)| texts)
    }

    /// The texts with this index.
    pub(super) fn at(&self, catalog: &Catalog, index: usize) -> Option<(&Arc<str>, &T)> {
        self.texts(catalog).get(index).map(|(language, texts)| (language, texts))
    }

    /// What is wrong with the files.
    pub(super) fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Calls `report` for each [fallback](Self::say).
    pub(super) fn on_fallback(&mut self, report: impl Fn(&Fallback) + Send + Sync + 'static) {
        self.once.report(report);
    }

    /// The indices of the texts that a reader of these languages is to get, the first that there is
    /// first; none for who reads the source language.
    pub(super) fn wanted(&self, catalog: &Catalog, languages: &str) -> Vec<usize> {
        let all = self.texts(catalog);
        let tags = all.iter().map(|(language, _)| &**language);
        let found = lookup(languages, tags, catalog.source_language());
        let index = |tag: &&str| all.iter().position(|(language, _)| **language == **tag);
        found.iter().filter_map(index).collect()
    }

    /// What the first of the wanted texts says of an entry that can. `None` means the source language:
    /// where another was wanted, that is reported, once for the entry and the language.
    pub(super) fn say<S>(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        wanted: &[usize],
        say: impl Fn(&Arc<str>, &T) -> Result<S, String>,
    ) -> Option<S> {
        let mut failed: Option<(&Arc<str>, String)> = None;
        for (language, texts) in wanted.iter().filter_map(|index| self.at(catalog, *index)) {
            match say(language, texts) {
                Ok(said) => return Some(said),
                Err(why) => {
                    failed.get_or_insert((language, why));
                }
            }
        }
        let (language, why) = failed?;
        self.once.say(catalog, entry, language, why);
        None
    }
}
