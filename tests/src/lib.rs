//! What the tests share: an occurrence of every entry of every catalog.

pub mod occurrences;
