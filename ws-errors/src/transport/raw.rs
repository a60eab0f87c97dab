//! A stream of which nobody wants to know any more what it says.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::answer::Tail;
use super::delivery::{Gone, Socket};

/// What was read and ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Discarded {
    /// So many bytes.
    Bytes(usize),
    /// The peer's close frame.
    Close,
    /// No further message can be read, although the stream may go on.
    // Only a library that hides its stream reads messages.
    #[cfg_attr(not(feature = "axum"), allow(dead_code))]
    Unreadable,
    /// The end of the peer's direction.
    End,
    /// The connection broke.
    Lost,
}

/// A stream that is read and ignored, until the peer's answer or its end. What is to be written are
/// bytes, where there is anything.
#[derive(Debug)]
pub(super) struct Raw<S> {
    stream: S,
    search: Search,
    unwritten: VecDeque<u8>,
    /// Whether nothing may be written any more.
    is_closed: bool,
}

/// The search for the peer's answer to our close.
#[derive(Debug)]
pub(super) struct Search {
    tail: Tail,
    /// The code that we sent.
    code: Option<u16>,
}

impl Search {
    pub(super) const fn new(code: Option<u16>) -> Self {
        Self { tail: Tail::new(), code }
    }

    /// Whether the answer will be recognised where other input comes before it.
    pub(super) const fn recognises_answer(&self) -> bool {
        self.code.is_some()
    }

    /// Reads and ignores what has come.
    pub(super) fn poll_discard<S: AsyncRead + Unpin>(
        &mut self,
        stream: &mut S,
        cx: &mut Context<'_>,
    ) -> Poll<Discarded> {
        // On the stack, and only while it reads: a socket that lingers costs no buffer.
        let mut space = [std::mem::MaybeUninit::uninit(); 8 << 10];
        let mut buffer = ReadBuf::uninit(&mut space);
        Poll::Ready(match ready!(Pin::new(stream).poll_read(cx, &mut buffer)) {
            Ok(()) if buffer.filled().is_empty() => Discarded::End,
            Ok(()) => {
                self.tail.push(buffer.filled());
                if self.tail.is_answer(self.code) {
                    Discarded::Close
                } else {
                    Discarded::Bytes(buffer.filled().len())
                }
            }
            Err(error) => of_error(&error),
        })
    }
}

impl<S> Raw<S> {
    pub(super) const fn new(stream: S, search: Search) -> Self {
        Self { stream, search, unwritten: VecDeque::new(), is_closed: false }
    }

    /// Both sides have closed already.
    #[cfg(feature = "fastwebsockets")]
    pub(super) const fn closed(mut self) -> Self {
        self.is_closed = true;
        self
    }
}

impl<S: AsyncWrite + Unpin> Raw<S> {
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        while !self.unwritten.is_empty() {
            let (bytes, _) = self.unwritten.as_slices();
            match ready!(Pin::new(&mut self.stream).poll_write(cx, bytes)) {
                Ok(written @ 1..) => drop(self.unwritten.drain(..written)),
                Ok(0) | Err(_) => return Poll::Ready(Err(Gone)),
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket for Raw<S> {
    type Message = Vec<u8>;

    fn length(message: &Vec<u8>) -> usize {
        message.len()
    }

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        if self.is_closed {
            return Poll::Ready(Err(Gone));
        }
        self.poll_write(cx)
    }

    fn start_send(&mut self, message: Vec<u8>) -> Result<(), Gone> {
        self.unwritten = message.into();
        Ok(())
    }

    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        ready!(self.poll_write(cx))?;
        Pin::new(&mut self.stream).poll_flush(cx).map_err(|_| Gone)
    }

    fn written(&mut self) {
        self.unwritten = VecDeque::new();
    }

    fn recognises_answer(&self) -> bool {
        self.search.recognises_answer()
    }

    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.stream).poll_shutdown(cx).map(drop)
    }

    fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<Discarded> {
        self.search.poll_discard(&mut self.stream, cx)
    }
}

/// Over TLS, a peer that ends its stream without saying so is reported as an unexpected end.
pub(super) fn of_error(error: &io::Error) -> Discarded {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Discarded::End,
        _ => Discarded::Lost,
    }
}
