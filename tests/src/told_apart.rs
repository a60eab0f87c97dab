//! Entries that only a constant of their own tells apart.

use ws_errors::catalog::{Catalog, Entry};
use ws_errors::{Envelope, Output, WsError};

/// An error, and what is sent for it.
#[derive(Debug)]
pub struct Sent {
    /// The catalog.
    pub catalog: &'static Catalog,
    /// Which error.
    pub entry: &'static Entry,
    /// What is sent.
    pub output: Output,
}

fn sent<E: Envelope<()>>(error: &E) -> Sent {
    Sent { catalog: E::catalog(), entry: error.entry(), output: error.encode(&()) }
}

/// The length of a constant is a constant, and not any number.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "by-length", envelope = "ERR {len(set.body)} {message}")]
enum Length {
    #[error("denied")]
    #[ws_error(message = "denied", set(body = "abc"))]
    Denied,
    #[error("late")]
    #[ws_error(message = "late", set(body = ""))]
    Late,
}

/// Constant characters of a string come before any characters.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "by-word", envelope = "ERR {set.kind} {message}")]
enum Word {
    #[error("{topic}")]
    #[ws_error(set(kind = "{self.topic:word}"))]
    Other {
        topic: String,
        #[ws_error(message)]
        text: String,
    },
    #[error("no")]
    #[ws_error(set(kind = "no"), message = "denied")]
    No,
}

/// The same in a member: what is constant as a whole comes before what is so in part.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "by-member", envelope = { "error": set.kind })]
enum Member {
    #[error("{topic}")]
    #[ws_error(set(kind = "room {self.topic}"))]
    Other { topic: String },
    #[error("full")]
    #[ws_error(set(kind = "room full"))]
    Full,
}

/// A constant of some entries stands where others have their code.
#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(catalog = "by-default", envelope = { "error": set.old ?? code })]
enum Default {
    #[error("denied")]
    #[ws_error(code = "denied", set(old = "Access denied"))]
    Denied,
    #[error("late")]
    #[ws_error(code = "late", set(old = "Too late"))]
    Late,
    #[error("funds")]
    #[ws_error(code = "funds")]
    Funds,
}

/// Each of them once.
pub fn all() -> Vec<Sent> {
    vec![
        sent(&Length::Denied),
        sent(&Length::Late),
        sent(&Word::No),
        sent(&Word::Other { topic: "yes".into(), text: "denied".into() }),
        sent(&Member::Full),
        sent(&Member::Other { topic: "empty".into() }),
        sent(&Default::Denied),
        sent(&Default::Late),
        sent(&Default::Funds),
    ]
}
