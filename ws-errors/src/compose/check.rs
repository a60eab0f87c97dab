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
    // What catalogs say of languages, policies and deliveries differs with any envelope.
    let is_of_an_envelope = |finding: &String| !finding.starts_with("`transparent`");
    let remedy = match findings.iter().any(is_of_an_envelope) {
        true => {
            "\nto keep the envelopes of a nested catalog, write it on the variant: `#[ws_error(transparent, envelope = transparent)]`"
        }
        false => "",
    };
    format!("\n- {}{remedy}", findings.join("\n- "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use ws_errors_core::rules::agree;

    #[test]
    fn an_envelope_is_a_remedy_for_what_envelopes_do() {
        let (here, there) = (Catalog::BLANK, Catalog { language: Some("de"), ..Catalog::BLANK });
        let found = agree(&[&here, &there]).into_iter().map(|finding| finding.message);
        let mut findings: Vec<String> = found.collect();
        assert_eq!(findings.len(), 1);
        assert!(!listed(&findings).contains("envelope"), "{findings:?}");
        findings.push("`message` must be there".to_owned());
        assert!(listed(&findings).ends_with("envelope = transparent)]`"));
    }
}
