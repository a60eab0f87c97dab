//! A response to an error.

use std::time::Duration;

use serde_json::{Value, json};

use crate::WsError;
use crate::catalog::{Catalog, Retry};
use crate::wire::{self, Decoded};

/// Identifies the error that a response is: made once for a catalog, and used for each response.
///
/// ```
/// # use ws_errors::{WsError, http};
/// # #[derive(Debug, thiserror::Error, WsError)]
/// # #[ws_error(http(status = 404, envelope = { "code": code }), envelope = { "code": code })]
/// # enum ShopError {
/// #     /// There is no such thing.
/// #     #[error("no such thing")]
/// #     NotFound,
/// # }
/// let decoder = http::Decoder::of::<ShopError>();
/// let received = decoder.decode(404, r#"{"code":"NotFound"}"#, None);
/// assert_eq!(received.error.entry().map(|entry| entry.name), Some("NotFound"));
/// ```
#[derive(Debug)]
pub struct Decoder(wire::Decoder);

/// A response that was read: its status, and the error that it is.
#[derive(Debug, Clone)]
pub struct Received {
    /// The status.
    pub status: u16,
    /// The error.
    pub error: Decoded,
    /// What `Retry-After` says, where it says so in seconds.
    pub retry_after: Option<Duration>,
}

impl Decoder {
    /// A decoder for the errors of an enum.
    pub fn of<E: WsError>() -> Self {
        Self::new(E::catalog())
    }

    /// A decoder for the errors of a catalog. It keeps a copy of the catalog for good.
    pub fn new(catalog: &'static Catalog) -> Self {
        Self(wire::Decoder::new(Box::leak(Box::new(catalog.http_responses()))))
    }

    /// The same decoder, which also [checks the types](wire::Decoder::checking_types) of values.
    #[must_use]
    pub fn checking_types(self) -> Self {
        Self(self.0.checking_types())
    }

    /// Reads a response by its status and its body, whose text may be JSON or not. `retry_after`
    /// is the value of the header, where there is one.
    ///
    /// It never fails: what is no error of this API, an answer of a proxy say, is
    /// [`Decoded::Foreign`]. An error with another status than it has in this catalog is
    /// [`Decoded::Unknown`] with its code.
    pub fn decode(&self, status: u16, body: &str, retry_after: Option<&str>) -> Received {
        // A text that happens to be JSON may be a text all the same.
        let as_text = || json!({ "status": status, "body": body }).to_string();
        let error = match body.trim_start().is_empty() {
            true => self.0.decode(&as_text()),
            false => match self.0.decode(&format!(r#"{{"status":{status},"body":{body}}}"#)) {
                Decoded::Foreign => self.0.decode(&as_text()),
                decoded => decoded,
            },
        };
        Received { status, error, retry_after: retry_after.and_then(seconds) }
    }

    /// The same of a body that has been parsed.
    pub fn decode_value(&self, status: u16, body: &Value, retry_after: Option<&str>) -> Received {
        let error = self.0.decode(&json!({ "status": status, "body": body }).to_string());
        Received { status, error, retry_after: retry_after.and_then(seconds) }
    }
}

impl Received {
    /// What the client may do next: the policy of the entry, or the one for codes that nobody
    /// declared, as over a WebSocket. `None` for what is no error of this API.
    pub fn retry(&self) -> Option<&'static Retry> {
        self.error.retry()
    }
}

/// `Retry-After` in seconds (RFC 9110, section 10.2.3); a date is for clients that have a clock.
fn seconds(value: &str) -> Option<Duration> {
    let value = value.trim();
    value.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    value.parse().ok().map(Duration::from_secs)
}
