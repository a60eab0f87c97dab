//! What is made of catalogs: the formats that there are, and those of an application's own.

use std::fmt;

use super::runtime::{PYTHON, PYTHON_FILE};
use super::{
    Artefact, ExportError, Markdown, RUNTIME_FILE, TypeScript, asyncapi, json, json_schema,
    openapi, python, runtime, typescript,
};
use crate::catalog::Catalog;

/// Makes one kind of artefact of a catalog.
///
/// [`Format`] has those that this crate makes. An application adds one of its own: it reads the
/// [`Catalog`], which is plain data, and gives it to its command line with
/// `cli!(ChatError; exporter = PythonTable)`. From there on it is written and checked with the
/// others.
///
/// ```
/// use ws_errors::catalog::{Catalog, Code};
/// use ws_errors::WsError;
/// use ws_errors::export::{ExportError, Exporter, MARK};
///
/// /// A table of the codes for Python.
/// #[derive(Debug)]
/// struct PythonTable;
///
/// impl Exporter for PythonTable {
///     fn extension(&self) -> &str {
///         "py"
///     }
///
///     fn export(&self, catalog: &'static Catalog) -> Result<String, ExportError> {
///         let mut out = format!("# {MARK}\n\nCODES = {{\n");
///         for entry in catalog.entries.iter().filter(|entry| !entry.hidden) {
///             let code = match entry.code {
///                 Code::Number(number) => number.to_string(),
///                 // Python reads a string with the escapes of Rust's, but for those of Unicode.
///                 Code::Text(text) if text.is_ascii() => format!("{text:?}"),
///                 Code::Text(_) => {
///                     let reason = format!("the code of `{}` is not ASCII", entry.name);
///                     return Err(ExportError::Other { catalog: catalog.name, reason });
///                 }
///                 Code::None | Code::Field(_) => continue,
///             };
///             out.push_str(&format!("    {:?}: {code},\n", entry.name));
///         }
///         out.push_str("}\n");
///         Ok(out)
///     }
/// }
/// /// Errors of a chat.
/// #[derive(Debug, thiserror::Error, WsError)]
/// #[ws_error(catalog = "chat", rename_all = "snake_case", envelope = { "code": code })]
/// enum ChatError {
///     /// There is no such room.
///     #[error("no such room")]
///     #[ws_error(code = 4004)]
///     NotFound,
/// }
///
/// let table = PythonTable.export(ChatError::catalog())?;
/// assert!(table.ends_with("CODES = {\n    \"not_found\": 4004,\n}\n"));
/// # Ok::<(), ExportError>(())
/// ```
pub trait Exporter: fmt::Debug + Send + Sync {
    /// The extension of its files, without a dot before it: the file of the catalog `chat` is
    /// `chat.py` where this is `py`.
    fn extension(&self) -> &str;

    /// Its name on the command line, for `--only`; the extension, unless it says another.
    fn name(&self) -> &str {
        self.extension()
    }

    /// Makes the artefact: the same bytes whenever it is asked for the same catalog. What has
    /// [`MARK`](super::MARK) near its beginning is named by `export --check` when no catalog makes
    /// it any more.
    ///
    /// # Errors
    /// Returns an error where the catalog can't be said in this format;
    /// [`ExportError::Other`] is for exporters of an application.
    fn export(&self, catalog: &'static Catalog) -> Result<String, ExportError>;

    /// The file of a catalog's artefact: its name with the extension behind it.
    fn file(&self, catalog: &Catalog) -> String {
        format!("{}.{}", catalog.name, self.extension())
    }

    /// The file that all of its artefacts need beside them, where there is one: the client that the
    /// TypeScript modules are made for.
    fn shared(&self) -> Option<Artefact> {
        None
    }
}

impl<E: Exporter + ?Sized> Exporter for &E {
    fn extension(&self) -> &str {
        (**self).extension()
    }

    fn name(&self) -> &str {
        (**self).name()
    }

    fn export(&self, catalog: &'static Catalog) -> Result<String, ExportError> {
        (**self).export(catalog)
    }

    fn file(&self, catalog: &Catalog) -> String {
        (**self).file(catalog)
    }

    fn shared(&self) -> Option<Artefact> {
        (**self).shared()
    }
}

/// A format that a catalog can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// The reference docs.
    Markdown,
    /// The module for clients, and beside the modules the client that they are made for
    /// ([`runtime`](super::runtime)).
    TypeScript,
    /// The module for clients in Python.
    Python,
    /// The catalog for tools.
    Json,
    /// The JSON Schema of the messages.
    JsonSchema,
    /// The AsyncAPI document.
    AsyncApi,
    /// The components of an OpenAPI document: the errors over HTTP.
    OpenApi,
}

impl Format {
    /// All of them.
    pub const ALL: &'static [Self] = &[
        Self::Markdown,
        Self::TypeScript,
        Self::Python,
        Self::Json,
        Self::JsonSchema,
        Self::AsyncApi,
        Self::OpenApi,
    ];

    /// What is made where nothing else is asked for: the docs, the client's module, and the catalog,
    /// from which everything else can be made again.
    pub const DEFAULT: &'static [Self] = &[Self::Markdown, Self::TypeScript, Self::Json];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::TypeScript => "ts",
            Self::Python => "py",
            Self::Json => "json",
            Self::JsonSchema => "schema",
            Self::AsyncApi => "asyncapi",
            Self::OpenApi => "openapi",
        }
    }

    /// The extension of its files.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::JsonSchema => "schema.json",
            Self::AsyncApi => "asyncapi.json",
            Self::OpenApi => "openapi.json",
            format => format.name(),
        }
    }
}

impl Exporter for Format {
    fn extension(&self) -> &str {
        Self::extension(*self)
    }

    fn name(&self) -> &str {
        Self::name(*self)
    }

    fn export(&self, catalog: &'static Catalog) -> Result<String, ExportError> {
        match self {
            Self::Markdown => Markdown::new().page(catalog),
            Self::TypeScript => typescript(catalog),
            Self::Python => python(catalog),
            Self::Json => json(catalog),
            Self::JsonSchema => json_schema(catalog),
            Self::AsyncApi => asyncapi::of_one(catalog),
            Self::OpenApi => openapi(catalog),
        }
    }

    fn file(&self, catalog: &Catalog) -> String {
        match self {
            // Its name is one that Python imports.
            Self::Python => super::python::file(catalog),
            _ => format!("{}.{}", catalog.name, self.extension()),
        }
    }

    fn shared(&self) -> Option<Artefact> {
        match self {
            Self::TypeScript => Some(Artefact { file: RUNTIME_FILE.to_owned(), text: runtime() }),
            Self::Python => {
                Some(Artefact { file: PYTHON_FILE.to_owned(), text: PYTHON.to_owned() })
            }
            _ => None,
        }
    }
}

impl Exporter for TypeScript {
    fn extension(&self) -> &str {
        Format::TypeScript.extension()
    }

    fn name(&self) -> &str {
        Format::TypeScript.name()
    }

    fn export(&self, catalog: &'static Catalog) -> Result<String, ExportError> {
        self.module(catalog)
    }

    fn shared(&self) -> Option<Artefact> {
        Format::TypeScript.shared()
    }
}

impl Exporter for Markdown {
    fn extension(&self) -> &str {
        Format::Markdown.extension()
    }

    fn export(&self, catalog: &'static Catalog) -> Result<String, ExportError> {
        self.page(catalog)
    }
}
