//! What a name on the command line stands for.

pub(super) use crate::find::unknown;

use super::{Failure, Program};
use crate::catalog::Catalog;
use crate::find::{self, Found};

pub(super) fn catalog(program: &Program, name: &str) -> Result<&'static Catalog, Failure> {
    program.catalogs().iter().copied().find(|catalog| catalog.name == name).ok_or_else(|| {
        let names = program.catalogs().iter().map(|catalog| catalog.name);
        Failure::Unknown(unknown("there is no catalog", name, names))
    })
}

/// The catalog of this name, or all.
fn catalogs(program: &Program, name: Option<&str>) -> Result<Vec<&'static Catalog>, Failure> {
    match name {
        Some(name) => Ok(vec![catalog(program, name)?]),
        None => Ok(program.catalogs().to_vec()),
    }
}

/// The entries that a key stands for, in the catalog of this name, or in all.
pub(super) fn all(program: &Program, name: Option<&str>, key: &str) -> Result<Vec<Found>, Failure> {
    find::all(&catalogs(program, name)?, key).map_err(Failure::Unknown)
}

/// The one entry that a key stands for, in the catalog of this name, or in all.
pub(super) fn one(program: &Program, name: Option<&str>, key: &str) -> Result<Found, Failure> {
    find::one(&catalogs(program, name)?, key).map_err(Failure::Unknown)
}
