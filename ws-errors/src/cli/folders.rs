//! Where `export` writes.

use std::ffi::OsString;
use std::fmt;
use std::path::{Component, Path, PathBuf};

use ws_errors_core::distinct::distinct;

use super::{Failure, find};
use crate::export::Exporter;

/// Where artefacts are written: a folder for all, and those of single formats.
///
/// It is made of a path, or of a list of formats with their paths: see
/// [`Program::out`](super::Program::out).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    all: Option<PathBuf>,
    of: Vec<(String, PathBuf)>,
}

/// The folder of what is given none.
const DEFAULT: &str = "ws-errors";

impl Folders {
    /// These, and others that stand before them.
    pub(super) fn and(mut self, others: Self) -> Self {
        self.all = others.all.or(self.all);
        for (format, folder) in others.of {
            self.of.retain(|(other, _)| *other != format);
            self.of.push((format, folder));
        }
        self
    }

    /// These where they give a folder for all, or else the program's, and these before them.
    pub(super) fn or(&self, program: &Self) -> Self {
        match self.all {
            Some(_) => self.clone(),
            None => program.clone().and(self.clone()),
        }
    }

    /// The folder of what is given none of its own.
    pub(super) fn of_all(&self) -> &Path {
        self.all.as_deref().unwrap_or_else(|| Path::new(DEFAULT))
    }

    /// The folder of a format's artefacts.
    pub(super) fn of(&self, exporter: &dyn Exporter) -> &Path {
        let own = self.of.iter().find(|(format, _)| format == exporter.name());
        own.map_or_else(|| self.of_all(), |(_, folder)| folder)
    }

    /// All folders, each once.
    pub(super) fn each(&self) -> Vec<&Path> {
        let own = self.of.iter().map(|(_, folder)| folder.as_path());
        distinct([self.of_all()].into_iter().chain(own))
    }

    /// Refuses a format that there is not.
    pub(super) fn check<'a>(
        &self,
        known: impl Iterator<Item = &'a str> + Clone,
    ) -> Result<(), Failure> {
        match self.of.iter().find(|(format, _)| known.clone().all(|known| known != format)) {
            Some((format, _)) => {
                Err(Failure::Unknown(find::unknown("there is no format", format, known)))
            }
            None => Ok(()),
        }
    }

    /// What `--out` takes: a folder, or formats with theirs.
    pub(super) fn parse(given: OsString) -> Result<Self, Failure> {
        let Some(text) = given.to_str().filter(|text| is_of_formats(text)) else {
            return Ok(Self::from(PathBuf::from(given)));
        };
        let mut folders = Self::default();
        for part in text.split(',') {
            match part.split_once('=') {
                Some((format, folder)) if !folder.is_empty() => {
                    folders = folders.and(Self::from([(format.trim(), folder)]));
                }
                _ => {
                    return Err(Failure::Usage(format!(
                        "--out takes a folder, or formats with theirs separated by commas, `md=docs/errors,ts=web/src/errors`, and not {text:?}"
                    )));
                }
            }
        }
        Ok(folders)
    }
}

/// As `--out` takes it.
impl fmt::Display for Folders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.of_all().display())?;
        self.of.iter().try_for_each(|(format, folder)| write!(f, ", {format}={}", folder.display()))
    }
}

/// Whether it begins with the name of a format and an equals sign. A folder that does is written
/// `./a=b`.
fn is_of_formats(given: &str) -> bool {
    given.split_once('=').is_some_and(|(format, _)| !format.contains(['/', '\\']))
}

/// The path without a `.` that says nothing, so that a folder is the same however it is written.
fn plain(path: &Path) -> PathBuf {
    let plain: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if plain.as_os_str().is_empty() { PathBuf::from(".") } else { plain }
}

impl From<&Path> for Folders {
    fn from(folder: &Path) -> Self {
        Self { all: Some(plain(folder)), of: Vec::new() }
    }
}

impl From<PathBuf> for Folders {
    fn from(folder: PathBuf) -> Self {
        Self::from(folder.as_path())
    }
}

impl From<&str> for Folders {
    fn from(folder: &str) -> Self {
        Self::from(Path::new(folder))
    }
}

impl From<String> for Folders {
    fn from(folder: String) -> Self {
        Self::from(Path::new(&folder))
    }
}

impl<P: AsRef<Path>, const N: usize> From<[(&str, P); N]> for Folders {
    fn from(folders: [(&str, P); N]) -> Self {
        let of = folders.into_iter();
        let of = of.map(|(format, folder)| (format.to_owned(), plain(folder.as_ref()))).collect();
        Self { all: None, of }
    }
}
