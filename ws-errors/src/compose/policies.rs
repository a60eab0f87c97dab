//! What is true of all entries, joined.

use crate::catalog::{Catalog, Policies, PolicyRange, Retired, Success};

/// Joins what nested catalogs say of codes that nobody declared, of retired codes, and of guards.
/// What the enum says itself comes first.
pub(super) fn join_policies(catalog: &mut Catalog, inner: &[Catalog]) {
    catalog.closes = join(catalog.closes, inner.iter().map(|inner| inner.closes));
    catalog.codes = join(catalog.codes, inner.iter().map(|inner| inner.codes));
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
        catalog.guards.liveness = catalog.guards.liveness.or(inner.guards.liveness);
        let has_field = |name: &&str| {
            catalog.contexts.iter().flat_map(|context| context.fields).any(|f| f.name == *name)
        };
        catalog.correlate = catalog.correlate.or(inner.correlate.filter(has_field));
    }
    success.dedup();
    catalog.retired = retired.leak();
    catalog.success = success.leak();
}

/// The ranges of all; of codes in no range the enum itself says what is to be done, or the first
/// nested catalog that states it.
fn join(own: Policies, inner: impl Iterator<Item = Policies> + Clone) -> Policies {
    let mut ranges: Vec<PolicyRange> = own.ranges.to_vec();
    for policies in inner.clone() {
        for range in policies.ranges {
            if !ranges.contains(range) {
                ranges.push(*range);
            }
        }
    }
    let stated = std::iter::once(own).chain(inner).find(|policies| policies.is_stated);
    Policies { ranges: ranges.leak(), ..stated.unwrap_or(own) }
}
