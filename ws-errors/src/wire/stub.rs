//! What stands where there is nothing: beside the macro's errors, and for a text that holds no facts.

use ws_errors_core::facts::Declaration;

use crate::catalog::{Catalog, Entry};

/// An entry that says nothing.
pub(crate) static NO_ENTRY: &Entry = &Entry::BLANK;

static CATALOG: Catalog = Catalog { entries: &[Entry::BLANK], ..Catalog::BLANK };

/// A catalog and an entry that say nothing: code that has errors does not run.
pub fn nothing(_name: &str) -> (&'static Catalog, &'static Entry) {
    (&CATALOG, NO_ENTRY)
}

/// A declaration without entries, so that an enum that nests one with errors has none by that.
pub static NO_DECLARATION: Declaration = Declaration::EMPTY;
