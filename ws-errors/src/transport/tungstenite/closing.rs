//! A socket that closes.

use std::task::{Context, Poll};

use futures_util::SinkExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};

use super::super::delivery::{Gone, Socket};
use super::super::raw::{Discarded, Raw, Search};

/// Messages are for writing only: what still comes is read from the stream below, so that nothing of
/// it is assembled, and a message that can't be read changes nothing.
// One for each socket that closes, on its own task: a box would cost more.
#[allow(clippy::large_enum_variant)]
pub(super) enum Closing<S> {
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

    fn length(message: &Message) -> usize {
        message.len()
    }

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
