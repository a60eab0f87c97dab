//! What is checked where catalogs nest: names, codes and closes by the compiler, the rest by the same
//! rules as an enum of its own, when it is exported and in a test.

use ws_errors_core::facts::Declaration;
use ws_errors_core::rules::nested::{mistake, words};

use crate::WsError;

/// Says what is wrong with a nested catalog, at the caller's place. `LEAVES` and `RESERVED` are how
/// many entries and reserved codes the tree has.
#[track_caller]
pub const fn check<const LEAVES: usize, const RESERVED: usize>(tree: &Declaration, place: usize) {
    if let Some(mistake) = mistake::<LEAVES, RESERVED>(tree, place) {
        let words = words(&mistake);
        panic!("{}", words.as_str());
    }
}

/// Fails where the catalogs that an enum nests do not go together: the test that the macro writes
/// beside such an enum.
///
/// # Panics
/// Says what is wrong, and what to write instead.
#[track_caller]
pub fn assert_nested<E: WsError>() {
    let findings = E::findings();
    assert!(
        findings.is_empty(),
        "the catalogs that `{}` nests do not go together:{}",
        E::catalog().name,
        listed(&findings)
    );
}

/// What is wrong with nested catalogs, line by line.
pub(crate) fn listed(findings: &[String]) -> String {
    format!(
        "\n- {}\nto keep the envelopes of a nested catalog, write it on the variant: `#[ws_error(transparent, envelope = transparent)]`",
        findings.join("\n- ")
    )
}
