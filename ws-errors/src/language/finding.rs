//! What is wrong with a translation that can be read.

use std::fmt;

/// A mistake in a translation, and its place: a report for those who translate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The catalog.
    pub catalog: &'static str,
    /// The language of the translation.
    pub language: String,
    /// The entry's name.
    pub entry: String,
    /// The part of its texts: `title`, `message` or `action`; `None` for all of them.
    pub part: Option<String>,
    /// What is wrong.
    pub problem: Problem,
    /// The text in the source language, where there is one.
    pub source: Option<String>,
}

/// A mistake in a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// There is none.
    Untranslated,
    /// The catalog has no such text, or not any more.
    Orphaned {
        /// What to do about it.
        help: String,
    },
    /// It names an argument that the error does not have.
    UnknownArgument {
        /// The argument, as it is written.
        argument: String,
        /// What there is instead.
        help: String,
    },
    /// It lacks an argument that the source text has.
    MissingArgument {
        /// The argument, as it is to be written.
        argument: String,
    },
    /// It can't be shown as it is.
    Malformed(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Untranslated => f.write_str("is not translated"),
            Self::Orphaned { help } => write!(f, "orphaned: {help}"),
            Self::UnknownArgument { argument, help } => {
                write!(f, "unknown argument `{argument}`{help}")
            }
            Self::MissingArgument { argument } => {
                write!(f, "missing argument `{argument}`, which the source text has")
            }
            Self::Malformed(why) => write!(f, "malformed: {why}"),
        }
    }
}

/// The finding in one line.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { catalog, language, entry, part, problem, .. } = self;
        write!(f, "{language}, {catalog}: `{entry}`")?;
        if let Some(part) = part {
            write!(f, ", {part}")?;
        }
        write!(f, ": {problem}")
    }
}
