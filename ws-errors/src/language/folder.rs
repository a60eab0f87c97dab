//! Where translations are: `de/chat.json` in a folder, for the language `de` and the catalog `chat`.

use std::io;
use std::path::{Path, PathBuf};

use ws_errors_core::language::is_language_tag;

use crate::catalog::Catalog;

/// The files of a catalog with this extension, by language, in the order of the languages. That of
/// the source language is none of them.
pub(crate) fn files(
    folder: &Path,
    catalog: &Catalog,
    extension: &str,
) -> io::Result<Vec<(String, PathBuf)>> {
    let mut files = Vec::new();
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        let file = item.path().join(file_name(catalog, extension));
        if !file.is_file() {
            continue;
        }
        match item.file_name().to_str() {
            Some(tag) if is_language_tag(tag) => {
                if !tag.eq_ignore_ascii_case(catalog.source_language()) {
                    files.push((tag.to_owned(), file));
                }
            }
            _ => {
                let name = item.file_name();
                let name = name.to_string_lossy();
                let meant = name.replace('_', "-");
                let help = if is_language_tag(&meant) { format!(": write {meant:?}") } else { String::new() };
                return Err(io::Error::other(format!(
                    "the folder {name:?} holds a translation, and its name is no language tag{help}"
                )));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The name of a catalog's file.
pub(crate) fn file_name(catalog: &Catalog, extension: &str) -> String {
    format!("{}.{extension}", catalog.name)
}
