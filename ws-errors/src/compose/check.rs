//! What the compiler checks where catalogs nest.

use ws_errors_core::facts::Declaration;
use ws_errors_core::rules::nested::{mistake, words};

/// Says what is wrong with a nested catalog, at the caller's place. `LEAVES` and `RESERVED` are how
/// many entries and reserved codes the tree has.
#[track_caller]
pub const fn check<const LEAVES: usize, const RESERVED: usize>(tree: &Declaration, place: usize) {
    if let Some(mistake) = mistake::<LEAVES, RESERVED>(tree, place) {
        let words = words(&mistake);
        panic!("{}", words.as_str());
    }
}
