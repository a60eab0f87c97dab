//! The delivery of a last word, whatever the library: text and close in one flush, then reading
//! until the peer has answered or nothing comes any more, and then the end of our direction.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker, ready};

use tokio::io::AsyncWrite;
use tokio::time::{Instant, sleep_until};

use super::connection::{Connection, find_below};
use super::library::count;
use super::place::Place;
use super::raw::Discarded;
use super::{Limits, Linger, Outcome, Unanswered};

/// What a delivery needs of a library's socket.
pub(super) trait Socket {
    /// A message of the library.
    type Message;

    /// Whether the library hides the stream: then messages are all that can be read, and our
    /// direction ends when the socket is dropped.
    const HIDES_STREAM: bool = false;

    /// The bytes of a message.
    fn length(message: &Self::Message) -> usize;

    /// Waits until a message can be taken.
    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>>;

    /// Takes a message, which needn't be written yet.
    fn start_send(&mut self, message: Self::Message) -> Result<(), Gone>;

    /// Writes what was taken.
    fn poll_flush(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>>;

    /// Everything is written, and nothing more will be.
    fn written(&mut self) {}

    /// Whether the peer's answer will be recognised in the raw stream.
    fn recognises_answer(&self) -> bool {
        false
    }

    /// Ends our direction of the stream.
    fn poll_end(&mut self, cx: &mut Context<'_>) -> Poll<()>;

    /// Reads and ignores: the raw stream, or messages where it is hidden.
    fn poll_discard(&mut self, cx: &mut Context<'_>) -> Poll<Discarded>;
}

/// Nothing can be sent any more: the peer has closed, or the connection is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gone;

/// How the waiting for an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    Acknowledged,
    Drained,
    Unanswered(Unanswered),
}

/// So many bytes before a close are followed by a moment. Chromium hands large messages to its page bit by
/// bit, and drops those that are not whole when it has read the close: of 256 KiB it was one in a thousand
/// (<https://github.com/websockets/ws/issues/678>).
const LARGE: usize = 32 << 10;

/// Sends the messages, the last of which closes, and waits until the peer has seen them.
///
/// `below` is our own stream under this socket, where there is one.
pub(super) async fn deliver<S: Socket>(
    socket: S,
    messages: VecDeque<S::Message>,
    linger: &Linger,
    below: Option<Arc<Connection>>,
) -> Outcome {
    let place = match &below {
        Some(below) => below.place(linger),
        None => Place::take(linger, None).map(Arc::new),
    };
    let mut delivery = Delivery::new(socket, messages);
    let ended = match place {
        Some(place) => delivery.run(&place, below.as_deref()).await,
        None => delivery.without_waiting().await,
    };
    let (refused, is_written) = (delivery.refused, delivery.is_written());
    let is_left = S::HIDES_STREAM && delivery.writing == Writing::Done;
    let report = below.and_then(|below| {
        if is_left {
            Some(below.leave_to_stream(refused || ended == Ended::Acknowledged))
        } else {
            below.finish();
            None
        }
    });
    // This drops the socket, and our own stream below it does what is left.
    drop(delivery);
    let ended = match (ended, report) {
        (Ended::Unanswered(_), Some(report)) if !refused => report.await.unwrap_or(ended),
        _ => ended,
    };
    count(match ended {
        _ if refused => Outcome::Refused(Unanswered::Gone),
        Ended::Unanswered(why) if !is_written => Outcome::Refused(why),
        Ended::Acknowledged => Outcome::Acknowledged,
        Ended::Drained => Outcome::Drained,
        Ended::Unanswered(why) => Outcome::HandedOver(why),
    })
}

/// Our own stream, where that is what lies below.
pub(super) fn below<S: AsyncWrite + Unpin>(stream: &mut S) -> Option<Arc<Connection>> {
    let mut cx = Context::from_waker(Waker::noop());
    find_below(|| Pin::new(stream).poll_flush(&mut cx)).1
}

pub(super) struct Delivery<S: Socket> {
    socket: S,
    messages: VecDeque<S::Message>,
    writing: Writing,
    reading: Reading,
    /// Whether something could not be sent.
    refused: bool,
    /// Whether a moment is to pass before the close.
    pauses: bool,
    /// When something was last read, or all was written.
    moved: Instant,
    /// When something was last seen to go on, in either direction.
    progressed: Instant,
    /// How much our own stream below had written by then.
    written: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Messages,
    /// All but the close.
    FlushBeforeClose,
    /// Since then the peer has had time for what comes before the close.
    Pause(Instant),
    Flush,
    /// All is written; our direction stays open until the peer has answered, or is quiet.
    Open,
    End,
    Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// The peer's close will be read as a message.
    Messages,
    /// The peer's close may not be recognised.
    Raw,
    /// Nothing came for a while.
    Quiet,
    /// The peer's close was read.
    Closed,
    Over(Ended),
}

impl<S: Socket> Delivery<S> {
    pub(super) fn new(socket: S, messages: VecDeque<S::Message>) -> Self {
        let now = Instant::now();
        let before_close = messages.iter().rev().skip(1).map(S::length).sum::<usize>();
        let reading = if S::HIDES_STREAM { Reading::Messages } else { Reading::Raw };
        Self {
            socket,
            messages,
            writing: Writing::Messages,
            reading,
            refused: false,
            pauses: before_close >= LARGE,
            moved: now,
            progressed: now,
            written: 0,
        }
    }

    /// The peer's close was read before.
    pub(super) fn answered(mut self) -> Self {
        self.reading = Reading::Closed;
        self
    }

    const fn is_written(&self) -> bool {
        matches!(self.writing, Writing::Open | Writing::End | Writing::Done)
    }

    pub(super) async fn run(&mut self, place: &Place, below: Option<&Connection>) -> Ended {
        let limits = place.linger().limits();
        self.written = below.map_or(0, Connection::written);
        let mut gives_way = pin!(place.gives_way());
        let mut alarm = pin!(sleep_until(place.deadline));
        poll_fn(|cx| {
            loop {
                if let Poll::Ready(ended) = self.poll(cx, place) {
                    return Poll::Ready(ended);
                }
                self.note_written(below);
                if gives_way.as_mut().poll(cx).is_ready() {
                    return Poll::Ready(self.cut_off(Unanswered::GaveWay));
                }
                let (at, due) = self.due(limits, place.deadline);
                if at > Instant::now() {
                    if at < alarm.deadline() || alarm.is_elapsed() {
                        alarm.as_mut().reset(at);
                    }
                    ready!(alarm.as_mut().poll(cx));
                } else {
                    match due {
                        Due::Close => self.writing = Writing::Messages,
                        Due::Quiet => self.reading = Reading::Quiet,
                        Due::Stalled => return Poll::Ready(self.cut_off(Unanswered::Stalled)),
                        Due::Deadline => return Poll::Ready(self.cut_off(Unanswered::Deadline)),
                    }
                }
            }
        })
        .await
    }

    /// Writes and reads at the same time: a peer that writes before it reads would block a writer
    /// that doesn't read.
    fn poll(&mut self, cx: &mut Context<'_>, place: &Place) -> Poll<Ended> {
        loop {
            let written = self.poll_write(cx).is_ready();
            if let Reading::Over(ended) = self.reading {
                return if written { Poll::Ready(ended) } else { Poll::Pending };
            }
            let Poll::Ready(discarded) = self.socket.poll_discard(cx) else {
                // Our own stream below may have read and ignored by itself.
                if place.is_spent() {
                    return Poll::Ready(self.cut_off(Unanswered::Flooded));
                }
                return Poll::Pending;
            };
            match discarded {
                Discarded::Bytes(bytes) => {
                    self.moved = Instant::now();
                    self.progressed = self.moved;
                    if !place.discard(bytes) {
                        return Poll::Ready(self.cut_off(Unanswered::Flooded));
                    }
                }
                Discarded::Close => self.reading = Reading::Closed,
                Discarded::Unreadable if self.reading == Reading::Messages => {
                    self.reading = Reading::Raw;
                }
                Discarded::Unreadable => return Poll::Pending,
                Discarded::End => {
                    self.reading = Reading::Over(match self.reading {
                        Reading::Closed => Ended::Acknowledged,
                        _ if self.writing == Writing::Done => Ended::Drained,
                        _ => Ended::Unanswered(Unanswered::Gone),
                    });
                }
                Discarded::Lost => return Poll::Ready(self.cut_off(Unanswered::Gone)),
            }
        }
    }

    /// A message that can't be sent any more doesn't end it: the library may still have to answer
    /// the peer's close, and that answer can be lost like any other last word.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            self.writing = match self.writing {
                Writing::Messages if self.messages.is_empty() => Writing::Flush,
                Writing::Messages if self.pauses && self.messages.len() == 1 => {
                    Writing::FlushBeforeClose
                }
                Writing::Messages => {
                    let sent = match ready!(self.socket.poll_ready(cx)) {
                        Ok(()) => self
                            .messages
                            .pop_front()
                            .map_or(Ok(()), |message| self.socket.start_send(message)),
                        Err(gone) => Err(gone),
                    };
                    if sent.is_err() {
                        self.refused = true;
                        self.messages.clear();
                    }
                    Writing::Messages
                }
                Writing::FlushBeforeClose => {
                    self.refused |= ready!(self.socket.poll_flush(cx)).is_err();
                    self.pauses = false;
                    self.progressed = Instant::now();
                    Writing::Pause(self.progressed)
                }
                // Nobody is left who could be given time.
                Writing::Pause(_)
                    if self.refused
                        || matches!(self.reading, Reading::Closed | Reading::Over(_)) =>
                {
                    Writing::Messages
                }
                Writing::Pause(_) => return Poll::Pending,
                Writing::Flush => {
                    self.refused |= ready!(self.socket.poll_flush(cx)).is_err();
                    self.socket.written();
                    self.moved = Instant::now();
                    self.progressed = self.moved;
                    Writing::Open
                }
                Writing::Open if self.may_end() => Writing::End,
                Writing::Open | Writing::Done => return Poll::Ready(()),
                Writing::End => {
                    ready!(self.socket.poll_end(cx));
                    if S::HIDES_STREAM {
                        self.reading = Reading::Over(self.cut_off(Unanswered::Hidden));
                    }
                    Writing::Done
                }
            };
        }
    }

    /// Never before what the peer still sends is drained: a proxy takes our end for the end of both
    /// directions.
    const fn may_end(&self) -> bool {
        match self.reading {
            Reading::Closed | Reading::Quiet => true,
            // Then both have closed.
            _ if self.refused => true,
            // What is below drains.
            Reading::Raw => S::HIDES_STREAM,
            Reading::Messages | Reading::Over(_) => false,
        }
    }

    /// What happens next if nothing else does.
    fn due(&self, limits: &Limits, deadline: Instant) -> (Instant, Due) {
        let stalled = self.progressed + limits.stall;
        if let Writing::Pause(since) = self.writing
            && since + limits.quiet < stalled.min(deadline)
        {
            return (since + limits.quiet, Due::Close);
        }
        let quiet = match (self.writing, self.reading) {
            (Writing::Open, Reading::Raw) if self.socket.recognises_answer() => {
                self.moved + limits.answer
            }
            (Writing::Open, Reading::Raw) => self.moved + limits.quiet,
            _ => deadline,
        };
        if quiet < stalled && quiet < deadline {
            (quiet, Due::Quiet)
        } else if stalled < deadline {
            (stalled, Due::Stalled)
        } else {
            (deadline, Due::Deadline)
        }
    }

    /// Notes that writing goes on, as far as that can be seen.
    fn note_written(&mut self, below: Option<&Connection>) {
        let written = below.map_or(0, Connection::written);
        if written != self.written {
            self.written = written;
            self.progressed = Instant::now();
        }
    }

    fn cut_off(&self, why: Unanswered) -> Ended {
        match self.reading {
            Reading::Closed => Ended::Acknowledged,
            _ => Ended::Unanswered(why),
        }
    }

    /// Writes what can be written at once.
    async fn without_waiting(&mut self) -> Ended {
        self.pauses = false;
        poll_fn(|cx| {
            let _ = self.poll_write(cx);
            Poll::Ready(())
        })
        .await;
        Ended::Unanswered(Unanswered::GaveWay)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Close,
    Quiet,
    Stalled,
    Deadline,
}
