//! Sending through tokio-tungstenite 0.30, and through what shares its message types
//! (hyper-tungstenite, async-tungstenite).

use std::borrow::Cow;
use std::task::{Context, Poll, ready};

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{Sink, SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{Error, ProtocolError};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};

use super::delivery::{Gone, Socket, deliver};
use super::discarded::{Discarded, of_error, poll_discard};
use super::{Linger, Outcome};
use crate::{Close, Frame, Output};

/// A frame that is constant costs no allocation.
impl From<Frame> for Message {
    fn from(frame: Frame) -> Self {
        match frame {
            Frame::Text(text) => Self::Text(characters(text)),
            Frame::Binary(Cow::Borrowed(bytes)) => Self::Binary(Bytes::from_static(bytes)),
            Frame::Binary(Cow::Owned(bytes)) => Self::Binary(bytes.into()),
        }
    }
}

/// Code and reason; `None` is a close without a status.
impl From<Close> for Option<CloseFrame> {
    fn from(close: Close) -> Self {
        close.into_status().map(|(code, reason)| CloseFrame {
            code: code.get().into(),
            reason: characters(reason.into_inner()),
        })
    }
}

impl From<Close> for Message {
    fn from(close: Close) -> Self {
        Self::Close(close.into())
    }
}

fn characters(text: Cow<'static, str>) -> Utf8Bytes {
    match text {
        Cow::Borrowed(text) => Utf8Bytes::from_static(text),
        Cow::Owned(text) => text.into(),
    }
}

/// The messages of an output, in the order in which they are sent.
///
/// ```
/// use tokio_tungstenite::tungstenite::Message;
/// use ws_errors::transport::tungstenite::messages;
/// use ws_errors::{Close, CloseCode, Frame, Output, Reason};
///
/// let output = Output {
///     frame: Some(Frame::Text("token expired".into())),
///     close: Some(Close::new(CloseCode::new(4001)?, Reason::new("token_expired"))),
/// };
/// let messages: Vec<Message> = messages(output).collect();
/// assert_eq!(messages[0], Message::text("token expired"));
/// assert!(messages[1].is_close());
/// # Ok::<(), ws_errors::catalog::InvalidCloseCode>(())
/// ```
pub fn messages(output: Output) -> impl Iterator<Item = Message> {
    let frame = output.frame.map(Message::from);
    frame.into_iter().chain(output.close.map(Message::from))
}

/// Sends what an error has to say, in one flush.
///
/// This is for errors after which the connection stays. One that closes is sent as well, but a peer
/// that is still sending loses it when the socket is dropped too early: [`close_with`] is for those.
///
/// It waits as long as the peer doesn't read: put a deadline around it where peers are not trusted.
///
/// # Errors
/// Returns the error of the sink: the peer is gone, or one of the two sides has closed already.
pub async fn send<S>(sink: &mut S, output: Output) -> Result<(), S::Error>
where
    S: Sink<Message> + Unpin + ?Sized,
{
    for message in messages(output) {
        sink.feed(message).await?;
    }
    sink.flush().await
}

/// Sends what an error has to say, closes, and waits until the peer has seen it.
///
/// Text and close go out in one flush. Then everything that the peer still sends is read and
/// ignored until it answers the close; then our direction of the stream ends, and the raw stream is
/// drained until the peer has ended its own. Nothing of it takes longer, or reads more, than the
/// limits of `linger` allow. An output without a close closes without a status.
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
    let close = output.close.unwrap_or_default();
    let messages = messages(Output { frame: output.frame, close: Some(close) });
    deliver(Closing { socket, raw: false }, messages, linger).await
}

/// [`close_with`] in a task of its own, which nothing but the end of the runtime cancels.
///
/// The handle needn't be kept. A server that shuts down waits for [`Linger::idle`].
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
    let linger = linger.clone();
    tokio::spawn(async move { close_with(socket, output, &linger).await })
}

/// [`close_with`] for a socket that was split.
///
/// The task that reads has to hand its half over: as long as it keeps it, nobody can end the
/// stream.
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

struct Closing<S> {
    socket: WebSocketStream<S>,
    /// Whether messages are over, and the raw stream is read.
    raw: bool,
}

/// Whatever the error says, the peer gets nothing more from us: it has closed already
/// (`SendAfterClosing`, `ConnectionClosed`, `AlreadyClosed`), or the connection is broken.
fn gone(_: Error) -> Gone {
    Gone
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket for Closing<S> {
    type Message = Message;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        self.socket.poll_ready_unpin(cx).map_err(gone)
    }

    fn start_send(&mut self, message: Message) -> Result<(), Gone> {
        self.socket.start_send_unpin(message).map_err(gone)
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        self.socket.poll_flush_unpin(cx).map_err(gone)
    }

    fn poll_half_close(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        std::pin::Pin::new(self.socket.get_mut()).poll_shutdown(cx).map(drop)
    }

    fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<Discarded> {
        if self.raw {
            return poll_discard(self.socket.get_mut(), cx);
        }
        let discarded = match ready!(self.socket.poll_next_unpin(cx)) {
            Some(Ok(Message::Close(_))) => Discarded::Close,
            // With its header, so that empty messages count, too.
            Some(Ok(message)) => Discarded::Bytes(message.len() + 6),
            Some(Err(Error::Io(error))) => of_error(&error),
            Some(Err(Error::Protocol(ProtocolError::ResetWithoutClosingHandshake))) => {
                Discarded::End
            }
            // The stream of messages is fused after an error; only the raw one goes on.
            Some(Err(_)) | None => Discarded::Unreadable,
        };
        self.raw = matches!(discarded, Discarded::Close | Discarded::Unreadable);
        Poll::Ready(discarded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CloseCode, Reason};

    #[test]
    fn a_constant_frame_is_sent_from_where_it_lies() {
        const TEXT: &str = r#"{"type":"error","code":"missing_data"}"#;
        let Message::Text(text) = Message::from(Frame::Text(Cow::Borrowed(TEXT))) else {
            panic!("a text frame");
        };
        assert_eq!(text.as_str().as_ptr(), TEXT.as_ptr());

        const BYTES: &[u8] = b"\x81\xa4code";
        let Message::Binary(bytes) = Message::from(Frame::Binary(Cow::Borrowed(BYTES))) else {
            panic!("a binary frame");
        };
        assert_eq!(bytes.as_ptr(), BYTES.as_ptr());
    }

    #[test]
    fn a_frame_with_values_moves_into_its_message() {
        let text = String::from("no such room: 7");
        let address = text.as_ptr();
        let Message::Text(message) = Message::from(Frame::Text(Cow::Owned(text))) else {
            panic!("a text frame");
        };
        assert_eq!(message.as_str(), "no such room: 7");
        assert_eq!(message.as_str().as_ptr(), address);
    }

    #[test]
    fn a_close_keeps_code_and_reason_or_has_no_status() {
        let close =
            Close::new(CloseCode::new(4001).expect("sendable"), Reason::new("invalid_token"));
        let Message::Close(Some(frame)) = Message::from(close) else { panic!("a status") };
        assert_eq!((u16::from(frame.code), frame.reason.as_str()), (4001, "invalid_token"));
        assert_eq!(Message::from(Close::without_status()), Message::Close(None));
    }
}
