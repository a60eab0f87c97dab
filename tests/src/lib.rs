//! What the tests share: an occurrence of every entry of every catalog, servers that raise them,
//! and the catalogs of real systems.

pub mod artefacts;
#[cfg(not(test))]
pub mod contradictions;
pub mod field_types;
pub mod hostile;
pub mod odd_names;
pub mod odd_shapes;
pub mod pair;
pub mod planted;
pub mod process;
pub mod protocol;
pub mod random;
pub mod readings;
pub mod servers;
pub mod shop;
pub mod told_apart;
pub mod world;

pub use catalog::occurrences;

/// The folder of the catalogs' translations.
pub fn locales() -> &'static std::path::Path {
    std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../catalog/locales"))
}
