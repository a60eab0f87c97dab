//! Where translations are: `de/chat.json` in a folder, for the language `de` and the catalog `chat`.

use std::io;
use std::path::{Path, PathBuf};

use ws_errors_core::distinct::add_new;
use ws_errors_core::language::is_language_tag;

use super::translation::TranslationError;
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
                let help = if is_language_tag(&meant) {
                    format!(": write {meant:?}")
                } else {
                    String::new()
                };
                return Err(io::Error::other(format!(
                    "the folder {name:?} holds a translation, and its name is no language tag{help}"
                )));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Reads all files of these catalogs.
///
/// # Errors
/// Returns what is wrong with the files that `add` can't read, and with the folder.
pub(super) fn load(
    folder: &Path,
    catalogs: &[&'static Catalog],
    extension: &str,
    mut add: impl FnMut(&'static Catalog, &str, &str) -> Result<(), String>,
) -> Result<(), Vec<TranslationError>> {
    let mut errors = Vec::new();
    let mut failed = |at: &Path, why: String| {
        add_new(&mut errors, TranslationError { at: at.display().to_string(), why });
    };
    for catalog in catalogs {
        let files = match files(folder, catalog, extension) {
            Ok(files) => files,
            Err(error) => {
                failed(folder, error.to_string());
                continue;
            }
        };
        for (language, file) in files {
            let added = std::fs::read_to_string(&file)
                .map_err(|error| error.to_string())
                .and_then(|text| add(catalog, &language, &text));
            if let Err(why) = added {
                failed(&file, why);
            }
        }
    }
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// The name of a catalog's file.
pub(crate) fn file_name(catalog: &Catalog, extension: &str) -> String {
    format!("{}.{extension}", catalog.name)
}
