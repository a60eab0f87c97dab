//! What catalogs that nest say of the same codes.

use super::{Finding, Place};
use crate::catalog::{Catalog, Context, Policies};

/// What catalogs say of the same codes is the same, or the outer one says it itself. The first of
/// them is the outer one.
pub fn agree(catalogs: &[&Catalog]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some((outer, _)) = catalogs.split_first() else { return findings };
    for inner in catalogs {
        let (ours, its) = (outer.source_language(), inner.source_language());
        if !ours.eq_ignore_ascii_case(its) {
            findings.push(Finding::new(
                Place::Catalog,
                format!(
                    "`transparent`: the texts of the catalog `{}` are in the language `{its}`, and those here in `{ours}`; translations are made from one language",
                    inner.name
                ),
            ));
        }
    }
    for (index, one) in catalogs.iter().enumerate() {
        for other in catalogs.iter().skip(index + 1) {
            type Of = fn(&Catalog) -> &Policies;
            let both: [(Of, &str); 2] =
                [(|catalog| &catalog.closes, "closes"), (|catalog| &catalog.codes, "codes")];
            for (of, word) in both {
                findings.extend(ranges(one, other, of));
                let (mine, its) = (of(one), of(other));
                let is_stated = !of(outer).is_stated && mine.is_stated && its.is_stated;
                if is_stated && mine.unknown != its.unknown {
                    findings.push(Finding::new(
                        Place::Catalog,
                        format!(
                            "`transparent`: the catalogs `{}` and `{}` have different policies for codes that nobody declared; say here which it is: `{word}(unknown = …)`",
                            other.name, one.name
                        ),
                    ));
                }
            }
        }
    }
    findings
}

fn ranges(one: &Catalog, other: &Catalog, of: fn(&Catalog) -> &Policies) -> Vec<Finding> {
    let mut findings = Vec::new();
    for mine in of(one).ranges {
        for its in of(other).ranges {
            if mine.first <= its.last && its.first <= mine.last && mine != its {
                findings.push(Finding::new(
                    Place::Catalog,
                    format!(
                        "`transparent`: the catalog `{}` has another policy for the codes {}..={} than the catalog `{}`; let both say the same, or leave it to one",
                        other.name, its.first, its.last, one.name
                    ),
                ));
            }
        }
    }
    findings
}

/// In a context that is kept, closes are delivered as the nested catalog says. `ours` is the context
/// of the outer enum, `its` that of the nested catalog.
pub fn same_delivery(catalog: &str, ours: &Context, its: &Context) -> Option<Finding> {
    if ours.delivery == its.delivery {
        return None;
    }
    let name = ours.name;
    let message = match its.delivery.map(|delivery| delivery.word()) {
        None => format!(
            "`transparent`: in the context `{name}` the catalog `{catalog}` delivers each error as it is declared; take the delivery away from `envelope` here"
        ),
        Some(word) => format!(
            "`transparent`: in the context `{name}` the catalog `{catalog}` makes `{word}` of a close; say so here: `envelope({name}, {word}) = transparent`"
        ),
    };
    Some(Finding::new(Place::Catalog, message))
}
