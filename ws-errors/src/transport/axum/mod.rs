//! Sending through axum 0.8, which has message types of its own and hides the stream.
//!
//! Serve through a [`LingeringListener`]: this one line protects all that the server writes, also in
//! handlers that just send and return. [`close_with`] finds the stream below and returns what is
//! known of it; without the listener, nothing can be drained after a message that was too large.
//!
//! ```no_run
//! use std::time::Duration;
//!
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
//! // `serve` doesn't wait for WebSockets. This signals their handlers, and waits for them.
//! linger.shutdown(Duration::from_secs(30)).await;
//! # Ok(())
//! # }
//! ```

mod handshake;
mod listener;

use std::collections::VecDeque;
use std::error::Error as _;
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use axum::Error;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use futures_util::{SinkExt, StreamExt};
use tokio::task::JoinHandle;

pub use self::handshake::Handshake;
pub use self::listener::LingeringListener;

use super::connection::{Connection, find_below};
use super::delivery::{Gone, Socket};
use super::raw::{Discarded, of_error};
use super::{Inbox, Linger, Outbox, Outcome, delivery, library, message, writer};
use crate::Output;

message::conversions!(Message, CloseFrame, Utf8Bytes);

/// Sends what an error has to say, and does what it says: gives the socket back where the connection
/// stays, and closes it with [`close_with`] where it doesn't.
///
/// It breaks with an outcome where the connection is over: it was closed, or the peer was gone, or it
/// didn't read for as long as the limits of `linger` allow.
///
/// ```
/// use std::ops::ControlFlow;
///
/// use axum::extract::ws::{Message, WebSocket};
/// use ws_errors::Output;
/// use ws_errors::transport::Linger;
/// use ws_errors::transport::axum::deliver;
///
/// async fn serve(mut socket: WebSocket, answer: impl Fn(&str) -> Output, linger: &Linger) {
///     while let Some(Ok(message)) = socket.recv().await {
///         let Message::Text(text) = message else { continue };
///         socket = match deliver(socket, answer(&text), linger).await {
///             ControlFlow::Continue(socket) => socket,
///             ControlFlow::Break(_) => return,
///         };
///     }
/// }
/// ```
pub async fn deliver(
    socket: WebSocket,
    output: Output,
    linger: &Linger,
) -> ControlFlow<Outcome, WebSocket> {
    library::deliver(socket, output, linger, send, close_with).await
}

/// Sends what an error has to say, closes, and waits until the peer has answered.
///
/// Everything that the peer still sends is read and ignored meanwhile, within the limits of
/// `linger`. Where the peer has sent something that can't be read as a message, the stream below goes
/// on, and says how that ended, where the server listens through a [`LingeringListener`]; without one,
/// the outcome is [`Outcome::HandedOver`]. An output without a close closes without a status.
///
/// The two halves of a socket that was split are put together again with `reunite`; with [`split`]
/// nobody has to.
pub async fn close_with(socket: WebSocket, output: Output, linger: &Linger) -> Outcome {
    let (_, messages) = library::last(output, messages);
    close(socket, messages, linger).await
}

/// Sends messages, the last of which closes.
async fn close(mut socket: WebSocket, messages: VecDeque<Message>, linger: &Linger) -> Outcome {
    let below = below(&mut socket);
    let limited = below.clone().filter(|below| below.is_in(linger));
    if let Some(below) = &limited {
        below.limit_reading();
    }
    delivery::deliver(Closing { socket, below: limited }, messages, linger, below).await
}

/// Our own stream below a socket: the library hides it, and still calls it.
fn below(socket: &mut WebSocket) -> Option<Arc<Connection>> {
    let mut cx = Context::from_waker(Waker::noop());
    find_below(|| socket.poll_flush_unpin(&mut cx)).1
}

/// [`close_with`] in a task of its own, which nothing but the end of the runtime cancels.
///
/// The handle needn't be kept. A server that shuts down waits for it in [`Linger::shutdown`].
///
/// # Panics
/// As [`tokio::spawn`], outside of a runtime.
pub fn spawn_close_with(socket: WebSocket, output: Output, linger: &Linger) -> JoinHandle<Outcome> {
    library::spawn(linger, async move |linger| close_with(socket, output, &linger).await)
}

/// Splits a socket into what sends and what receives, with a task between them that writes, and that
/// closes from either side; see [`Outbox`].
///
/// `going_away` is what it closes with when the server stops: [`Linger::stop`].
///
/// # Panics
/// As [`tokio::spawn`], outside of a runtime.
pub fn split(
    mut socket: WebSocket,
    going_away: Output,
    linger: &Linger,
) -> (Outbox<Message>, Inbox<Message, Error>) {
    let below = below(&mut socket);
    writer::spawn(socket, going_away, linger, below, async |socket, mut queued, output, linger| {
        let (_, last) = library::last(output, messages);
        queued.extend(last);
        close(socket, queued, &linger).await
    })
}

/// Returns whether an error means that a message, or a frame of it, was larger than allowed: for the
/// close code 1009.
pub fn is_too_large(error: &Error) -> bool {
    // The library below is private to axum, so there are only its words.
    error.to_string().contains("Message too long")
}

struct Closing {
    socket: WebSocket,
    /// Our own stream below, where its limits are ours.
    below: Option<Arc<Connection>>,
}

fn gone(_: Error) -> Gone {
    Gone
}

impl Socket for Closing {
    type Message = Message;

    const HIDES_STREAM: bool = true;

    fn length(message: &Message) -> usize {
        length(message)
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        self.socket.poll_ready_unpin(cx).map_err(gone)
    }

    fn start_send(&mut self, message: Message) -> Result<(), Gone> {
        self.socket.start_send_unpin(message).map_err(gone)
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        self.socket.poll_flush_unpin(cx).map_err(gone)
    }

    fn poll_end(&mut self, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<Discarded> {
        let Poll::Ready(read) = self.socket.poll_next_unpin(cx) else {
            // Too much came without a message being complete.
            return match &self.below {
                Some(below) if below.ignores_input() => Poll::Ready(Discarded::Unreadable),
                _ => Poll::Pending,
            };
        };
        Poll::Ready(match read {
            Some(Ok(Message::Close(_))) => Discarded::Close,
            Some(Ok(message)) => {
                if let Some(below) = &self.below {
                    below.limit_reading();
                }
                // With its header, so that empty messages count, too.
                Discarded::Bytes(length(&message) + 6)
            }
            // The library's own error lies below axum's, and a broken connection below that.
            Some(Err(error)) => error
                .source()
                .and_then(|error| error.source())
                .and_then(|error| error.downcast_ref::<io::Error>())
                .map_or(Discarded::Unreadable, of_error),
            None => Discarded::Unreadable,
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
