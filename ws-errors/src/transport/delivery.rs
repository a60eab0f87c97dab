//! The delivery of a last word, whatever the library: text and close in one flush, then reading
//! until the peer has answered, then the end of the stream.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Context, Poll};

use tokio::time::timeout;

use super::discarded::Discarded;
use super::{Linger, Outcome};

/// What a delivery needs of a library's socket.
pub(super) trait Socket {
    /// A message of the library.
    type Message;

    /// Waits until a message can be taken.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>>;

    /// Takes a message, which needn't be written yet.
    fn start_send(&mut self, message: Self::Message) -> Result<(), Gone>;

    /// Writes what was taken.
    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>>;

    /// Ends our direction of the stream, where the library gives access to it.
    fn poll_half_close(&mut self, cx: &mut Context<'_>) -> Poll<()>;

    /// Reads and ignores: messages, and the raw stream after [`Discarded::Close`] and
    /// [`Discarded::Unreadable`].
    fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<Discarded>;
}

/// Nothing can be sent any more: the peer has closed, or the connection is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gone;

/// Sends the messages, the last of which closes, and waits until the peer has seen them.
pub(super) async fn deliver<S: Socket>(
    socket: S,
    messages: impl IntoIterator<Item = S::Message>,
    linger: &Linger,
) -> Outcome {
    let mut delivery = Delivery {
        socket,
        messages: messages.into_iter().collect(),
        writing: Writing::Messages,
        reading: Reading::Messages,
        acknowledged: false,
        gone: false,
        bytes: linger.limits().bytes,
    };
    let Some(_permit) = linger.enter() else {
        return delivery.without_waiting().await;
    };
    let in_time = timeout(linger.limits().deadline, poll_fn(|cx| delivery.poll(cx))).await.is_ok();
    delivery.outcome(in_time)
}

struct Delivery<S: Socket> {
    socket: S,
    messages: VecDeque<S::Message>,
    writing: Writing,
    reading: Reading,
    /// Whether the peer's close frame was read.
    acknowledged: bool,
    /// Whether something could not be sent.
    gone: bool,
    /// How many more bytes may be read.
    bytes: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Messages,
    Flush,
    /// All is written; our direction stays open until the peer has closed.
    Open,
    HalfClose,
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    Messages,
    /// After the peer's close.
    Rest,
    /// After something that can't be read as messages.
    RestUnread,
    /// To the end; whether the end came after [`Self::RestUnread`].
    Ended {
        unread: bool,
    },
    Lost,
    Flooded,
    Hidden,
}

impl<S: Socket> Delivery<S> {
    /// Writes and reads at the same time: a peer that writes before it reads would block a writer
    /// that doesn't read.
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let written = self.poll_write(cx).is_ready();
            match self.reading {
                Reading::Lost | Reading::Flooded => return Poll::Ready(()),
                Reading::Ended { .. } | Reading::Hidden if written => return Poll::Ready(()),
                Reading::Ended { .. } | Reading::Hidden => return Poll::Pending,
                Reading::Messages | Reading::Rest | Reading::RestUnread => {}
            }
            let Poll::Ready(discarded) = self.socket.poll_discard(cx) else {
                return Poll::Pending;
            };
            self.reading = match discarded {
                Discarded::Bytes(bytes) => {
                    self.bytes = self.bytes.saturating_sub(bytes as u64);
                    if self.bytes > 0 { self.reading } else { Reading::Flooded }
                }
                Discarded::Close => {
                    self.acknowledged = true;
                    Reading::Rest
                }
                Discarded::Unreadable => Reading::RestUnread,
                Discarded::End => Reading::Ended { unread: self.reading == Reading::RestUnread },
                Discarded::Lost => Reading::Lost,
                Discarded::Hidden => Reading::Hidden,
            };
        }
    }

    /// A message that can't be sent any more doesn't end it: the library may still have to answer
    /// the peer's close, and that answer can be lost like any other last word.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            self.writing = match self.writing {
                Writing::Messages if self.messages.is_empty() => Writing::Flush,
                Writing::Messages => {
                    let sent = match self.socket.poll_ready(cx) {
                        Poll::Pending => return Poll::Pending,
                        Poll::Ready(Ok(())) => self
                            .messages
                            .pop_front()
                            .map_or(Ok(()), |message| self.socket.start_send(message)),
                        Poll::Ready(Err(gone)) => Err(gone),
                    };
                    if sent.is_err() {
                        self.gone = true;
                        self.messages.clear();
                    }
                    Writing::Messages
                }
                Writing::Flush => match self.socket.poll_flush(cx) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(flushed) => {
                        self.gone |= flushed.is_err();
                        Writing::Open
                    }
                },
                Writing::Open if self.reading == Reading::Messages => return Poll::Ready(()),
                Writing::Open => Writing::HalfClose,
                Writing::HalfClose => match self.socket.poll_half_close(cx) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(()) => Writing::Done,
                },
                Writing::Done => return Poll::Ready(()),
            };
        }
    }

    /// Writes what can be written at once.
    async fn without_waiting(mut self) -> Outcome {
        poll_fn(|cx| {
            let _ = self.poll_write(cx);
            Poll::Ready(())
        })
        .await;
        if self.gone { Outcome::PeerGone } else { Outcome::NotAwaited }
    }

    fn outcome(&self, in_time: bool) -> Outcome {
        match self.reading {
            _ if self.gone => Outcome::PeerGone,
            _ if self.acknowledged => Outcome::Acknowledged,
            _ if !in_time => Outcome::TimedOut,
            Reading::Flooded => Outcome::Flooded,
            Reading::Hidden => Outcome::NotAwaited,
            Reading::Ended { unread: true } => Outcome::Drained,
            _ => Outcome::PeerGone,
        }
    }
}
