//! Where sockets linger, and how a server stops without cutting anybody off.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::Limits;
use super::place::Places;

/// The place where sockets linger: their common limits, how many do at this moment, and how many connections
/// are open.
///
/// Make one for each server, and clone it freely: clones count together. Deadlines are tokio's, so
/// the runtime has to have its timer enabled, as `#[tokio::main]` has.
///
/// # Shutdown
///
/// [`Linger::shutdown`] signals the handlers that it is time to stop, waits until they have, and then
/// until nobody lingers, all within the time that it is given:
///
/// ```
/// # async fn example() {
/// use std::time::Duration;
///
/// use ws_errors::transport::Linger;
///
/// let linger = Linger::default();
/// // … serve, until it is time to stop …
/// let cut_off = linger.shutdown(Duration::from_secs(30)).await;
/// if cut_off > 0 {
///     eprintln!("{cut_off} connections were still open");
/// }
/// # }
/// ```
///
/// It knows of every connection that runs over a [`LingeringStream`](super::LingeringStream), as all
/// of a lingering listener do, and of every handler that holds a [`Guard`].
#[derive(Debug, Clone, Default)]
pub struct Linger(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    limits: Limits,
    places: Places,
    counts: watch::Sender<Counts>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    stopping: bool,
    /// Connections and handlers.
    open: usize,
    lingering: usize,
}

impl Counts {
    const fn is_over(&self) -> bool {
        self.open == 0 && self.lingering == 0
    }
}

impl Linger {
    /// A place with these limits, where nobody lingers yet.
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new(Shared { limits, ..Shared::default() }))
    }

    /// The limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// The number of sockets that linger at this moment.
    pub fn count(&self) -> usize {
        self.0.counts.borrow().lingering
    }

    /// The number of connections and handlers that [`Linger::shutdown`] would wait for at this moment,
    /// those that linger aside.
    pub fn open(&self) -> usize {
        self.0.counts.borrow().open
    }

    /// Waits until no socket lingers.
    pub async fn idle(&self) {
        self.wait_until(|counts| counts.lingering == 0).await;
    }

    /// Counts a handler until the guard is dropped, so that [`Linger::shutdown`] waits for it.
    ///
    /// A connection over a [`LingeringStream`](super::LingeringStream) counts by itself. Without one,
    /// take the guard where the connection is accepted, before anything is spawned, and keep it as
    /// long as the handler runs.
    pub fn guard(&self) -> Guard {
        self.0.counts.send_modify(|counts| counts.open += 1);
        Guard(self.clone())
    }

    /// Signals all handlers that it is time to stop; [`Linger::stopping`] returns from here on. How many
    /// may linger is limited no more, because no new connection comes, and all that are open close
    /// at once.
    pub fn stop(&self) {
        self.0.counts.send_modify(|counts| counts.stopping = true);
    }

    /// Returns whether it is time to stop.
    pub fn is_stopping(&self) -> bool {
        self.0.counts.borrow().stopping
    }

    /// Waits until it is time to stop: for the `select!` of a handler.
    pub async fn stopping(&self) {
        self.wait_until(|counts| counts.stopping).await;
    }

    /// Signals all handlers to stop, waits until they have, and until nobody lingers; but no longer than
    /// it is given.
    ///
    /// Returns how many were cut off: connections, handlers and sockets that lingered when the time was
    /// over.
    pub async fn shutdown(&self, within: Duration) -> usize {
        self.stop();
        // What was still open when the time is over is counted below.
        let _ = timeout(within, self.wait_until(Counts::is_over)).await;
        let counts = *self.0.counts.borrow();
        // Those that linger over a stream of ours are connections, too.
        counts.open.max(counts.lingering)
    }

    async fn wait_until(&self, is: impl Fn(&Counts) -> bool) {
        // It can't fail: the sender lives as long as `self`.
        let _ = self.0.counts.subscribe().wait_for(|counts| is(counts)).await;
    }

    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    pub(super) fn places(&self) -> &Places {
        &self.0.places
    }

    pub(super) fn count_lingering(&self, more: isize) {
        self.0.counts.send_modify(|counts| {
            counts.lingering = counts.lingering.saturating_add_signed(more);
        });
    }
}

