//! A stream that lingers when it is dropped.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::runtime::Handle;
use tokio::time::timeout;

use super::Linger;
use super::discarded::{Discarded, poll_discard};

/// A stream that lingers when it is dropped: it ends its own direction, and reads and ignores what
/// still comes, until the peer has ended its direction, too, or a limit is reached.
///
/// This is for frameworks that drop the stream themselves, at a moment of their own choosing. Put
/// it directly around the TCP stream, below TLS. A stream whose end was seen, or that is broken,
/// doesn't linger.
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
    linger: Linger,
}

impl<S> LingeringStream<S>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    /// Makes a stream linger when it is dropped.
    pub fn new(stream: S, linger: Linger) -> Self {
        Self { stream: Some(stream), over: false, linger }
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
        let Some(stream) = &mut self.stream else {
            return Poll::Ready(Err(io::ErrorKind::NotConnected.into()));
        };
        let result = ready!(act(Pin::new(stream)));
        self.over |= result.is_err();
        Poll::Ready(result)
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
        let (before, room) = (buffer.filled().len(), buffer.remaining());
        ready!(self.with(|stream| stream.poll_read(cx, buffer)))?;
        self.over |= room > 0 && buffer.filled().len() == before;
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
        self.with(|stream| stream.poll_write(cx, bytes))
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
        self.with(|stream| stream.poll_write_vectored(cx, slices))
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
        let Some(stream) = self.stream.take().filter(|_| !self.over) else { return };
        let Ok(runtime) = Handle::try_current() else { return };
        let Some(permit) = self.linger.enter() else { return };
        let limits = *self.linger.limits();
        runtime.spawn(async move {
            let _ = timeout(limits.deadline, drain(stream, limits.bytes)).await;
            drop(permit);
        });
    }
}

/// Half-closes, then reads and ignores until the end, an error, or so many bytes; returns what came
/// last.
pub(super) async fn drain<S>(mut stream: S, mut bytes: u64) -> Discarded
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    // An error here is one of the reads, too.
    let _ = poll_fn(|cx| Pin::new(&mut stream).poll_shutdown(cx)).await;
    loop {
        let discarded = poll_fn(|cx| poll_discard(&mut stream, cx)).await;
        let Discarded::Bytes(read) = discarded else { return discarded };
        bytes = bytes.saturating_sub(read as u64);
        if bytes == 0 {
            return discarded;
        }
    }
}
