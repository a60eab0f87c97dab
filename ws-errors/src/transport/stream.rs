//! A stream that lingers when it is dropped.

use std::any::Any;
use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::Handle;

use super::answer::Tail;
use super::connection::{Connection, Left, announce};
use super::delivery::{Delivery, Ended};
use super::linger::address_of;
use super::raw::{Discarded, Raw, Search};
use super::{Linger, Unanswered};

/// A stream that lingers when it is dropped: it reads and ignores what still comes, ends its own
/// direction when nothing comes any more, and waits until the peer has ended its direction, too, or a
/// limit is reached.
///
/// Put it directly around the TCP stream, below TLS, whatever runs above it. It protects all that is
/// written, also by code that just drops its socket; the deliveries of this module find it, and share
/// their limits with it. A stream whose end was seen, or that is broken, doesn't linger.
///
/// It needs the runtime of tokio at the moment it is dropped; without one it is just dropped.
#[derive(Debug)]
pub struct LingeringStream<S>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    /// Taken when it is dropped, and never before.
    stream: Option<S>,
    /// Whether there is nothing to wait for: the peer has ended its direction, or it is broken.
    over: bool,
    /// The ends of both directions, as far as they went.
    read: Tail,
    written: Tail,
    connection: Arc<Connection>,
}

impl<S> LingeringStream<S>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    /// Makes a stream linger when it is dropped. The address of its peer is known where it is a
    /// `TcpStream`.
    pub fn new(stream: S, linger: Linger) -> Self {
        let peer = address_of(&stream as &dyn Any);
        Self::with_peer(stream, peer, linger)
    }

    /// The same, for a stream whose peer has this address: the one that a proxy has passed on, say.
    pub fn with_peer(stream: S, peer: Option<IpAddr>, linger: Linger) -> Self {
        let connection = Arc::new(Connection::new(linger, peer));
        Self {
            stream: Some(stream),
            over: false,
            read: Tail::new(),
            written: Tail::new(),
            connection,
        }
    }

    /// The stream.
    pub fn get_ref(&self) -> Option<&S> {
        self.stream.as_ref()
    }

    /// Does something with the stream, and notes whether that broke it.
    fn with<T>(
        &mut self,
        act: impl FnOnce(Pin<&mut S>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        announce(&self.connection);
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
        };
        let result = ready!(act(Pin::new(stream)));
        self.over |= result.is_err();
        Poll::Ready(result)
    }

    /// Reads and ignores, and lets those above see an end only.
    fn poll_ignore(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        announce(&self.connection);
        let Some(stream) = &mut self.stream else { return Poll::Ready(Ok(())) };
        let place = self.connection.own_place();
        let mut search = Search::new(None);
        loop {
            match ready!(search.poll_discard(stream, cx)) {
                Discarded::Bytes(bytes) => {
                    if place.as_ref().is_some_and(|place| !place.discard(bytes)) {
                        // Whoever waits looks whether this is so.
                        return Poll::Pending;
                    }
                }
                Discarded::Close | Discarded::Unreadable => {}
                Discarded::End | Discarded::Lost => {
                    self.over = true;
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }
}

impl<S> AsyncRead for LingeringStream<S>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.connection.ignores_input() {
            return self.poll_ignore(cx);
        }
        let (before, room) = (buffer.filled().len(), buffer.remaining());
        ready!(self.with(|stream| stream.poll_read(cx, buffer)))?;
        let read = &buffer.filled()[before..];
        self.over |= room > 0 && read.is_empty();
        self.read.push(read);
        self.connection.has_read(read.len());
        Poll::Ready(Ok(()))
    }
}

impl<S> AsyncWrite for LingeringStream<S>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(self.with(|stream| stream.poll_write(cx, bytes)))?;
        self.written.push(&bytes[..written]);
        self.connection.has_written(written);
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.with(|stream| stream.poll_flush(cx))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.with(|stream| stream.poll_shutdown(cx))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = ready!(self.with(|stream| stream.poll_write_vectored(cx, slices)))?;
        let mut left = written;
        for slice in slices {
            let part = left.min(slice.len());
            self.written.push(&slice[..part]);
            left -= part;
        }
        self.connection.has_written(written);
        Poll::Ready(Ok(written))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.as_ref().is_some_and(AsyncWrite::is_write_vectored)
    }
}

impl<S> Drop for LingeringStream<S>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    fn drop(&mut self) {
        let Some(stream) = self.stream.take() else { return };
        let (is_over, report) = match self.connection.take_left() {
            Left::Nothing => return,
            Left::Everything => (false, None),
            Left::ToReport { is_over, report } => (is_over, Some(report)),
        };
        // Where nobody waits for a report any more, there is nobody to miss it.
        let report = |ended| report.map(|waiting| waiting.send(ended));
        if self.over {
            report(Ended::Unanswered(Unanswered::Gone));
            return;
        }
        let Ok(runtime) = Handle::try_current() else { return };
        let Some(place) = self.connection.own_place() else {
            report(Ended::Unanswered(Unanswered::GaveWay));
            return;
        };
        let is_over = is_over || self.read.answers(&self.written);
        let search = Search::new(self.written.sent());
        let connection = Arc::clone(&self.connection);
        runtime.spawn(async move {
            let raw = Raw::new(stream, search);
            let mut delivery = Delivery::new(raw, VecDeque::new());
            if is_over {
                delivery = delivery.answered();
            }
            report(delivery.run(&place, None).await);
            // The place is given back after the stream is closed.
            drop((delivery, place, connection));
        });
    }
}
