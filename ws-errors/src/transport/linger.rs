//! How long, how much and how many: the limits of lingering, and the count of those that do.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

/// The limits of lingering.
///
/// Whoever says the last word has to wait until it is read, because a socket that is dropped with
/// unread input is reset, and what was on its way is thrown away. These limits keep a peer that
/// stalls, or never stops sending, from holding the socket for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The longest that one socket takes for everything, the sending included. 5 s by default.
    pub deadline: Duration,
    /// The most bytes that are read and ignored from one socket. 64 MiB by default.
    pub bytes: u64,
    /// The most sockets that linger at once. 4096 by default.
    pub sockets: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { deadline: Duration::from_secs(5), bytes: 64 << 20, sockets: 4096 }
    }
}

/// Where sockets linger: their common limits, and how many do at this moment.
///
/// Make one for each server, and clone it freely: clones count together. Deadlines are tokio's, so
/// the runtime has to have its timer enabled, as `#[tokio::main]` has.
///
/// A server that shuts down waits until nobody lingers; that takes one deadline at most, when
/// nothing new is closed meanwhile:
///
/// ```
/// # async fn example() {
/// use ws_errors::transport::Linger;
///
/// let linger = Linger::default();
/// // … serve, until it is time to stop …
/// linger.idle().await;
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct Linger(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    limits: Limits,
    count: watch::Sender<usize>,
}

impl Linger {
    /// A place with these limits, where nobody lingers yet.
    pub fn new(limits: Limits) -> Self {
        Self(Arc::new(Shared { limits, count: watch::Sender::new(0) }))
    }

    /// The limits.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// How many sockets linger at this moment.
    pub fn count(&self) -> usize {
        *self.0.count.borrow()
    }

    /// Waits until no socket lingers.
    pub async fn idle(&self) {
        // It can't fail: the sender lives as long as `self`.
        let _ = self.0.count.subscribe().wait_for(|count| *count == 0).await;
    }

    /// Counts one more, where the limit allows it.
    pub(super) fn enter(&self) -> Option<Permit> {
        let entered = self.0.count.send_if_modified(|count| {
            let may = *count < self.0.limits.sockets;
            *count += usize::from(may);
            may
        });
        entered.then(|| Permit(self.clone()))
    }
}

/// One socket that lingers, until this is dropped.
#[derive(Debug)]
pub(super) struct Permit(Linger);

impl Drop for Permit {
    fn drop(&mut self) {
        self.0.0.count.send_modify(|count| *count = count.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_sockets_linger_than_may_and_each_gives_its_place_back() {
        let linger = Linger::new(Limits { sockets: 2, ..Limits::default() });
        let first = linger.enter();
        let second = linger.clone().enter();
        assert!(first.is_some() && second.is_some());
        assert_eq!(linger.count(), 2);
        assert!(linger.enter().is_none());
        drop(first);
        assert_eq!(linger.count(), 1);
        assert!(linger.enter().is_some());
    }
}
