//! Sending through fastwebsockets 0.10, whose frames are written one by one.

use std::ops::ControlFlow;

use fastwebsockets::{Frame as WireFrame, Payload, WebSocket, WebSocketError};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;

use super::raw::{Raw, Search};
use super::{Linger, Outcome, delivery, library};
use crate::wire::BinaryPayload;
use crate::{Close, Frame, Output};

/// A frame that is constant costs no allocation.
impl From<Frame> for WireFrame<'static> {
    fn from(frame: Frame) -> Self {
        match frame {
            Frame::Text(text) => Self::text(payload(text.into_binary())),
            Frame::Binary(bytes) => Self::binary(payload(bytes)),
        }
    }
}

fn payload(bytes: BinaryPayload) -> Payload<'static> {
    match bytes.constant() {
        Some(bytes) => Payload::Borrowed(bytes),
        None => Payload::Owned(bytes.into_vec()),
    }
}

impl From<Close> for WireFrame<'static> {
    fn from(close: Close) -> Self {
        match close.into_status() {
            Some((code, reason)) => Self::close(code.get(), reason.as_str().as_bytes()),
            None => Self::close_raw(Payload::Borrowed(&[])),
        }
    }
}

/// The frames of an output, in the order in which they are sent.
pub fn frames(output: Output) -> impl Iterator<Item = WireFrame<'static>> {
    let frame = output.frame.map(WireFrame::from);
    frame.into_iter().chain(output.close.map(WireFrame::from))
}

/// Sends a frame that doesn't close, and flushes.
///
/// This is for messages of your own, and for an [`Output::frame`] after which the connection stays;
/// [`deliver`] takes a whole [`Output`], and closes where it says so. It waits as long as the peer
/// doesn't read: put a deadline around it where peers are not trusted.
///
/// # Errors
/// Returns the library's error: the peer is gone, or we have closed already.
pub async fn send<S>(socket: &mut WebSocket<S>, frame: Frame) -> Result<(), WebSocketError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    socket.write_frame(frame.into()).await?;
    socket.flush().await
}

/// Sends what an error has to say, and does what it says: gives the socket back where the connection
/// stays, and closes it with [`close_with`] where it doesn't.
///
/// It breaks with an outcome where the connection is over: it was closed, or the peer was gone, or it
/// didn't read for as long as the limits of `linger` allow.
pub async fn deliver<S>(
    socket: WebSocket<S>,
    output: Output,
    linger: &Linger,
) -> ControlFlow<Outcome, WebSocket<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    library::deliver(socket, output, linger, send, close_with).await
}

/// Sends what an error has to say, closes, and waits until the peer has seen it. It is for the
/// sockets of a server, whose frames have no mask.
///
/// Text and close go out in one write. Everything that the peer still sends is read and ignored as it
/// comes, until it answers the close, or until nothing comes any more; then our direction of the
/// stream ends, and the rest is drained until the peer has ended its own. All of it stays within the
/// limits of `linger`. An output without a close closes without a status.
///
/// A `FragmentCollector` gives only its stream back: make a socket of it with
/// `WebSocket::after_handshake`.
///
/// A future that is dropped halfway drops the socket, and the last word may be lost with it: see
/// [`spawn_close_with`].
pub async fn close_with<S>(socket: WebSocket<S>, output: Output, linger: &Linger) -> Outcome
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (code, bytes) = library::last(output, |output| [bytes(output)]);
    // The library answers the peer's close by itself.
    let is_closed = socket.is_closed();
    let mut stream = socket.into_inner();
    let below = delivery::below(&mut stream);
    let raw = Raw::new(stream, Search::new(code));
    let raw = if is_closed { raw.closed() } else { raw };
    delivery::deliver(raw, bytes, linger, below).await
}

/// The frames of an output as they are written, one after the other.
fn bytes(output: Output) -> Vec<u8> {
    let mut written = Vec::new();
    let mut buffer = Vec::new();
    frames(output).for_each(|mut frame| written.extend_from_slice(frame.write(&mut buffer)));
    written
}

/// [`close_with`] in a task of its own, which nothing but the end of the runtime cancels.
///
/// The handle needn't be kept. A server that shuts down waits for it in [`Linger::shutdown`].
///
/// # Panics
/// As [`tokio::spawn`], outside of a runtime.
pub fn spawn_close_with<S>(
    socket: WebSocket<S>,
    output: Output,
    linger: &Linger,
) -> JoinHandle<Outcome>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    library::spawn(linger, async move |linger| close_with(socket, output, &linger).await)
}

/// Returns whether an error means that a message, or a frame of it, was larger than allowed: for the
/// close code 1009.
pub const fn is_too_large(error: &WebSocketError) -> bool {
    matches!(error, WebSocketError::FrameTooLarge)
}
