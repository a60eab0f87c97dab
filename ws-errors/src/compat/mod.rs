//! The difference between two versions of a catalog, classified by what it does to clients that are
//! deployed already.
//!
//! Both versions are what [`json`](crate::export::json) wrote: the older one is a file that was kept,
//! from the last release, say.
//!
//! | effect | what has it |
//! |---|---|
//! | breaking | an error, its code, its message or a member of it is gone or means something else; another type; another close code; a message that became a close; another format of frames; a retry that became "never"; a member that may be absent now; a text by which clients identify an error; a retired code that is used again; a code of success that is an error now |
//! | possible | what a tool can't know: another name under the same code, a new error with the code of another, an error that is hidden (its message is not in the file), a policy that asks for more patience, a wider range of numbers, another type of a value that stands in a text, a member of the file that this version doesn't know |
//! | compatible | a new error, a new member, a policy that only became more lenient, a type that only became narrower |
//! | wording | texts for people, and nothing else |
//!
//! ```
//! use ws_errors::compat::{Effect, diff};
//!
//! let old = r#"{ "version": 1, "name": "chat", "$defs": {},
//!     "entries": [{ "name": "busy", "retry": { "kind": "now" } }] }"#;
//! let new = old.replace("now", "never");
//!
//! let report = diff(old, &new)?;
//! assert!(report.is_breaking());
//! assert_eq!(report.changes[0].what, "its retry was `now`, and is `never`");
//! assert_eq!(diff(&new, old)?.changes[0].effect, Effect::Compatible);
//! # Ok::<(), ws_errors::compat::CompatError>(())
//! ```

mod close;
mod context;
mod entry;
mod format;
mod hidden;
mod http;
mod in_texts;
mod message;
mod pair;
mod read;
mod report;
mod retry;
mod success;
mod texts;
mod types;
mod whole;

use std::fmt;

use read::Read;

/// Declares an enum with a list of all of its values, and the word of each.
macro_rules! words {
    ($(#[$docs:meta])* pub enum $Name:ident { $($(#[$own:meta])* $Value:ident = $word:literal,)* }) => {
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $($(#[$own])* $Value,)* }

        impl $Name {
            /// All of them, in their order.
            pub const ALL: [Self; [$($word),*].len()] = [$(Self::$Value),*];

            /// Its word in reports.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$Value => $word,)* }
            }
        }
    };
}

words! {
/// The effect of a change on clients that are deployed already: the worst first.
pub enum Effect {
    /// They fail, or do the wrong thing.
    Breaking = "breaking",
    /// It may break them: a tool can't know.
    Possible = "possible",
    /// They go on as before.
    Compatible = "compatible",
    /// Only people will notice.
    Wording = "wording",
}
}

words! {
/// The kind of a change.
#[non_exhaustive]
pub enum Kind {
    /// An error is no longer declared.
    Removed = "removed",
    /// An error is new.
    Added = "added",
    /// An error has another name.
    Renamed = "renamed",
    /// An error has another code.
    Code = "code",
    /// It reaches the client in another way.
    Delivery = "delivery",
    /// The code or the reason of a close frame, or the HTTP status of a refusal.
    Close = "close",
    /// Status and body over HTTP.
    Http = "http",
    /// What the client may do next.
    Retry = "retry",
    /// Whether the client can go on.
    Recoverable = "recoverable",
    /// What a message holds.
    Message = "message",
    /// A text.
    Text = "text",
    /// What may not be used again.
    Retired = "retired",
    /// Policies for codes that nobody declared.
    Undeclared = "undeclared",
    /// What a client guards itself with.
    Guards = "guards",
    /// How requests are settled, and how the contexts deliver.
    Context = "context",
    /// Whether docs and clients' modules speak of an error.
    Hidden = "hidden",
    /// Codes that are no errors.
    Success = "success",
    /// Something that this version doesn't know.
    Unknown = "unknown",
}
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What it does to clients that are deployed already.
    pub effect: Effect,
    /// What changed.
    pub kind: Kind,
    /// The name of the error that it is about, in the newer version where it is there; `None` where
    /// it is about the whole catalog.
    pub entry: Option<String>,
    /// The context of the message that it is about, where there are several.
    pub context: Option<String>,
    /// The place in the message: `data.details.retry_after`, `[4].channel`; `json(data).room` is
    /// the member `room` of the JSON that the string `data` holds.
    pub path: Option<String>,
    /// What changed, in a sentence.
    pub what: String,
    /// What to do instead, where there is something.
    pub instead: Option<String>,
}

/// All changes between two versions of a catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The catalog's name, in the newer version.
    pub catalog: String,
    /// The changes, the worst first, and else in the order of the newer version.
    pub changes: Vec<Change>,
}

/// The reason why two files can't be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompatError {
    /// It is no JSON.
    Json {
        /// Which of the two.
        version: Version,
        /// What is wrong, and where.
        error: String,
    },
    /// It is JSON, and no catalog.
    NoCatalog {
        /// Which of the two.
        version: Version,
        /// The member that is missing or of another type.
        member: String,
    },
    /// It was written by a newer version of this crate, in a form that this one can't read.
    Newer {
        /// Which of the two.
        version: Version,
        /// The version of its form.
        form: u64,
    },
}

/// One of the two versions that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// The older one.
    Old,
    /// The newer one.
    New,
}

impl fmt::Display for CompatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let which = |version: &Version| match version {
            Version::Old => "the old catalog",
            Version::New => "the new catalog",
        };
        match self {
            Self::Json { version, error } => write!(
                f,
                "{} is not JSON: {error}; give it the file that `export --only json` writes",
                which(version)
            ),
            Self::NoCatalog { version, member } => write!(
                f,
                "{} is no catalog: `{member}` is missing, or of another type; give it the file that `export --only json` writes",
                which(version)
            ),
            Self::Newer { version, form } => write!(
                f,
                "{} has version {form} of the form, and this program reads version {}; compare with the newer program",
                which(version),
                crate::export::JSON_VERSION
            ),
        }
    }
}

impl std::error::Error for CompatError {}

/// Compares two versions of a catalog, as [`json`](crate::export::json) wrote them.
///
/// # Errors
/// Returns an error where one of the two can't be read.
pub fn diff(old: &str, new: &str) -> Result<Report, CompatError> {
    let (old, new) = (read::parse(old, Version::Old)?, read::parse(new, Version::New)?);
    let (old, new) = (Read::of(&old, Version::Old)?, Read::of(&new, Version::New)?);
    let mut changes = Changes::default();
    whole::compare(&old, &new, &mut changes);
    context::compare(&old, &new, &mut changes);
    success::compare(&old, &new, &mut changes);
    entry::compare_all(&old, &new, &mut changes);
    let mut changes = changes.0;
    changes.sort_by_key(|change| change.effect);
    Ok(Report { catalog: new.name.to_owned(), changes })
}

/// The changes that were found so far.
#[derive(Default)]
struct Changes(Vec<Change>);

impl Changes {
    /// A change of the whole catalog, or of the entry that [`Change::of`] names.
    fn push(&mut self, change: Change) {
        self.0.push(change);
    }
}

impl Change {
    fn new(effect: Effect, kind: Kind, what: impl Into<String>) -> Self {
        let what = what.into();
        Self { effect, kind, entry: None, context: None, path: None, what, instead: None }
    }

    fn of(mut self, entry: &str) -> Self {
        self.entry = Some(entry.to_owned());
        self
    }

    fn instead(mut self, instead: impl Into<String>) -> Self {
        self.instead = Some(instead.into());
        self
    }
}

#[cfg(test)]
mod tests;
