//! What the two ends of a connection report to each other: our own stream at the bottom, and the delivery
//! above the library.

use std::cell::RefCell;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use super::Linger;
use super::delivery::Ended;
use super::linger::Guard;
use super::place::{Peer, Place};

/// How much may come, once we have closed, without a message being complete: then it is ignored as
/// it comes, and the library above doesn't assemble it. It is more than a library's read buffer.
const INCOMPLETE: usize = 160 << 10;

/// One connection, from when it is accepted until nobody lingers on it.
#[derive(Debug)]
pub(super) struct Connection {
    linger: Linger,
    _guard: Guard,
    peer: Option<Peer>,
    written: AtomicU64,
    /// How much more the library above may read; `usize::MAX` where we haven't closed.
    readable: AtomicUsize,
    closing: Mutex<Closing>,
}

#[derive(Debug, Default)]
struct Closing {
    place: Option<Arc<Place>>,
    left: Left,
}

/// What is left to the stream when it is dropped.
#[derive(Debug, Default)]
pub(super) enum Left {
    /// To linger: no delivery has closed, or it was cancelled.
    #[default]
    Everything,
    /// To linger, and to report how that ended.
    ToReport {
        /// Whether both sides have closed.
        is_over: bool,
        /// Where it says how it ended.
        report: oneshot::Sender<Ended>,
    },
    /// Nothing: the delivery has done it, or has given up.
    Nothing,
}

impl Connection {
    pub(super) fn new(linger: Linger, peer: Option<IpAddr>) -> Self {
        Self {
            _guard: linger.guard(),
            linger,
            peer: peer.map(Peer::from),
            written: AtomicU64::new(0),
            readable: AtomicUsize::new(usize::MAX),
            closing: Mutex::default(),
        }
    }

    fn closing(&self) -> MutexGuard<'_, Closing> {
        self.closing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The place where it lingers: one for all layers, where they have their limits in common.
    pub(super) fn place(&self, linger: &Linger) -> Option<Arc<Place>> {
        let mut closing = self.closing();
        if closing.place.is_none() || !self.is_in(linger) {
            let place = Place::take(linger, self.peer).map(Arc::new);
            if self.is_in(linger) {
                closing.place.clone_from(&place);
            }
            return place;
        }
        closing.place.clone()
    }

    /// Whether the limits of a delivery are those of the stream.
    pub(super) fn is_in(&self, linger: &Linger) -> bool {
        linger.is_same(&self.linger)
    }

    /// The place of the stream itself.
    pub(super) fn own_place(&self) -> Option<Arc<Place>> {
        self.place(&self.linger)
    }

    /// Lets the library above read so much more, and no more than that. Where something was ignored
    /// already, it stays so: under TLS, what comes after a gap breaks the connection.
    pub(super) fn limit_reading(&self) {
        if !self.ignores_input() {
            self.readable.store(INCOMPLETE, Ordering::Relaxed);
        }
    }

    /// Whether what comes is ignored from here on.
    pub(super) fn ignores_input(&self) -> bool {
        self.readable.load(Ordering::Relaxed) == 0
    }

    /// The library above has read so much.
    pub(super) fn has_read(&self, bytes: usize) {
        let readable = self.readable.load(Ordering::Relaxed);
        if readable != usize::MAX {
            self.readable.store(readable.saturating_sub(bytes), Ordering::Relaxed);
        }
    }

    pub(super) fn has_written(&self, bytes: usize) {
        self.written.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    /// How many bytes were written in all.
    pub(super) fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    /// Leaves the end of the connection to the stream, which is dropped next, and reports it.
    pub(super) fn leave_to_stream(&self, is_over: bool) -> oneshot::Receiver<Ended> {
        let (report, receiver) = oneshot::channel();
        self.closing().left = Left::ToReport { is_over, report };
        receiver
    }

    /// Leaves nothing to the stream.
    pub(super) fn finish(&self) {
        self.closing().left = Left::Nothing;
    }

    /// What the delivery above has left to the stream.
    pub(super) fn take_left(&self) -> Left {
        std::mem::take(&mut self.closing().left)
    }
}

thread_local! {
    /// Set while somebody looks for the stream below.
    static LOOKING: RefCell<Option<Found>> = const { RefCell::new(None) };
}

#[derive(Debug, Clone)]
enum Found {
    NotYet,
    Stream(Arc<Connection>),
}

/// Does something with a socket, and finds our own stream, where that is what the socket polls: a
/// library that hides its stream still calls it.
pub(super) fn find_below<T>(act: impl FnOnce() -> T) -> (T, Option<Arc<Connection>>) {
    /// Ends the search also where something panics.
    struct Looking;
    impl Drop for Looking {
        fn drop(&mut self) {
            LOOKING.set(None);
        }
    }
    LOOKING.set(Some(Found::NotYet));
    let looking = Looking;
    let result = act();
    let found = LOOKING.take();
    drop(looking);
    match found {
        Some(Found::Stream(connection)) => (result, Some(connection)),
        _ => (result, None),
    }
}

/// Our own stream is being polled.
pub(super) fn announce(connection: &Arc<Connection>) {
    LOOKING.with_borrow_mut(|looking| {
        if let Some(found @ Found::NotYet) = looking {
            *found = Found::Stream(Arc::clone(connection));
        }
    });
}
