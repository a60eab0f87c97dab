//! A task that writes, behind a channel: how most servers are built.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{self, OwnedPermit, Receiver, Sender};
use tokio::sync::watch;

use super::connection::Connection;
use super::{Linger, Outcome};
use crate::{Frame, Output};

/// How many messages wait in each direction, before whoever sends has to wait.
const QUEUE: usize = 32;

/// What sends, of a socket that was split. Clones send on the same connection.
///
/// A task of its own owns the socket. It writes what is sent here, in this order, and hands over to
/// the [`Inbox`] what it reads. So everybody who has an outbox can close: whoever reads, whoever
/// writes, and whoever watches a timer or another connection. All that was sent before an [`Output`]
/// that closes is written first, and then the connection lingers until the peer has seen it.
///
/// When the last outbox and the inbox are dropped, the connection is closed without a status.
#[derive(Debug)]
pub struct Outbox<M> {
    queue: Sender<M>,
    closing: Sender<Output>,
    /// Whether somebody has closed, which the task needn't know yet.
    is_closing: Arc<AtomicBool>,
    over: watch::Receiver<Over>,
}

impl<M> Clone for Outbox<M> {
    fn clone(&self) -> Self {
        Self {
            queue: self.queue.clone(),
            closing: self.closing.clone(),
            is_closing: Arc::clone(&self.is_closing),
            over: self.over.clone(),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Over {
    NotYet,
    /// The peer has ended it, or we have, with this outcome.
    Now(Option<Outcome>),
}

/// The connection is closed, or about to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is closed")
    }
}

impl std::error::Error for Closed {}

/// Why a message could not be queued at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotQueued<M> {
    /// The peer is slow to read, and the queue is full; here is the message.
    Full(M),
    /// The connection is closed, or about to be.
    Closed,
}

impl<M> fmt::Display for NotQueued<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full(_) => f.write_str("the queue of what is to be sent is full"),
            Self::Closed => Closed.fmt(f),
        }
    }
}

impl<M: fmt::Debug> std::error::Error for NotQueued<M> {}

impl<M> Outbox<M> {
    /// Sends a message of your own. It waits while the queue is full.
    ///
    /// # Errors
    /// Returns [`Closed`] where the connection is closed, or about to be.
    pub async fn send(&self, message: impl Into<M>) -> Result<(), Closed> {
        if self.is_closing() {
            return Err(Closed);
        }
        self.queue.send(message.into()).await.map_err(|_| Closed)
    }

    /// Sends a message of your own where the queue has room for it: for peers that may be too slow.
    ///
    /// # Errors
    /// Gives the message back where the queue is full.
    pub fn try_send(&self, message: impl Into<M>) -> Result<(), NotQueued<M>> {
        if self.is_closing() {
            return Err(NotQueued::Closed);
        }
        self.queue.try_send(message.into()).map_err(|error| match error {
            TrySendError::Full(message) => NotQueued::Full(message),
            TrySendError::Closed(_) => NotQueued::Closed,
        })
    }

    /// Sends what an error has to say, and closes where it says so; then nothing that is sent later is
    /// written. A close never waits for room in the queue.
    ///
    /// # Errors
    /// Returns [`Closed`] where the connection is closed, or about to be.
    pub async fn deliver(&self, output: Output) -> Result<(), Closed>
    where
        M: From<Frame>,
    {
        if output.close.is_some() {
            if self.is_closing.swap(true, Ordering::AcqRel) {
                return Err(Closed);
            }
            return self.closing.try_send(output).map_err(|_| Closed);
        }
        match output.frame {
            Some(frame) => self.send(frame).await,
            None => Ok(()),
        }
    }

    fn is_closing(&self) -> bool {
        self.is_closing.load(Ordering::Acquire)
    }

    /// Waits until the connection is over, and returns what came of its last word; `None` where the
    /// peer has closed, or is gone, before there was one.
    pub async fn closed(&self) -> Option<Outcome> {
        let mut over = self.over.clone();
        let over = over.wait_for(|over| matches!(over, Over::Now(_))).await;
        match over.as_deref() {
            Ok(Over::Now(outcome)) => *outcome,
            // The task was cut off with its runtime.
            Ok(Over::NotYet) | Err(_) => None,
        }
    }
}

