//! Errors for those who operate the server: one log event and one count for each.
//!
//! Events go through [`tracing`](https://docs.rs/tracing) (feature `tracing`), counts through
//! [`metrics`](https://docs.rs/metrics) (feature `metrics`). With neither, [`report`] only encodes.
//!
//! | field of the event | holds |
//! |---|---|
//! | `catalog` | the catalog's name |
//! | `error.type` | the code, or the name where an entry has none |
//! | `name` | the entry's name |
//! | `delivery` | `soft`, `close`, `soft_then_close`, `observed` or `rejected` |
//! | `close` | the close code, where the server sends one |
//! | `status` | the HTTP status, where a request was answered with it |
//! | `context` | the context, as its `Debug` shows it: the request's id, say |
//! | `error` | the error, as its `Display` shows it |
//! | `sources` | what lies below it, from the nearest to the first cause |
//!
//! A value of which the `Serialize` fails (a map whose keys are no strings, a path that is not UTF-8) is
//! `null` on the wire, or has no characters in a string. [`report`] says so in an event of its own, at
//! error level, with `catalog`, `name` and `field`, and counts it under [`UNSERIALIZED`];
//! [`Output::unserialized`] has the names of the fields, and
//! [`Response::unserialized`](crate::http::Response::unserialized) those of a body over HTTP.
//!
//! The target is always [`TARGET`]. An `internal` entry is logged at error level, any other at the
//! level that it declares (`log = …`).

mod line;
mod redacted;

use std::fmt;

pub use redacted::Redacted;

use crate::catalog::{Catalog, Entry};
use crate::http::{Request, Response};
use crate::{CloseCode, Envelope, Output, WsError};

/// The target of every event.
pub const TARGET: &str = "ws_errors";

/// The name of the counter. Its labels are `catalog` and `name`.
pub const COUNTER: &str = "ws_errors_total";

/// The name of the counter of last words: what came of errors that close. Its labels are `outcome` and
/// `unanswered` (empty where there was an answer), as
/// [`Outcome::as_str`](crate::transport::Outcome::as_str) and
/// [`Unanswered::as_str`](crate::transport::Unanswered::as_str) spell them. What closes is counted
/// where it is delivered, by [`transport`](crate::transport).
#[cfg(feature = "linger")]
pub const OUTCOMES: &str = "ws_errors_outcomes_total";

/// The name of the counter of values that could not be serialized, and were sent as `null`. Its labels
/// are `catalog`, `name` and `field`.
pub const UNSERIALIZED: &str = "ws_errors_unserialized_total";

/// The label `name` of everything that no catalog declares, so that a stranger who makes codes up
/// makes up no counters.
pub const UNKNOWN: &str = "(unknown)";

/// Logs and counts an error, and returns what is sent for it: for the one place of a server where
/// errors become messages.
///
/// What is logged is for operators, and nothing of it is on the wire. No field of the event can
/// forge a line of the log: control characters are escaped, and long texts are cut.
///
/// ```
/// use ws_errors::{WsError, log};
///
/// #[derive(Debug)]
/// struct Request<'a> { id: &'a str }
///
/// #[derive(Debug, WsError)]
/// #[ws_error(catalog = "docs", envelope(Request<'_>) = { "id": cx.id, "code": code })]
/// enum Error {
///     /// There is no such room.
///     NotFound,
/// }
/// # impl std::fmt::Display for Error {
/// #     fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("none") }
/// # }
/// # impl std::error::Error for Error {}
///
/// let output = log::report(&Error::NotFound, &Request { id: "7" });
/// assert_eq!(output.text(), Some(r#"{"id":"7","code":"NotFound"}"#));
/// ```
pub fn report<E, Cx>(error: &E, cx: &Cx) -> Output
where
    E: Envelope<Cx> + ?Sized,
    Cx: fmt::Debug + ?Sized,
{
    let (catalog, _) = error.context();
    let entry = error.entry();
    let output = error.encode(cx);
    let close = output.close.as_ref().and_then(|close| close.code()).map(CloseCode::get);
    event(catalog, entry, error, &cx, End { close, status: None });
    count(catalog, entry.name);
    unserialized(catalog, entry, &output.unserialized);
    output
}

