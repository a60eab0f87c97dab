//! A WebSocket handshake that an error may refuse.

use std::fmt::{self, Debug};

use http::header::{CONNECTION, CONTENT_LENGTH, HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::tungstenite::error::Error;
use tokio_tungstenite::tungstenite::handshake::server::{
    Callback, ErrorResponse, Request, Response,
};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async_with_config};

use super::close_with;
use crate::http::{self as over_http, Refusal};
use crate::transport::{Linger, Outcome};
use crate::{Envelope, Output};

/// The reason why there is no connection.
#[derive(Debug)]
pub enum Refused {
    /// An error refused the handshake: it was accepted, message and close were sent, and this came of
    /// them.
    Closed(Outcome),
    /// An error refused the handshake: it was answered with this HTTP status.
    Answered(u16),
    /// It was no handshake, or the connection broke.
    Failed(Box<Error>),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(outcome) => write!(f, "an error closed the connection: {outcome}"),
            Self::Answered(status) => write!(f, "an error refused the handshake with {status}"),
            Self::Failed(error) => write!(f, "the handshake failed: {error}"),
        }
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Closed(_) | Self::Answered(_) => None,
        }
    }
}

/// Accepts a handshake, or refuses it with the error that `admit` finds, as
/// [`refuse`](over_http::refuse) decides: with message and close on a connection that is accepted for
/// it, or with an answer over HTTP. It returns when the last word has been delivered.
///
/// `admit` sees the request, and may add headers to the response. What it refuses is reported.
///
/// ```
/// use tokio::net::TcpStream;
/// use ws_errors::WsError;
/// use ws_errors::transport::Linger;
/// use ws_errors::transport::tungstenite::accept;
///
/// #[derive(Debug, thiserror::Error, WsError)]
/// #[ws_error(envelope = { "code": code }, http(status = 401, envelope = { "code": code }))]
/// enum ChatError {
///     /// The token is missing or has expired.
///     #[error("no valid token")]
///     #[ws_error(soft_then_close(4401, "invalid_token"))]
///     InvalidToken,
/// }
///
/// async fn serve(stream: TcpStream, linger: &Linger) {
///     let admit = |request: &http::Request<()>, _: &mut http::Response<()>| {
///         match request.headers().contains_key("authorization") {
///             true => Ok(()),
///             false => Err(ChatError::InvalidToken),
///         }
///     };
///     match accept(stream, None, admit, &(), linger).await {
///         Ok(socket) => drop(socket), // converse
///         Err(refused) => println!("{refused}"),
///     }
/// }
/// ```
///
/// # Errors
/// Returns why there is no connection.
pub async fn accept<S, E, Cx>(
    stream: S,
    config: Option<WebSocketConfig>,
    admit: impl FnOnce(&Request, &mut Response) -> Result<(), E> + Unpin,
    cx: &Cx,
    linger: &Linger,
) -> Result<WebSocketStream<S>, Refused>
where
    S: AsyncRead + AsyncWrite + Unpin,
    E: Envelope<Cx>,
    Cx: Debug,
{
    let mut last_word = None;
    let decide = Decide { admit, cx, last_word: &mut last_word };
    let socket = match accept_hdr_async_with_config(stream, decide, config).await {
        Ok(socket) => socket,
        Err(Error::Http(response)) => return Err(Refused::Answered(response.status().as_u16())),
        Err(error) => return Err(Refused::Failed(Box::new(error))),
    };
    match last_word {
        Some(output) => Err(Refused::Closed(close_with(socket, output, linger).await)),
        None => Ok(socket),
    }
}

struct Decide<'a, F, Cx> {
    admit: F,
    cx: &'a Cx,
    /// What is sent on the connection that is accepted for it.
    last_word: &'a mut Option<Output>,
}

impl<F, E, Cx> Callback for Decide<'_, F, Cx>
where
    F: FnOnce(&Request, &mut Response) -> Result<(), E>,
    E: Envelope<Cx>,
    Cx: Debug,
{
    fn on_request(
        self,
        request: &Request,
        mut response: Response,
    ) -> Result<Response, ErrorResponse> {
        let Err(error) = (self.admit)(request, &mut response) else { return Ok(response) };
        let headers = request.headers();
        match over_http::refuse(&error, self.cx, headers, &over_http::Request::default()) {
            Refusal::Answer(answer) => Err(refusal(over_http::answer(answer))),
            Refusal::Close(output) => {
                *self.last_word = Some(output);
                choose_protocol(request, &mut response);
                Ok(response)
            }
        }
    }
}

/// A browser fails the connection where none of the protocols is chosen that it asked for.
fn choose_protocol(request: &Request, response: &mut Response) {
    let asked = request.headers().get(SEC_WEBSOCKET_PROTOCOL);
    let first = asked.and_then(|value| value.to_str().ok()?.split(',').next());
    let value = first.and_then(|first| HeaderValue::from_str(first.trim()).ok());
    if let Some(value) = value
        && !response.headers().contains_key(SEC_WEBSOCKET_PROTOCOL)
    {
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, value);
    }
}

/// The library writes the body as it is: where it ends has to be said.
fn refusal(mut response: ErrorResponse) -> ErrorResponse {
    let length = response.body().as_ref().map_or(0, String::len);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    if !headers.contains_key(CONNECTION) {
        headers.insert(CONNECTION, HeaderValue::from_static("close"));
    }
    response
}
