//! Random catalogs: envelopes with everything that the language has, entries, values and frames that
//! are made up, and what has to be true of all of them.

mod catalogs;
mod check;
mod damage;
mod entries;
mod envelopes;
mod expected;
mod languages;
mod made;
mod nodes;
mod numbers;
mod outcome;
mod print;
mod properties;
mod reader;
mod returning;
mod run;
mod sending;
mod shrink;
mod subject;
mod texts;
mod types;

pub use reader::Reader;
pub use run::{Amount, Report, run};

use ws_errors::catalog::Catalog;

/// Catalogs that are made up, and that the rules accept: the same in each run.
pub fn catalogs() -> impl Iterator<Item = &'static Catalog> {
    let subjects = (1..)
        .map(|seed| subject::Subject::new(&catalogs::catalog(&mut numbers::Random::new(seed))));
    subjects.filter(|subject| subject.refusal().is_none()).map(|subject| subject.catalog)
}