/// Logs and counts values that could not be serialized: a fault of the server's, whatever the error.
fn unserialized(catalog: &'static Catalog, entry: &'static Entry, fields: &[&'static str]) {
    for &field in fields {
        #[cfg(feature = "tracing")]
        tracing::event!(
            target: TARGET,
            tracing::Level::ERROR,
            catalog = catalog.name,
            name = entry.name,
            field,
            "a value could not be serialized",
        );
        #[cfg(feature = "metrics")]
        metrics::counter!(UNSERIALIZED, "catalog" => catalog.name, "name" => entry.name, "field" => field)
            .increment(1);
        let _ = (catalog, entry, field);
    }
}

/// Logs and counts an error that answers a request.
pub(crate) fn responded<E: WsError>(
    catalog: &'static Catalog,
    error: &E,
    request: &Request<'_>,
    response: &Response,
) {
    let entry = error.entry();
    event(catalog, entry, error, request, End { close: None, status: Some(response.status) });
    count(catalog, entry.name);
    unserialized(catalog, entry, &response.unserialized);
}

/// What comes with an error: the close code, or the status over HTTP.
#[cfg_attr(not(feature = "tracing"), allow(dead_code))]
struct End {
    close: Option<u16>,
    status: Option<u16>,
}

/// Counts an error that no catalog declares, under one label: on the side that receives.
pub fn unknown(catalog: &'static Catalog) {
    count(catalog, UNKNOWN);
}

/// Logs that a reader got a text in the source language.
#[cfg(feature = "translations")]
pub(crate) fn fallback(fallback: &crate::language::Fallback) {
    #[cfg(feature = "tracing")]
    tracing::event!(
        target: TARGET,
        tracing::Level::WARN,
        catalog = fallback.catalog,
        name = fallback.entry,
        language = &*fallback.language,
        why = %line::Line(&fallback.why),
        "no translation",
    );
    let _ = fallback;
}

fn count(catalog: &'static Catalog, name: &'static str) {
    #[cfg(feature = "metrics")]
    metrics::counter!(COUNTER, "catalog" => catalog.name, "name" => name).increment(1);
    let _ = (catalog, name);
}

/// Counts what came of a last word.
#[cfg(feature = "linger")]
#[allow(dead_code)] // Without a library there is nothing that delivers.
pub(crate) fn outcome(outcome: crate::transport::Outcome) {
    #[cfg(feature = "metrics")]
    {
        let unanswered = outcome.unanswered().map_or("", |why| why.as_str());
        metrics::counter!(OUTCOMES, "outcome" => outcome.as_str(), "unanswered" => unanswered)
            .increment(1);
    }
    let _ = outcome;
}

#[cfg(not(feature = "tracing"))]
fn event<E: std::error::Error + ?Sized>(
    _: &'static Catalog,
    _: &'static Entry,
    _: &E,
    _: &dyn fmt::Debug,
    _: End,
) {
}

#[cfg(feature = "tracing")]
fn event<E: std::error::Error + ?Sized>(
    catalog: &'static Catalog,
    entry: &'static Entry,
    error: &E,
    cx: &dyn fmt::Debug,
    end: End,
) {
    use crate::catalog::Level;

    macro_rules! event {
        ($level:ident) => {
            tracing::event!(
                target: TARGET,
                tracing::Level::$level,
                catalog = catalog.name,
                error.r#type = %entry.code_text().as_deref().unwrap_or(entry.name),
                name = entry.name,
                delivery = entry.delivery.word(),
                close = end.close,
                status = end.status,
                context = %line::Line(format_args!("{cx:?}")),
                error = %line::Line(error),
                sources = %line::Line(line::Sources(error.source())),
            )
        };
    }
    match if entry.internal { Level::Error } else { entry.log } {
        Level::Off => {}
        Level::Trace => event!(TRACE),
        Level::Debug => event!(DEBUG),
        Level::Info => event!(INFO),
        Level::Warn => event!(WARN),
        Level::Error => event!(ERROR),
    }
}
