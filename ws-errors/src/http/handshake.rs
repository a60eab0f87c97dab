//! An error that ends a WebSocket handshake.
//!
//! A browser shows a script nothing of a handshake that is refused: whatever the status, it is close
//! code 1006 with an empty reason
//! ([WHATWG WebSockets, feedback from the protocol](https://websockets.spec.whatwg.org/#feedback-from-the-protocol)).
//! So most errors are better sent on a connection that is accepted, and closed.

use std::fmt::Debug;

use http::HeaderMap;
use http::header::{ACCEPT, ALLOW, CONNECTION, HeaderValue, UPGRADE};

use super::{Request, Response, report};
use crate::catalog::Delivery;
use crate::{Close, Envelope, Output, log};

/// The end of a handshake that an error refuses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It is accepted, this is sent, and the connection is closed. There is always a close.
    Close(Output),
    /// It is answered over HTTP, and there is no connection.
    Answer(Response),
}

/// Decides how an error refuses a handshake, logs and counts it.
///
/// | the error | the client | the handshake |
/// |---|---|---|
/// | `rejected(503)` | any | is answered with the status: for what must not be accepted, as an overload or a wrong origin |
/// | has a form over HTTP | [asks for an answer](asks_for_answer) | is answered with the status |
/// | anything else | any | is accepted, then message and close are sent |
///
/// An error that doesn't close by itself is followed by a close with 1013 ("try again later") where
/// the client can go on after it, and else with 1008 (RFC 6455, section 7.4, and its registry); the
/// reason is its name.
pub fn refuse<E, Cx>(error: &E, cx: &Cx, handshake: &HeaderMap, request: &Request<'_>) -> Refusal
where
    E: Envelope<Cx>,
    Cx: Debug,
{
    let entry = error.entry();
    let must_not_be_accepted = matches!(entry.delivery, Delivery::Rejected { close: None, .. });
    if must_not_be_accepted || entry.http.is_some() && asks_for_answer(handshake) {
        return Refusal::Answer(report(error, request));
    }
    let mut output = log::report(error, cx);
    output.close.get_or_insert_with(|| Close::refusing(entry));
    Refusal::Close(output)
}

/// Returns whether a client reads an answer that refuses its handshake, as it says by naming JSON in
/// `Accept`.
///
/// No browser does, and no script in one can. Libraries that see status and body (Node's `ws`,
/// tokio-tungstenite, Python's `websockets`) send whatever header they are given.
pub fn asks_for_answer(handshake: &HeaderMap) -> bool {
    let names_json = |range: &str| {
        let essence = range.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence == "application/json"
            || (essence.starts_with("application/") && essence.ends_with("+json"))
    };
    let values = handshake.get_all(ACCEPT).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(names_json)
}

/// The answer that refuses a handshake, with what its status asks for: 426 says what to upgrade to
/// (RFC 9110, section 15.5.22), 405 which method there is (section 15.5.6).
#[cfg_attr(
    not(any(feature = "axum", feature = "tungstenite")),
    expect(dead_code, reason = "transports refuse handshakes")
)]
pub(crate) fn answer<B: From<String>>(response: Response) -> http::Response<B> {
    let status = response.status;
    let mut answer = http::Response::from(response);
    let headers = answer.headers_mut();
    match status {
        426 => {
            headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
            headers.insert(CONNECTION, HeaderValue::from_static("upgrade"));
        }
        405 => {
            headers.insert(ALLOW, HeaderValue::from_static("GET"));
        }
        _ => {}
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_asks_for_an_answer_by_naming_json() {
        for (accept, asks) in [
            (None, false),
            (Some("*/*"), false),
            (Some("text/html, application/xhtml+xml"), false),
            (Some("application/json"), true),
            (Some("text/html, Application/Problem+JSON; q=0.5"), true),
        ] {
            let mut headers = HeaderMap::new();
            headers.extend(accept.map(|accept| (ACCEPT, HeaderValue::from_static(accept))));
            assert_eq!(asks_for_answer(&headers), asks, "{accept:?}");
        }
    }
}
