//! A response in the types of the crate `http`.

use http::header::{
    ACCEPT_LANGUAGE, ACCESS_CONTROL_EXPOSE_HEADERS, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER,
    VARY,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::Response;

/// The headers that a page of another origin reads only where they are exposed: what a CORS layer
/// takes for `Access-Control-Expose-Headers`.
pub const EXPOSED: [HeaderName; 1] = [RETRY_AFTER];

/// Exposes the headers of errors to pages of other origins: without this a `fetch` sees no
/// `Retry-After` ([Fetch, CORS protocol](https://fetch.spec.whatwg.org/#http-access-control-expose-headers)).
/// What is exposed already stays.
///
/// A response that no page may read at all needs `Access-Control-Allow-Origin` first.
pub fn expose(headers: &mut HeaderMap) {
    let named = |value: &HeaderValue| {
        let names = value.to_str().unwrap_or_default().split(',').map(str::trim);
        names.clone().any(|name| name == "*" || name.eq_ignore_ascii_case(RETRY_AFTER.as_str()))
    };
    if !headers.get_all(ACCESS_CONTROL_EXPOSE_HEADERS).iter().any(named) {
        headers.append(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
}

/// The languages that a request asks for, as one list: what `Messages::negotiate` takes.
///
/// A header that comes in several lines is one list (RFC 9110, section 5.3); a line that is no text is
/// left out.
pub fn accept_language(headers: &HeaderMap) -> String {
    let lines = headers.get_all(ACCEPT_LANGUAGE).iter().filter_map(|line| line.to_str().ok());
    lines.collect::<Vec<_>>().join(", ")
}

/// A response with any body that a text becomes: a `String`, a body of hyper or axum, or the
/// `Option<String>` with which tungstenite refuses a handshake.
///
/// One whose text depends on the reader says in which language it is (`Content-Language`), and that
/// caches keep one for each `Accept-Language` (`Vary`).
impl<B: From<String>> From<Response> for http::Response<B> {
    fn from(response: Response) -> Self {
        let seconds = response.retry_after_seconds();
        let Response { status, content_type, language, body, .. } = response;
        let mut converted = http::Response::new(B::from(body.into_owned()));
        // The rules let no other status and no other media type through.
        *converted.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = converted.headers_mut();
        if !content_type.is_empty()
            && let Ok(value) = HeaderValue::from_str(content_type)
        {
            headers.insert(CONTENT_TYPE, value);
        }
        if let Some(seconds) = seconds {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(language) = language {
            if let Ok(value) = HeaderValue::from_str(&language) {
                headers.insert(CONTENT_LANGUAGE, value);
            }
            headers.insert(VARY, HeaderValue::from_static("accept-language"));
        }
        converted
    }
}