/// Counts as a handler until it is dropped; see [`Linger::guard`].
#[derive(Debug)]
pub struct Guard(Linger);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.0.counts.send_modify(|counts| counts.open = counts.open.saturating_sub(1));
    }
}

/// The address of a peer: given, or found at a TCP stream.
pub(super) fn address_of(stream: &dyn std::any::Any) -> Option<IpAddr> {
    let stream = stream.downcast_ref::<tokio::net::TcpStream>()?;
    stream.peer_addr().ok().map(|address| address.ip())
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, Ipv6Addr};

    use super::super::place::{Peer, Place};
    use super::*;

    fn gives_way(place: &Place) -> bool {
        let waiting = std::pin::pin!(place.gives_way());
        let mut cx = std::task::Context::from_waker(std::task::Waker::noop());
        waiting.poll(&mut cx).is_ready()
    }

    fn peer(last: u8) -> Option<Peer> {
        Some(Peer::from(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last))))
    }

    #[tokio::test]
    async fn when_all_places_are_taken_the_longest_gives_way() {
        let linger = Linger::new(Limits { sockets: 2, ..Limits::default() });
        let take = || Place::take(&linger, None).expect("somebody gives way");
        let (first, second) = (take(), take());
        assert!(!gives_way(&first) && !gives_way(&second));
        let third = take();
        assert!(gives_way(&first) && gives_way(&first) && !gives_way(&second));
        drop(first);
        assert_eq!(linger.count(), 2);
        drop(second);
        let fourth = take();
        assert!(!gives_way(&third) && !gives_way(&fourth));
        drop((third, fourth));
        assert_eq!(linger.count(), 0);
        linger.idle().await;
    }

    #[tokio::test]
    async fn a_peer_with_too_many_gives_way_to_itself_only() {
        let linger = Linger::new(Limits { sockets_per_peer: 2, ..Limits::default() });
        let take = |from| Place::take(&linger, from).expect("a place");
        let others = [take(peer(1)), take(None), take(None), take(None)];
        let (first, second, third) = (take(peer(2)), take(peer(2)), take(peer(2)));
        assert!(gives_way(&first) && !gives_way(&second) && !gives_way(&third));
        assert!(!others.iter().any(gives_way));
    }

    #[tokio::test]
    async fn a_network_of_ipv6_is_one_peer_and_a_mapped_address_is_ipv4() {
        let ipv6 = |text: &str| Peer::from(IpAddr::V6(text.parse::<Ipv6Addr>().expect("IPv6")));
        assert_eq!(ipv6("2001:db8:1:2:3:4:5:6"), ipv6("2001:db8:1:2::1"));
        assert_ne!(ipv6("2001:db8:1:2::1"), ipv6("2001:db8:1:3::1"));
        assert_eq!(Some(ipv6("::ffff:192.0.2.7")), peer(7));
    }

    #[tokio::test]
    async fn nobody_gives_way_while_the_server_stops() {
        let linger = Linger::new(Limits { sockets: 1, sockets_per_peer: 1, ..Limits::default() });
        linger.stop();
        let places: Vec<_> =
            (0..3).map(|_| Place::take(&linger, peer(1)).expect("a place")).collect();
        assert!(!places.iter().any(gives_way));
    }

    #[tokio::test(start_paused = true)]
    async fn a_shutdown_tells_handlers_waits_for_them_and_counts_those_it_cut_off() {
        let linger = Linger::default();
        let (obedient, deaf) = (linger.guard(), linger.guard());
        let handler = linger.clone();
        tokio::spawn(async move {
            handler.stopping().await;
            drop(obedient);
        });
        assert_eq!(linger.shutdown(Duration::from_secs(1)).await, 1);
        drop(deaf);
        assert_eq!(linger.shutdown(Duration::from_secs(1)).await, 0);
    }
}
