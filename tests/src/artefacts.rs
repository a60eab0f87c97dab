//! What is generated of catalogs, written for the checks in `tests/reference`.

use std::fs;
use std::path::{Path, PathBuf};

use ws_errors::catalog::Catalog;
use ws_errors::export::{Artefact, Format, Markdown, artefacts, asyncapi, index};

/// The folder for what `tests/reference/check` reads: that in `WS_ERRORS_REFERENCE`, or one among the
/// temporary files of the tests. Whoever goes on to read it names one of their own, because all tests
/// may run at the same time.
pub fn reference(temporary: &str) -> PathBuf {
    std::env::var_os("WS_ERRORS_REFERENCE")
        .map_or_else(|| Path::new(temporary).join("reference"), PathBuf::from)
}

/// Writes the pages of these catalogs with front matter into this folder.
///
/// # Errors
/// Says which file, or which catalog, it was that failed.
pub fn write_with_front_matter(folder: &Path, catalogs: &[&'static Catalog]) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    fs::create_dir_all(folder).map_err(failed)?;
    let docs = Markdown::new().front_matter();
    for catalog in catalogs {
        let text = docs.page(catalog).map_err(|error| error.to_string())?;
        let page = Artefact { file: format!("{}.md", catalog.name), text };
        page.write(folder).map_err(failed)?;
    }
    Ok(())
}

/// What readers and tools take; the modules for clients are checked where they run.
const FORMATS: [Format; 5] =
    [Format::Markdown, Format::Json, Format::JsonSchema, Format::AsyncApi, Format::OpenApi];

/// Writes the artefacts of these catalogs into this folder, which has nothing else afterwards: the
/// formats for readers and for tools, the index, and an AsyncAPI document of them all.
///
/// # Errors
/// Says which file, or which catalog, it was that failed.
pub fn write(folder: &Path, catalogs: &[&'static Catalog]) -> Result<usize, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::create_dir_all(folder).map_err(failed)?;
    let all = |errors: Vec<ws_errors::export::ExportError>| {
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    let mut made = artefacts(catalogs, &FORMATS).map_err(all)?;
    let text = asyncapi("All errors", catalogs).map_err(all)?;
    made.push(Artefact { file: "together.asyncapi.json".to_owned(), text });
    made.push(Artefact { file: "index.md".to_owned(), text: index(catalogs).map_err(all)? });
    for artefact in &made {
        artefact.write(folder).map_err(failed)?;
    }
    Ok(made.len())
}
