//! What is missing in a language is said once, and not for each reader.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{Catalog, Entry};

/// A text that was wanted in a language, and was given in the source language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// The catalog.
    pub catalog: &'static str,
    /// The entry's name.
    pub entry: &'static str,
    /// The language.
    pub language: Arc<str>,
    /// Why.
    pub why: String,
}

impl fmt::Display for Fallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { catalog, entry, language, why } = self;
        write!(f, "{language}, {catalog}: `{entry}` is given in the source language: {why}")
    }
}

/// Who is notified.
type Report = dyn Fn(&Fallback) + Send + Sync;

/// Says each fallback once.
#[derive(Default)]
pub(super) struct Once {
    said: Mutex<HashSet<(&'static str, &'static str, Arc<str>)>>,
    report: Option<Box<Report>>,
}

impl Once {
    pub(super) fn report(&mut self, report: impl Fn(&Fallback) + Send + Sync + 'static) {
        self.report = Some(Box::new(report));
    }

    pub(super) fn say(
        &self,
        catalog: &'static Catalog,
        entry: &'static Entry,
        language: &Arc<str>,
        why: String,
    ) {
        let is_new = {
            let mut said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
            said.insert((catalog.name, entry.name, language.clone()))
        };
        if is_new {
            let (catalog, entry, language) = (catalog.name, entry.name, language.clone());
            let fallback = Fallback { catalog, entry, language, why };
            crate::log::fallback(&fallback);
            if let Some(report) = &self.report {
                report(&fallback);
            }
        }
    }
}

impl fmt::Debug for Once {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").field("said", &self.said).finish_non_exhaustive()
    }
}
