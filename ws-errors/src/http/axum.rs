//! Errors as axum's responses.

use ::axum::body::Body;
use ::axum::response::{self, IntoResponse};

use super::Response;

/// A handler returns `Result<T, ws_errors::http::Response>`, and `?` makes one of any error.
///
/// An enum that is to be returned as it is has two lines of its own, which Rust lets only its crate
/// write:
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
/// impl axum::response::IntoResponse for ShopError {
///     fn into_response(self) -> axum::response::Response {
///         http::Response::from(self).into_response()
///     }
/// }
/// ```
impl IntoResponse for Response {
    fn into_response(self) -> response::Response {
        ::http::Response::<Body>::from(self)
    }
}
