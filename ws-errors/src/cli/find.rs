//! What a name on the command line stands for.

use super::{Failure, Program};
use crate::catalog::{Catalog, Entry};
use crate::find::entries;
pub(super) use crate::find::unknown;

/// An entry, and the catalog that has it.
pub(super) type Found = (&'static Catalog, &'static Entry);

pub(super) fn catalog(program: &Program, name: &str) -> Result<&'static Catalog, Failure> {
    program.catalogs().iter().copied().find(|catalog| catalog.name == name).ok_or_else(|| {
        let names = program.catalogs().iter().map(|catalog| catalog.name);
        Failure::Unknown(unknown("there is no catalog", name, names))
    })
}

/// The entries that a key stands for, in the catalog of this name, or in all.
///
/// # Errors
/// Says what there is where nothing is found.
pub(super) fn all(program: &Program, name: Option<&str>, key: &str) -> Result<Vec<Found>, Failure> {
    let catalogs = match name {
        Some(name) => vec![catalog(program, name)?],
        None => program.catalogs().to_vec(),
    };
    let of = |catalog| entries(catalog, key).into_iter().map(move |entry| (catalog, entry));
    let found: Vec<Found> = catalogs.iter().copied().flat_map(of).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let nothing = match catalogs.as_slice() {
        [catalog] => format!("`{}` has no error", catalog.name),
        _ => "no catalog has an error".to_owned(),
    };
    let names = catalogs.iter().flat_map(|catalog| catalog.entries).map(|entry| entry.name);
    Err(Failure::Unknown(unknown(&nothing, key, names)))
}

/// The one entry that a key stands for, in the catalog of this name, or in all.
///
/// # Errors
/// Says what there is where nothing is found, and which it may be where several are.
pub(super) fn one(program: &Program, name: Option<&str>, key: &str) -> Result<Found, Failure> {
    let found = all(program, name, key)?;
    if let [one] = found.as_slice() {
        return Ok(*one);
    }
    let names = found.iter().map(|(catalog, entry)| format!("`{} {}`", catalog.name, entry.name));
    let names: Vec<String> = names.collect();
    Err(Failure::Unknown(format!(
        "{key:?} stands for several errors: {}; give the catalog and the name of one",
        names.join(", ")
    )))
}
