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
mod node;
mod numbers;
mod outcome;
mod print;
mod properties;
mod returning;
mod run;
mod sending;
mod shrink;
mod subject;
mod texts;
mod types;

pub use node::Node;
pub use run::{Amount, Report, run};