/// What receives, of a socket that was split.
#[derive(Debug)]
pub struct Inbox<M, E>(Receiver<Result<M, E>>);

impl<M, E> Inbox<M, E> {
    /// The next message, or why none can be read any more; `None` when the connection is closed, from
    /// either side. It may be cancelled, and loses nothing.
    pub async fn recv(&mut self) -> Option<Result<M, E>> {
        self.0.recv().await
    }
}

impl<M, E> Stream for Inbox<M, E> {
    type Item = Result<M, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(cx)
    }
}

/// Splits a socket; `close` sends what was queued, then the output, and closes.
pub(super) fn spawn<S, M, E, C>(
    socket: S,
    going_away: Output,
    linger: &Linger,
    below: Option<Arc<Connection>>,
    close: impl FnOnce(S, VecDeque<M>, Output, Linger) -> C + Send + 'static,
) -> (Outbox<M>, Inbox<M, E>)
where
    S: Sink<M> + Stream<Item = Result<M, E>> + Unpin + Send + 'static,
    M: Send + 'static,
    E: Send + 'static,
    C: Future<Output = Outcome> + Send,
{
    let (queue, queued) = mpsc::channel(QUEUE);
    let (closing, closed) = mpsc::channel(1);
    let (inbox, received) = mpsc::channel(QUEUE);
    let (over, is_over) = watch::channel(Over::NotYet);
    let unread = inbox.clone();
    let mut writer = Writer {
        socket,
        inbox_dropped: Some(Box::pin(async move { unread.closed().await })),
        queued,
        closing: Some(closed),
        next: None,
        is_flushed: true,
        reading: Reading::Waits(inbox),
        peer_closed: false,
    };
    let (guard, linger) = (linger.guard(), linger.clone());
    tokio::spawn(async move {
        let output = writer.run(&linger, going_away).await;
        let peer_closed = writer.peer_closed;
        let (socket, messages) = writer.finish();
        let outcome = match output {
            Some(output) => {
                drop(below);
                Some(close(socket, messages, output, linger).await)
            }
            None => {
                // What is below may not see it, under TLS: then it needn't wait for a quiet moment.
                if let Some(below) = below.filter(|_| peer_closed) {
                    drop(below.leave_to_stream(true));
                }
                None
            }
        };
        over.send_replace(Over::Now(outcome));
        drop(guard);
    });
    (Outbox { queue, closing, is_closing: Arc::default(), over: is_over }, Inbox(received))
}

