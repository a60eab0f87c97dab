//! What is true of all entries, joined.

use super::Tree;
use crate::catalog::{Catalog, Policies, PolicyRange, Retired, Success};

/// Joins what nested catalogs say of codes that nobody declared, of retired codes, and of guards.
/// What the enum says itself comes first.
pub(super) fn join_policies(catalog: &mut Catalog, tree: &Tree, inner: &[Catalog]) {
    let own = catalog.closes;
    let closes = inner.iter().map(|inner| inner.closes);
    catalog.closes = join(own, closes, states(tree, |tree| tree.closes_unknown));
    let own = catalog.codes;
    let codes = inner.iter().map(|inner| inner.codes);
    catalog.codes = join(own, codes, states(tree, |tree| tree.codes_unknown));
    let mut retired: Vec<Retired> = catalog.retired.to_vec();
    let mut success: Vec<Success> = catalog.success.to_vec();
    for inner in inner {
        for other in inner.retired {
            if !retired.iter().any(|known| known.code == other.code) {
                retired.push(*other);
            }
        }
        success.extend(inner.success.iter().filter(|other| !catalog.success.contains(other)));
        catalog.guards.storm = catalog.guards.storm.or(inner.guards.storm);
        catalog.guards.breaker = catalog.guards.breaker.or(inner.guards.breaker);
        let has_field = |name: &&str| {
            catalog.contexts.iter().flat_map(|context| context.fields).any(|f| f.name == *name)
        };
        catalog.correlate = catalog.correlate.or(inner.correlate.filter(has_field));
    }
    success.dedup();
    catalog.retired = retired.leak();
    catalog.success = success.leak();
}

/// Which catalog says what is to be done about codes in no range: the enum itself (`None`), or the
/// first nested one that says it.
fn states(tree: &Tree, says: fn(&Tree) -> bool) -> Option<usize> {
    fn anywhere(tree: &Tree, says: fn(&Tree) -> bool) -> bool {
        says(tree) || tree.nested.iter().any(|nested| anywhere(nested.tree, says))
    }
    if says(tree) {
        return None;
    }
    tree.nested.iter().position(|nested| anywhere(nested.tree, says))
}

fn join(
    own: Policies,
    inner: impl Iterator<Item = Policies> + Clone,
    unknown: Option<usize>,
) -> Policies {
    let mut ranges: Vec<PolicyRange> = own.ranges.to_vec();
    for policies in inner.clone() {
        for range in policies.ranges {
            if !ranges.contains(range) {
                ranges.push(*range);
            }
        }
    }
    let stated = unknown.and_then(|index| inner.clone().nth(index));
    Policies { ranges: ranges.leak(), unknown: stated.map_or(own.unknown, |stated| stated.unknown) }
}
