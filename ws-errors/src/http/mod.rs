//! The same errors over HTTP.
//!
//! What `http(status = …, envelope = …)` declares becomes a [`Response`]: a status, a body in the
//! envelope language, `Retry-After` where the policy is a wait, and `Content-Language` where the text
//! depends on who reads it. It names no HTTP library; the
//! feature `http` turns it into an `http::Response`, and the feature `axum` returns it from handlers.
//!
//! ```
//! use ws_errors::WsError;
//! use ws_errors::http::Request;
//!
//! #[derive(Debug, thiserror::Error, WsError)]
//! #[ws_error(
//!     rename_all = "snake_case",
//!     doc_url = "https://example.com/errors",
//!     http(status = 400, envelope = problem),
//!     envelope = { "code": code, "message": message },
//! )]
//! enum ShopError {
//!     /// There is none left.
//!     #[error("sold out")]
//!     #[ws_error(message = display, http(status = 409))]
//!     SoldOut,
//! }
//!
//! let response = ShopError::SoldOut.respond(&Request { instance: Some("/tea"), ..Request::default() });
//! assert_eq!((response.status, response.content_type), (409, "application/problem+json"));
//! assert_eq!(
//!     response.body,
//!     concat!(
//!         r#"{"type":"https://example.com/errors#sold_out","title":"Sold out","status":409,"#,
//!         r#""detail":"sold out","instance":"/tea","code":"sold_out"}"#,
//!     ),
//! );
//! ```

#[cfg(feature = "axum")]
mod axum;
#[cfg(feature = "http")]
mod convert;
mod decode;
#[cfg(feature = "http")]
mod handshake;

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

pub use decode::{Decoder, Received};

#[cfg(feature = "http")]
pub use convert::{EXPOSED, accept_language, expose};
#[cfg(all(feature = "http", any(feature = "axum", feature = "tungstenite")))]
pub(crate) use handshake::answer;
#[cfg(feature = "http")]
pub use handshake::{Refusal, asks_for_answer, refuse};

use crate::catalog::HttpForm;
use crate::language::{Localized, Localizer};
use crate::{WsError, log};

/// The values that vary per request: what an envelope of `http(…)` takes as `cx.request_id`, `cx.instance` and
/// `cx.timestamp`, and the language of the reader.
#[derive(Debug, Clone, Copy, Default)]
pub struct Request<'a> {
    /// The id of the request.
    pub request_id: Option<&'a str>,
    /// A URI reference for this occurrence (RFC 9457, section 3.1.5).
    pub instance: Option<&'a str>,
    /// When it happened (RFC 3339).
    pub timestamp: Option<&'a str>,
    /// What knows the texts in the reader's language, as in a context of the WebSocket; without it they
    /// are those of the enum.
    pub language: Option<&'a dyn Localizer>,
}

impl Localized for Request<'_> {
    fn localizer(&self) -> Option<&dyn Localizer> {
        self.language
    }
}

/// The answer to a request that ends in an error.
///
/// Any error becomes one with `?`, and is [reported](report) then:
///
/// ```
/// # use ws_errors::{WsError, http};
/// # #[derive(Debug, thiserror::Error, WsError)]
/// # #[ws_error(http(status = 404, envelope = { "message": message }), envelope = { "message": message })]
/// # enum ShopError {
/// #     /// There is no such thing.
/// #     #[error("no such thing")]
/// #     #[ws_error(message = display)]
/// #     NotFound,
/// # }
/// # fn find(_: &str) -> Result<String, ShopError> { Err(ShopError::NotFound) }
/// fn handler(name: &str) -> Result<String, http::Response> {
///     Ok(find(name)?)
/// }
/// assert_eq!(handler("tea").unwrap_err().status, 404);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a response does nothing until it is sent"]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The media type of the body; empty where there is no body.
    pub content_type: &'static str,
    /// How long the client shall wait, where the policy says so: in `Retry-After` in whole seconds,
    /// rounded up.
    pub retry_after: Option<Duration>,
    /// The language of the text in the body, where readers of other languages may get another: the
    /// request [says](Request::language) who reads, and the text is one that can be translated.
    pub language: Option<Arc<str>>,
    /// The body; borrowed where nothing in it is dynamic.
    pub body: Cow<'static, str>,
    /// The values in the body that could not be serialized, as in
    /// [`Output::unserialized`](crate::Output::unserialized); [`report`] logs and counts them.
    pub unserialized: Vec<&'static str>,
}

impl Response {
    /// A response of this form without a body.
    pub(crate) const fn bodyless(form: HttpForm) -> Self {
        Self {
            status: form.status,
            content_type: "",
            retry_after: None,
            language: None,
            body: Cow::Borrowed(""),
            unserialized: Vec::new(),
        }
    }

    /// The value of `Retry-After` (RFC 9110, section 10.2.3): whole seconds, rounded up, so that nobody
    /// comes back too early.
    pub fn retry_after_seconds(&self) -> Option<u64> {
        self.retry_after.map(|wait| wait.as_secs() + u64::from(wait.subsec_nanos() > 0))
    }
}

/// Logs and counts an error as [`log::report`] does, and returns what answers the request.
pub fn report<E: WsError>(error: &E, request: &Request<'_>) -> Response {
    let response = error.respond(request);
    log::responded(E::catalog(), error, request, &response);
    response
}

impl<E: WsError> From<E> for Response {
    fn from(error: E) -> Self {
        report(&error, &Request::default())
    }
}
