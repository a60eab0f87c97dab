//! Sending through tokio-tungstenite 0.30, and through what shares its message types
//! (hyper-tungstenite, async-tungstenite).

mod closing;
#[cfg(feature = "http")]
mod handshake;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::ops::ControlFlow;

use futures_util::stream::{SplitSink, SplitStream};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};

#[cfg(feature = "http")]
pub use self::handshake::{Refused, accept};

use self::closing::Closing;
use super::raw::Search;
use super::{Inbox, Linger, Outbox, Outcome, delivery, library, message, writer};
use crate::Output;

message::conversions! {
    /// ```
    /// use tokio_tungstenite::tungstenite::Message;
    /// use ws_errors::transport::tungstenite::messages;
    /// use ws_errors::{Close, CloseCode, Frame, Output, Reason};
    ///
    /// let output = Output {
    ///     frame: Some(Frame::Text("token expired".into())),
    ///     close: Some(Close::new(CloseCode::new(4001)?, Reason::new("token_expired"))),
    ///     ..Output::default()
    /// };
    /// let messages: Vec<Message> = messages(output).collect();
    /// assert_eq!(messages[0], Message::text("token expired"));
    /// assert!(messages[1].is_close());
    /// # Ok::<(), ws_errors::catalog::InvalidCloseCode>(())
    /// ```
    Message, CloseFrame, Utf8Bytes
}

/// Sends what an error has to say, and does what it says: gives the socket back where the connection
/// stays, and closes it with [`close_with`] where it doesn't.
///
/// It breaks with an outcome where the connection is over: it was closed, or the peer was gone, or it
/// didn't read for as long as the limits of `linger` allow.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use futures_util::StreamExt;
/// use tokio::net::TcpStream;
/// use tokio_tungstenite::WebSocketStream;
/// use ws_errors::Output;
/// use ws_errors::transport::tungstenite::deliver;
/// use ws_errors::transport::{Linger, Outcome};
///
/// async fn serve(
///     mut socket: WebSocketStream<TcpStream>,
///     answer: impl Fn(&str) -> Output,
///     linger: &Linger,
/// ) -> Option<Outcome> {
///     while let Some(Ok(message)) = socket.next().await {
///         let output = answer(message.to_text().ok()?);
///         socket = match deliver(socket, output, linger).await {
///             ControlFlow::Continue(socket) => socket,
///             ControlFlow::Break(outcome) => return Some(outcome),
///         };
///     }
///     None
/// }
/// ```
pub async fn deliver<S>(
    socket: WebSocketStream<S>,
    output: Output,
    linger: &Linger,
) -> ControlFlow<Outcome, WebSocketStream<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    library::deliver(socket, output, linger, send, close_with).await
}

/// Sends what an error has to say, closes, and waits until the peer has seen it.
///
/// Text and close go out in one flush. Everything that the peer still sends is read and ignored as it
/// comes, until it answers the close, or until nothing comes any more; then our direction of the
/// stream ends, and the rest is drained until the peer has ended its own. Nothing of it takes longer,
/// or reads more, than the limits of `linger` allow. An output without a close closes without a
/// status.
///
/// A future that is dropped halfway drops the socket, and the last word may be lost with it. Where
/// that can happen (in `select!`, under a deadline of your own, in a task that may be aborted), use
/// [`spawn_close_with`], or a [`LingeringStream`](super::LingeringStream) below.
///
/// ```
/// use tokio::net::TcpStream;
/// use tokio_tungstenite::WebSocketStream;
/// use ws_errors::Output;
/// use ws_errors::transport::tungstenite::close_with;
/// use ws_errors::transport::{Linger, Outcome};
///
/// async fn refuse(socket: WebSocketStream<TcpStream>, error: Output, linger: &Linger) {
///     match close_with(socket, error, linger).await {
///         Outcome::Acknowledged => {}
///         outcome => eprintln!("the error may not have arrived: {outcome}"),
///     }
/// }
/// ```
pub async fn close_with<S>(socket: WebSocketStream<S>, output: Output, linger: &Linger) -> Outcome
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (code, messages) = library::last(output, messages);
    close(socket, messages, code, linger).await
}

/// Sends messages, the last of which closes with this code.
async fn close<S>(
    mut socket: WebSocketStream<S>,
    messages: VecDeque<Message>,
    code: Option<u16>,
    linger: &Linger,
) -> Outcome
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let below = delivery::below(socket.get_mut());
    let closing = Closing::Messages { socket, search: Search::new(code) };
    delivery::deliver(closing, messages, linger, below).await
}

/// [`close_with`] in a task of its own, which nothing but the end of the runtime cancels.
///
/// The handle needn't be kept. A server that shuts down waits for it in [`Linger::shutdown`].
///
/// # Panics
/// As [`tokio::spawn`], outside of a runtime.
pub fn spawn_close_with<S>(
    socket: WebSocketStream<S>,
    output: Output,
    linger: &Linger,
) -> JoinHandle<Outcome>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    library::spawn(linger, async move |linger| close_with(socket, output, &linger).await)
}

/// [`close_with`] for a socket that was split.
///
/// The task that reads has to hand its half over: as long as it keeps it, nobody can end the
/// stream. With [`split`] nobody has to.
///
/// # Errors
/// Returns the two halves when they are not of the same socket.
pub async fn close_halves_with<S>(
    sink: SplitSink<WebSocketStream<S>, Message>,
    stream: SplitStream<WebSocketStream<S>>,
    output: Output,
    linger: &Linger,
) -> Result<Outcome, Halves<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    if !stream.is_pair_of(&sink) {
        return Err(Halves(sink, stream));
    }
    match stream.reunite(sink) {
        Ok(socket) => Ok(close_with(socket, output, linger).await),
        Err(error) => Err(Halves(error.0, error.1)),
    }
}

/// Splits a socket into what sends and what receives, with a task between them that writes, and that
/// closes from either side; see [`Outbox`].
///
/// `going_away` is what it closes with when the server stops: [`Linger::stop`].
///
/// # Panics
/// As [`tokio::spawn`], outside of a runtime.
pub fn split<S>(
    mut socket: WebSocketStream<S>,
    going_away: Output,
    linger: &Linger,
) -> (Outbox<Message>, Inbox<Message, Error>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let below = delivery::below(socket.get_mut());
    writer::spawn(socket, going_away, linger, below, async |socket, mut queued, output, linger| {
        let (code, last) = library::last(output, messages);
        queued.extend(last);
        close(socket, queued, code, &linger).await
    })
}

/// Two halves that are not of the same socket.
pub struct Halves<S>(
    /// The half that sends.
    pub SplitSink<WebSocketStream<S>, Message>,
    /// The half that receives.
    pub SplitStream<WebSocketStream<S>>,
);

impl<S> std::fmt::Debug for Halves<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Halves").finish_non_exhaustive()
    }
}

impl<S> std::fmt::Display for Halves<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the two halves are not of the same socket; close each with its own other half")
    }
}

impl<S> std::error::Error for Halves<S> {}

/// Returns whether an error means that a message, or a frame of it, was larger than allowed: for the
/// close code 1009.
pub const fn is_too_large(error: &Error) -> bool {
    matches!(error, Error::Capacity(CapacityError::MessageTooLong { .. }))
}
