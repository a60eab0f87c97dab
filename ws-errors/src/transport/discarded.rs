//! Reading what nobody wants to know any more.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

/// What was read and ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Which of them there are depends on the libraries that are on.
#[allow(dead_code)]
pub(super) enum Discarded {
    /// So many bytes.
    Bytes(usize),
    /// The peer's close frame.
    Close,
    /// No further message can be read, although the stream may go on.
    Unreadable,
    /// The end of the peer's direction.
    End,
    /// The connection broke.
    Lost,
    /// Nothing more can be read, because the library hides the stream.
    Hidden,
}

/// Reads and ignores what has come.
pub(super) fn poll_discard<S: AsyncRead + Unpin>(
    stream: &mut S,
    cx: &mut Context<'_>,
) -> Poll<Discarded> {
    // On the stack, and only while it reads: a socket that lingers costs no buffer.
    let mut space = [std::mem::MaybeUninit::uninit(); 8 << 10];
    let mut buffer = ReadBuf::uninit(&mut space);
    Poll::Ready(match ready!(Pin::new(stream).poll_read(cx, &mut buffer)) {
        Ok(()) if buffer.filled().is_empty() => Discarded::End,
        Ok(()) => Discarded::Bytes(buffer.filled().len()),
        Err(error) => of_error(&error),
    })
}

/// Over TLS, a peer that ends its stream without saying so is reported as an unexpected end.
pub(super) fn of_error(error: &io::Error) -> Discarded {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Discarded::End,
        _ => Discarded::Lost,
    }
}
