//! The two ends of a socket that was split, as an application has them.

use std::convert::Infallible;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use futures_util::Stream;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::sync::{oneshot, watch};

use super::Outcome;
use crate::{Frame, Output};

/// The sending side of a socket that was split. Clones send on the same connection.
///
/// A task of its own owns the socket. It writes what is sent here, in this order, and hands over to
/// the [`Inbox`] what it reads. So everybody who has an outbox can close: whoever reads, whoever
/// writes, and whoever watches a timer or another connection. All that was sent before an [`Output`]
/// that closes is written first, and then the connection lingers until the peer has seen it.
///
/// The connection is closed without a status when nobody is left who could close it: when the last
/// outbox and the inbox are dropped. After an error of the inbox it is enough that the inbox is
/// dropped, or that nobody has closed for as long as [`Limits::stall`](super::Limits::stall): whoever
/// else has an outbox needn't know that the peer is gone.
#[derive(Debug)]
pub struct Outbox<M> {
    pub(super) queue: Sender<M>,
    pub(super) closing: Sender<Output>,
    /// Whether somebody has closed, which the task needn't know yet.
    pub(super) is_closing: Arc<AtomicBool>,
    pub(super) over: watch::Receiver<Over>,
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
pub(super) enum Over {
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

/// The reason why a message could not be queued at once.
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

    /// Waits until the connection is over, and returns what came of its last word; `None` where there
    /// was none: the peer had closed, or was gone, or nobody had anything to say.
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

/// The receiving side of a socket that was split.
#[derive(Debug)]
pub struct Inbox<M, E> {
    pub(super) received: Receiver<Result<M, E>>,
    /// The task sees when this is dropped.
    pub(super) _reader: oneshot::Sender<Infallible>,
}

impl<M, E> Inbox<M, E> {
    /// The next message, or why none can be read any more; `None` when the connection is closed, from
    /// either side. It may be cancelled, and loses nothing.
    ///
    /// An error is the last that comes. There may still be something to say, for a message that was too
    /// large, say; otherwise drop the inbox, which closes the connection.
    pub async fn recv(&mut self) -> Option<Result<M, E>> {
        self.received.recv().await
    }
}

impl<M, E> Stream for Inbox<M, E> {
    type Item = Result<M, E>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.received.poll_recv(cx)
    }
}
