//! A task that writes, behind a channel: how most servers are built.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use tokio::sync::mpsc::error::{SendError, TrySendError};
use tokio::sync::mpsc::{self, OwnedPermit, Receiver, Sender};
use tokio::sync::{oneshot, watch};
use tokio::time::{Sleep, sleep};

use super::connection::Connection;
use super::outbox::Over;
use super::{Inbox, Linger, Outbox, Outcome};
use crate::Output;

/// How many messages wait in each direction, before whoever sends has to wait.
const QUEUE: usize = 32;

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
    let (_reader, reader) = oneshot::channel();
    let (over, is_over) = watch::channel(Over::NotYet);
    let is_closing = Arc::default();
    let mut writer = Writer {
        socket,
        queued,
        closing: Some(closed),
        is_closing: Arc::clone(&is_closing),
        next: None,
        is_flushed: true,
        reading: Reading::Waits(inbox),
        reader: Some(reader),
        patience: linger.limits().stall,
    };
    let (guard, linger) = (linger.guard(), linger.clone());
    tokio::spawn(async move {
        let end = writer.run(&linger).await;
        let has_closed = matches!(end, End::Closed);
        let (output, is_last_word) = match end {
            End::Close(output) => (Some(output), true),
            // Nobody can close from here on, and who has before is heard.
            end => match (end, writer.asked().await) {
                (End::Stop | End::Abandoned, Some(output)) => (Some(output), true),
                (End::Stop, None) => (Some(going_away), true),
                (End::Abandoned, None) => (Some(Output::default()), false),
                _ => (None, false),
            },
        };
        let (socket, messages) = writer.finish();
        let outcome = match output {
            Some(output) => {
                drop(below);
                Some(close(socket, messages, output, linger).await).filter(|_| is_last_word)
            }
            None => {
                // What is below may not see it, under TLS: then it needn't wait for a quiet moment.
                if let Some(below) = below.filter(|_| has_closed) {
                    drop(below.leave_to_stream(true));
                }
                None
            }
        };
        over.send_replace(Over::Now(outcome));
        drop(guard);
    });
    (Outbox { queue, closing, is_closing, over: is_over }, Inbox { received, _reader })
}

struct Writer<S, M, E> {
    socket: S,
    queued: Receiver<M>,
    /// Until nobody is left who could close.
    closing: Option<Receiver<Output>>,
    /// Whether somebody has closed.
    is_closing: Arc<AtomicBool>,
    /// What is written next.
    next: Option<M>,
    is_flushed: bool,
    reading: Reading<M, E>,
    /// Until nobody is left who reads.
    reader: Option<oneshot::Receiver<Infallible>>,
    /// How long a last word may take when nothing can be read any more.
    patience: Duration,
}

/// How the writing and reading ended.
enum End {
    /// Somebody closes with this.
    Close(Output),
    /// The server stops.
    Stop,
    /// Nobody is left who could close, or who would know that it is time.
    Abandoned,
    /// Both sides have closed, and the peer began.
    Closed,
    /// Nothing can be written any more.
    Gone,
}

type Room<M, E> = Result<OwnedPermit<Result<M, E>>, SendError<()>>;

enum Reading<M, E> {
    /// For room in the inbox, which hasn't been looked for.
    Waits(Sender<Result<M, E>>),
    /// For room in an inbox that was full.
    WaitsLong(Pin<Box<dyn Future<Output = Room<M, E>> + Send>>),
    /// For a message.
    Next(OwnedPermit<Result<M, E>>),
    /// Nobody wants to know; but closes and pings have to be answered.
    Ignores,
    /// Nothing can be read any more, after an error. Whoever has an outbox may still have a last word
    /// about it, until this is over.
    Broken(Pin<Box<Sleep>>),
}

impl<S, M, E> Writer<S, M, E>
where
    S: Sink<M> + Stream<Item = Result<M, E>> + Unpin,
    M: Send + 'static,
    E: Send + 'static,
{
    /// Writes and reads until the connection is to be closed, or is.
    async fn run(&mut self, linger: &Linger) -> End {
        let mut stopping = pin!(linger.stopping());
        poll_fn(|cx| {
            if let Some(closing) = &mut self.closing {
                match closing.poll_recv(cx) {
                    Poll::Ready(Some(output)) => return Poll::Ready(End::Close(output)),
                    Poll::Ready(None) => self.closing = None,
                    Poll::Pending => {}
                }
            }
            if stopping.as_mut().poll(cx).is_ready() {
                return Poll::Ready(End::Stop);
            }
            if let Some(reader) = &mut self.reader
                && Pin::new(reader).poll(cx).is_ready()
            {
                self.reader = None;
                if !matches!(self.reading, Reading::Broken(_)) {
                    self.reading = Reading::Ignores;
                }
            }
            if self.poll_write(cx).is_err() {
                return Poll::Ready(End::Gone);
            }
            let read = self.poll_read(cx);
            if self.closing.is_none() && self.reader.is_none() {
                return Poll::Ready(End::Abandoned);
            }
            read
        })
        .await
    }

    /// What somebody has closed with meanwhile.
    async fn asked(&mut self) -> Option<Output> {
        match (self.is_closing.swap(true, Ordering::AcqRel), &mut self.closing) {
            (true, Some(closing)) => closing.recv().await,
            _ => None,
        }
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

    /// Reads while there is room for it, and until the peer has closed.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<End> {
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
                Reading::Broken(mut patience) => {
                    let is_over = self.reader.is_none() || patience.as_mut().poll(cx).is_ready();
                    self.reading = Reading::Broken(patience);
                    return if is_over { Poll::Ready(End::Abandoned) } else { Poll::Pending };
                }
            };
            let Poll::Ready(read) = self.socket.poll_next_unpin(cx) else {
                self.reading = permit.map_or(Reading::Ignores, Reading::Next);
                return Poll::Pending;
            };
            let Some(read) = read else { return Poll::Ready(End::Closed) };
            let is_broken = read.is_err();
            let inbox = permit.map(|permit| permit.send(read));
            self.reading = match inbox {
                // The inbox ends here.
                _ if is_broken => Reading::Broken(Box::pin(sleep(self.patience))),
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
