//! Sending through tokio-tungstenite 0.30, and through what shares its message types
//! (hyper-tungstenite, async-tungstenite).

#[cfg(feature = "http")]
mod handshake;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::task::{Context, Poll};

use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{Sink, SinkExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::{CapacityError, Error};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Bytes, Message, Utf8Bytes};

#[cfg(feature = "http")]
pub use self::handshake::{Refused, accept};

use super::delivery::{self, Gone, Socket};
use super::raw::{Discarded, Raw, Search};
use super::writer::{self, Inbox, Outbox};
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

/// Sends a frame that doesn't close, and flushes; to a socket, or to the half of it that sends.
///
/// This is for messages of your own, and for an [`Output::frame`] after which the connection stays;
/// [`deliver`] takes a whole [`Output`], and closes where it says so. It waits as long as the peer
/// doesn't read: put a deadline around it where peers are not trusted.
///
/// # Errors
/// Returns the error of the sink: the peer is gone, or one of the two sides has closed already.
pub async fn send<S>(sink: &mut S, frame: Frame) -> Result<(), S::Error>
where
    S: Sink<Message> + Unpin + ?Sized,
{
    sink.send(frame.into()).await
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
    mut socket: WebSocketStream<S>,
    output: Output,
    linger: &Linger,
) -> ControlFlow<Outcome, WebSocketStream<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let frame = match output {
        Output { close: Some(_), .. } => {
            return ControlFlow::Break(close_with(socket, output, linger).await);
        }
        Output { frame: None, .. } => return ControlFlow::Continue(socket),
        Output { frame: Some(frame), .. } => frame,
    };
    match delivery::in_time(linger, send(&mut socket, frame)).await {
        Ok(()) => ControlFlow::Continue(socket),
        Err(why) => ControlFlow::Break(delivery::count(Outcome::Refused(why))),
    }
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
    let (code, messages) = delivery::last(output, messages);
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
    let (guard, linger) = (linger.guard(), linger.clone());
    tokio::spawn(async move {
        let outcome = close_with(socket, output, &linger).await;
        drop(guard);
        outcome
    })
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
        let (code, last) = delivery::last(output, messages);
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

/// Whether an error means that a message, or a frame of it, was larger than may be: for the close code
/// 1009.
pub const fn is_too_large(error: &Error) -> bool {
    matches!(error, Error::Capacity(CapacityError::MessageTooLong { .. }))
}

/// Messages are for writing only: what still comes is read from the stream below, so that nothing of
/// it is assembled, and a message that can't be read changes nothing.
// One for each socket that closes, on its own task: a box would cost more.
#[allow(clippy::large_enum_variant)]
enum Closing<S> {
    Messages {
        socket: WebSocketStream<S>,
        search: Search,
    },
    /// All is written, and the library's buffers are gone.
    Raw(Raw<S>),
    /// Between the two.
    Neither,
}

/// Whatever the error says, the peer gets nothing more from us: it has closed already
/// (`SendAfterClosing`, `ConnectionClosed`, `AlreadyClosed`), or the connection is broken.
fn gone(_: Error) -> Gone {
    Gone
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket for Closing<S> {
    type Message = Message;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        match self {
            Self::Messages { socket, .. } => socket.poll_ready_unpin(cx).map_err(gone),
            Self::Raw(_) | Self::Neither => Poll::Ready(Err(Gone)),
        }
    }

    fn start_send(&mut self, message: Message) -> Result<(), Gone> {
        match self {
            Self::Messages { socket, .. } => socket.start_send_unpin(message).map_err(gone),
            Self::Raw(_) | Self::Neither => Err(Gone),
        }
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        match self {
            Self::Messages { socket, .. } => socket.poll_flush_unpin(cx).map_err(gone),
            Self::Raw(_) | Self::Neither => Poll::Ready(Err(Gone)),
        }
    }

    fn written(&mut self) {
        *self = match std::mem::replace(self, Self::Neither) {
            Self::Messages { socket, search } => Self::Raw(Raw::new(socket.into_inner(), search)),
            other => other,
        };
    }

    fn recognises_answer(&self) -> bool {
        match self {
            Self::Messages { search, .. } => search.recognises_answer(),
            Self::Raw(raw) => raw.recognises_answer(),
            Self::Neither => false,
        }
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match self {
            Self::Raw(raw) => raw.poll_end(cx),
            Self::Messages { .. } | Self::Neither => Poll::Ready(()),
        }
    }

    fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<Discarded> {
        match self {
            Self::Messages { socket, search } => search.poll_discard(socket.get_mut(), cx),
            Self::Raw(raw) => raw.poll_discard(cx),
            Self::Neither => Poll::Ready(Discarded::Lost),
        }
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
