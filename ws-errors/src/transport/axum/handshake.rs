//! A WebSocket handshake that an error may refuse.

use std::convert::Infallible;
use std::fmt::Debug;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;

use super::close_with;
use crate::Envelope;
use crate::WsError;
use crate::http::{Refusal, Request, answer, refuse, report};
use crate::transport::Linger;

/// A WebSocket handshake: accept it, or refuse it with an error in the way that its client can see.
///
/// It is an extractor that never fails. What is no handshake at all is answered in the envelope of the
/// catalog.
///
/// ```
/// use axum::extract::State;
/// use axum::extract::ws::WebSocket;
/// use axum::response::Response;
/// use ws_errors::WsError;
/// use ws_errors::transport::Linger;
/// use ws_errors::transport::axum::Handshake;
///
/// #[derive(Debug, thiserror::Error, WsError)]
/// #[ws_error(
///     rename_all = "snake_case",
///     envelope = { "code": code, "message": message },
///     http(status = 400, envelope = { "code": code, "message": message }),
/// )]
/// enum ChatError {
///     /// The token is missing or has expired.
///     #[error("no valid token")]
///     #[ws_error(message = display, soft_then_close(4401, "invalid_token"), http(status = 401))]
///     InvalidToken,
///
///     /// The server has more to do than it can.
///     #[error("overloaded")]
///     #[ws_error(message = display, rejected(503), retry = after(5s))]
///     Overloaded,
///
///     /// This is no WebSocket handshake.
///     #[error("{why}")]
///     #[ws_error(message = display, rejected(400), details())]
///     NoHandshake { why: String },
/// }
///
/// # fn may_enter() -> Result<(), ChatError> { Ok(()) }
/// # async fn converse(_: WebSocket) {}
/// async fn chat(handshake: Handshake, State(linger): State<Linger>) -> Response {
///     if let Err(error) = may_enter() {
///         return handshake.refuse(&error, &(), &linger);
///     }
///     match handshake.upgrade(|_, why| ChatError::NoHandshake { why }) {
///         Ok(upgrade) => upgrade.on_upgrade(converse),
///         Err(response) => response,
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Handshake {
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
    headers: HeaderMap,
}

impl<S: Send + Sync> FromRequestParts<S> for Handshake {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let upgrade = WebSocketUpgrade::from_request_parts(parts, state).await;
        Ok(Self { upgrade, headers: parts.headers.clone() })
    }
}

impl Handshake {
    /// The headers of the request.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The upgrade, or the answer to what is no handshake: of the error that `refused` makes of the
    /// status and the words of axum. It is reported.
    ///
    /// axum has 400 (the headers are not those of a handshake), 405 (the method is not `GET`) and 426
    /// (the connection can't be upgraded).
    ///
    /// # Errors
    /// Returns the answer.
    // What answers a request is as large as it is.
    #[allow(clippy::result_large_err)]
    pub fn upgrade<E: WsError>(
        self,
        refused: impl FnOnce(u16, String) -> E,
    ) -> Result<WebSocketUpgrade, Response> {
        self.upgrade.map_err(|rejection| {
            let error = refused(rejection.status().as_u16(), rejection.body_text());
            answer(report(&error, &Request::default()))
        })
    }

    /// Refuses the handshake with an error, as [`refuse`](crate::http::refuse) decides: with message and
    /// close on a connection that is accepted for it, or with an answer over HTTP.
    ///
    /// The last word is delivered in the background, and [`Linger::shutdown`] waits for it.
    pub fn refuse<E, Cx>(self, error: &E, cx: &Cx, linger: &Linger) -> Response
    where
        E: Envelope<Cx>,
        Cx: Debug,
    {
        self.refuse_with(error, cx, &Request::default(), linger)
    }

    /// The same with what varies per request, for an answer over HTTP.
    pub fn refuse_with<E, Cx>(
        self,
        error: &E,
        cx: &Cx,
        request: &Request<'_>,
        linger: &Linger,
    ) -> Response
    where
        E: Envelope<Cx>,
        Cx: Debug,
    {
        let Ok(mut upgrade) = self.upgrade else { return answer(report(error, request)) };
        let output = match refuse(error, cx, &self.headers, request) {
            Refusal::Answer(response) => return answer::<Body>(response),
            Refusal::Close(output) => output,
        };
        // A browser fails the connection where none of the protocols is chosen that it asked for.
        let protocol = upgrade.requested_protocols().next().cloned();
        if let Some(protocol) = protocol {
            upgrade.set_selected_protocol(protocol);
        }
        let (linger, guard) = (linger.clone(), linger.guard());
        upgrade.on_upgrade(async move |socket| {
            close_with(socket, output, &linger).await;
            drop(guard);
        })
    }
}