struct Writer<S, M, E> {
    socket: S,
    queued: Receiver<M>,
    /// Until nobody is left who could close.
    closing: Option<Receiver<Output>>,
    /// What is written next.
    next: Option<M>,
    is_flushed: bool,
    reading: Reading<M, E>,
    /// Whether the library has nothing more to read, because both sides have closed.
    peer_closed: bool,
    /// Until nobody is left who reads.
    inbox_dropped: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

type Room<M, E> = Result<OwnedPermit<Result<M, E>>, mpsc::error::SendError<()>>;

enum Reading<M, E> {
    /// For room in the inbox, which hasn't been looked for.
    Waits(Sender<Result<M, E>>),
    /// For room in an inbox that was full.
    WaitsLong(Pin<Box<dyn Future<Output = Room<M, E>> + Send>>),
    /// For a message.
    Next(OwnedPermit<Result<M, E>>),
    /// Nobody wants to know; but closes and pings have to be answered.
    Ignores,
    /// Nothing can be read any more, after an error.
    Broken,
}

impl<S, M, E> Writer<S, M, E>
where
    S: Sink<M> + Stream<Item = Result<M, E>> + Unpin,
    M: Send + 'static,
    E: Send + 'static,
{
    /// Writes and reads until the connection is to be closed; with what, where the peer hasn't.
    async fn run(&mut self, linger: &Linger, going_away: Output) -> Option<Output> {
        let mut stopping = pin!(linger.stopping());
        let mut going_away = Some(going_away);
        poll_fn(|cx| {
            if stopping.as_mut().poll(cx).is_ready() {
                return Poll::Ready(going_away.take());
            }
            if let Some(closing) = &mut self.closing {
                match closing.poll_recv(cx) {
                    Poll::Ready(Some(output)) => return Poll::Ready(Some(output)),
                    Poll::Ready(None) => self.closing = None,
                    Poll::Pending => {}
                }
            }
            if let Some(dropped) = &mut self.inbox_dropped
                && dropped.as_mut().poll(cx).is_ready()
            {
                self.inbox_dropped = None;
                self.reading = Reading::Ignores;
            }
            if self.poll_write(cx).is_err() || self.poll_read(cx).is_ready() {
                return Poll::Ready(None);
            }
            if self.closing.is_none() && self.inbox_dropped.is_none() {
                return Poll::Ready(Some(Output::default()));
            }
            Poll::Pending
        })
        .await
    }

    /// Writes what can be written; fails where the peer is gone.
    fn poll_write(&mut self, cx: &mut Context<'_>) -> Result<(), S::Error> {
        loop {
            if self.next.is_none()
                && let Poll::Ready(Some(message)) = self.queued.poll_recv(cx)
            {
                self.next = Some(message);
            }
            let Some(message) = self.next.take() else { break };
            match self.socket.poll_ready_unpin(cx) {
                Poll::Ready(ready) => ready?,
                Poll::Pending => {
                    self.next = Some(message);
                    return Ok(());
                }
            }
            self.socket.start_send_unpin(message)?;
            self.is_flushed = false;
        }
        if !self.is_flushed
            && let Poll::Ready(flushed) = self.socket.poll_flush_unpin(cx)
        {
            flushed?;
            self.is_flushed = true;
        }
        Ok(())
    }

    /// Reads while there is room for it; ready when the peer has closed.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            let permit = match std::mem::replace(&mut self.reading, Reading::Ignores) {
                Reading::Waits(inbox) => {
                    self.reading = match inbox.try_reserve_owned() {
                        Ok(permit) => Reading::Next(permit),
                        Err(TrySendError::Full(inbox)) => {
                            Reading::WaitsLong(Box::pin(inbox.reserve_owned()))
                        }
                        Err(TrySendError::Closed(_)) => Reading::Ignores,
                    };
                    continue;
                }
                Reading::WaitsLong(mut room) => match room.as_mut().poll(cx) {
                    Poll::Ready(Ok(permit)) => Some(permit),
                    Poll::Ready(Err(_)) => None,
                    Poll::Pending => {
                        self.reading = Reading::WaitsLong(room);
                        return Poll::Pending;
                    }
                },
                Reading::Next(permit) => Some(permit),
                Reading::Ignores => None,
                Reading::Broken => {
                    self.reading = Reading::Broken;
                    return Poll::Pending;
                }
            };
            let Poll::Ready(read) = self.socket.poll_next_unpin(cx) else {
                self.reading = permit.map_or(Reading::Ignores, Reading::Next);
                return Poll::Pending;
            };
            let Some(read) = read else {
                self.peer_closed = true;
                return Poll::Ready(());
            };
            let is_broken = read.is_err();
            let inbox = permit.map(|permit| permit.send(read));
            self.reading = match inbox {
                // The inbox ends here. Whoever has an outbox may still have a last word about it.
                _ if is_broken => {
                    self.inbox_dropped = None;
                    Reading::Broken
                }
                Some(inbox) => Reading::Waits(inbox),
                None => Reading::Ignores,
            };
        }
    }

    /// The socket, and what is still to be written.
    fn finish(self) -> (S, VecDeque<M>) {
        let Self { socket, mut queued, next, .. } = self;
        queued.close();
        let mut messages: VecDeque<M> = next.into_iter().collect();
        while let Ok(message) = queued.try_recv() {
            messages.push_back(message);
        }
        (socket, messages)
    }
}
