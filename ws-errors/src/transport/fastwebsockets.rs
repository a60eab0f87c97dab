//! Sending through fastwebsockets 0.10, whose frames are written one by one.

use std::borrow::Cow;
use std::time::Duration;

use fastwebsockets::{Frame as WireFrame, OpCode, Payload, WebSocket, WebSocketError};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use super::discarded::{Discarded, of_error};
use super::stream::drain;
use super::{Linger, Outcome};
use crate::{Close, Frame, Output};

/// A frame that is constant costs no allocation.
impl From<Frame> for WireFrame<'static> {
    fn from(frame: Frame) -> Self {
        match frame {
            Frame::Text(Cow::Borrowed(text)) => Self::text(Payload::Borrowed(text.as_bytes())),
            Frame::Text(Cow::Owned(text)) => Self::text(Payload::Owned(text.into_bytes())),
            Frame::Binary(Cow::Borrowed(bytes)) => Self::binary(Payload::Borrowed(bytes)),
            Frame::Binary(Cow::Owned(bytes)) => Self::binary(Payload::Owned(bytes)),
        }
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

/// Sends what an error has to say, and flushes.
///
/// This is for errors after which the connection stays; [`close_with`] is for the others. It waits
/// as long as the peer doesn't read: put a deadline around it where peers are not trusted.
///
/// # Errors
/// Returns the library's error: the peer is gone, or we have closed already.
pub async fn send<S>(socket: &mut WebSocket<S>, output: Output) -> Result<(), WebSocketError>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    for frame in frames(output) {
        socket.write_frame(frame).await?;
    }
    socket.flush().await
}

/// Sends what an error has to say, closes, and waits until the peer has seen it; then half-closes
/// and drains the raw stream.
///
/// All of it stays within the limits of `linger`; messages after our close are counted as 1 KiB
/// each, because this library doesn't tell how long they are. It reads only after everything was
/// written, so a peer that sends without ever reading is given up at the deadline. An output without
/// a close closes without a status.
///
/// A `FragmentCollector` gives only its stream back: make a socket of it with
/// `WebSocket::after_handshake`. Where that begins in the middle of a message, the peer's close can't
/// be read, and the outcome is [`Outcome::Drained`].
///
/// A future that is dropped halfway drops the socket, and the last word may be lost with it: see
/// [`spawn_close_with`].
pub async fn close_with<S>(mut socket: WebSocket<S>, output: Output, linger: &Linger) -> Outcome
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let permit = linger.enter();
    // Where nobody may wait, what the send buffer takes at once is all that is sent.
    let patience = if permit.is_some() { linger.limits().deadline } else { Duration::ZERO };
    let deadline = Instant::now() + patience;
    let output = Output { close: Some(output.close.unwrap_or_default()), ..output };
    match timeout_at(deadline, send(&mut socket, output)).await {
        Ok(Ok(())) => {}
        Ok(Err(_)) => return Outcome::PeerGone,
        Err(_) if permit.is_some() => return Outcome::TimedOut,
        Err(_) => {}
    }
    if permit.is_none() {
        return Outcome::NotAwaited;
    }
    let mut bytes = linger.limits().bytes;
    let answer = match timeout_at(deadline, read_to_close(&mut socket, &mut bytes)).await {
        Ok(answer) => answer,
        Err(_) => return Outcome::TimedOut,
    };
    if matches!(answer, Discarded::Lost | Discarded::End) {
        return Outcome::PeerGone;
    }
    let drained = timeout_at(deadline, drain(socket.into_inner(), bytes)).await;
    match (answer, drained) {
        (Discarded::Close, _) => Outcome::Acknowledged,
        (_, Ok(Discarded::End)) => Outcome::Drained,
        (_, Ok(Discarded::Bytes(_))) => Outcome::Flooded,
        (_, Ok(_)) => Outcome::PeerGone,
        (_, Err(_)) => Outcome::TimedOut,
    }
}

/// [`close_with`] in a task of its own, which nothing but the end of the runtime cancels.
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
    let linger = linger.clone();
    tokio::spawn(async move { close_with(socket, output, &linger).await })
}

/// Reads and ignores until the peer's close, or until nothing can be read as a frame any more.
async fn read_to_close<S>(socket: &mut WebSocket<S>, bytes: &mut u64) -> Discarded
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    while *bytes > 0 {
        match socket.read_frame().await {
            Ok(frame) if frame.opcode == OpCode::Close => return Discarded::Close,
            // What comes after our close is reported as this error, and skipped.
            Ok(_) | Err(WebSocketError::ConnectionClosed) => {}
            Err(WebSocketError::UnexpectedEOF) => return Discarded::End,
            Err(WebSocketError::IoError(error)) => return of_error(&error),
            Err(_) => return Discarded::Unreadable,
        }
        *bytes = bytes.saturating_sub(1 << 10);
    }
    Discarded::Unreadable
}
