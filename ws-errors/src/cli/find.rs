//! What a name on the command line stands for.

use super::{Failure, Program};
use crate::catalog::{Catalog, Entry};
pub(super) use crate::find::{entries, unknown};

pub(super) fn catalog(program: &Program, name: &str) -> Result<&'static Catalog, Failure> {
    program.catalogs().iter().copied().find(|catalog| catalog.name == name).ok_or_else(|| {
        let names = program.catalogs().iter().map(|catalog| catalog.name);
        Failure::Unknown(unknown("catalog", name, names))
    })
}

/// The entry that a key stands for.
pub(super) fn entry(catalog: &'static Catalog, key: &str) -> Result<&'static Entry, Failure> {
    crate::find::entry(catalog, key).map_err(Failure::Unknown)
}
