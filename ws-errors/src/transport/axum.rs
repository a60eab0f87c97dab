//! Sending through axum 0.8, which has message types of its own and hides the stream.
//!
//! [`close_with`] waits for the peer's close frame. What it can't do is end and drain the stream:
//! for that, serve through a [`LingeringListener`]. The two together lose nothing, also after a
//! message that was too large.
//!
//! ```no_run
//! use axum::Router;
//! use tokio::net::TcpListener;
//! use ws_errors::transport::Linger;
//! use ws_errors::transport::axum::LingeringListener;
//!
//! # async fn example() -> std::io::Result<()> {
//! let linger = Linger::default();
//! let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
//! let stop = async { /* until it is time to stop */ };
//! axum::serve(LingeringListener::new(listener, linger.clone()), Router::new())
//!     .with_graceful_shutdown(stop)
//!     .await?;
//! linger.idle().await;
//! # Ok(())
//! # }
//! ```

use std::borrow::Cow;
use std::error::Error as _;
use std::io;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use axum::serve::Listener;
use futures_util::{Sink, SinkExt, StreamExt};
use tokio::task::JoinHandle;

use super::delivery::{Gone, Socket, deliver};
use super::discarded::{Discarded, of_error};
use super::{Linger, LingeringStream, Outcome};
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
            code: code.get(),
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
pub fn messages(output: Output) -> impl Iterator<Item = Message> {
    let frame = output.frame.map(Message::from);
    frame.into_iter().chain(output.close.map(Message::from))
}

/// Sends what an error has to say, in one flush; to a socket, or to the half of it that sends.
///
/// This is for errors after which the connection stays; [`close_with`] is for the others. It waits
/// as long as the peer doesn't read: put a deadline around it where peers are not trusted.
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

/// Sends what an error has to say, closes, and waits until the peer has answered.
///
/// Everything that the peer still sends is read and ignored meanwhile, within the limits of
/// `linger`. The answer is [`Outcome::NotAwaited`] where the peer has sent something that can't be
/// read as a message: then only the stream below could go on, and it does, where the server listens
/// through a [`LingeringListener`]. An output without a close closes without a status.
///
/// The two halves of a socket that was split are put together again with `reunite`.
pub async fn close_with(socket: WebSocket, output: Output, linger: &Linger) -> Outcome {
    let close = output.close.unwrap_or_default();
    let messages = messages(Output { frame: output.frame, close: Some(close) });
    deliver(Closing { socket, closed: false }, messages, linger).await
}

/// [`close_with`] in a task of its own, which nothing but the end of the runtime cancels.
///
/// # Panics
/// As [`tokio::spawn`], outside of a runtime.
pub fn spawn_close_with(socket: WebSocket, output: Output, linger: &Linger) -> JoinHandle<Outcome> {
    let linger = linger.clone();
    tokio::spawn(async move { close_with(socket, output, &linger).await })
}

struct Closing {
    socket: WebSocket,
    /// Whether the peer's close was read.
    closed: bool,
}

fn gone(_: axum::Error) -> Gone {
    Gone
}

impl Socket for Closing {
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

    fn poll_half_close(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<Discarded> {
        if self.closed {
            return Poll::Ready(Discarded::Hidden);
        }
        Poll::Ready(match ready!(self.socket.poll_next_unpin(cx)) {
            Some(Ok(Message::Close(_))) => {
                self.closed = true;
                Discarded::Close
            }
            Some(Ok(message)) => Discarded::Bytes(length(&message) + 6),
            // The library's own error lies below axum's, and a broken connection below that.
            Some(Err(error)) => error
                .source()
                .and_then(|error| error.source())
                .and_then(|error| error.downcast_ref::<io::Error>())
                .map_or(Discarded::Hidden, of_error),
            None => Discarded::Hidden,
        })
    }
}

fn length(message: &Message) -> usize {
    match message {
        Message::Text(text) => text.len(),
        Message::Binary(bytes) | Message::Ping(bytes) | Message::Pong(bytes) => bytes.len(),
        Message::Close(_) => 0,
    }
}

/// A listener for [`axum::serve()`] whose streams linger when they are dropped.
///
/// axum's `ConnectInfo<SocketAddr>` knows its own listeners only. A type of yours takes its place:
///
/// ```
/// use std::net::SocketAddr;
///
/// use axum::extract::connect_info::Connected;
/// use axum::serve::IncomingStream;
/// use tokio::net::TcpListener;
/// use ws_errors::transport::axum::LingeringListener;
///
/// #[derive(Clone)]
/// struct Peer(SocketAddr);
///
/// impl Connected<IncomingStream<'_, LingeringListener<TcpListener>>> for Peer {
///     fn connect_info(stream: IncomingStream<'_, LingeringListener<TcpListener>>) -> Self {
///         Self(*stream.remote_addr())
///     }
/// }
/// ```
#[derive(Debug)]
pub struct LingeringListener<L> {
    listener: L,
    linger: Linger,
}

impl<L: Listener> LingeringListener<L> {
    /// Makes the streams of a listener linger.
    pub fn new(listener: L, linger: Linger) -> Self {
        Self { listener, linger }
    }
}

impl<L: Listener> Listener for LingeringListener<L> {
    type Io = LingeringStream<L::Io>;
    type Addr = L::Addr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = self.listener.accept().await;
        (LingeringStream::new(stream, self.linger.clone()), address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
