//! Who lingers, since when, and who gives way when there are too many.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, Ipv6Addr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;
use tokio::time::Instant;

use super::Linger;

/// Where a connection comes from, as far as it is counted together with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Peer(IpAddr);

impl From<IpAddr> for Peer {
    /// Whoever has one IPv6 address has the 64 bits of its network.
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) >> 64 << 64;
                IpAddr::V6(Ipv6Addr::from(network))
            }
            address => address,
        })
    }
}

/// The sockets that linger, from the one that has lingered longest.
#[derive(Debug, Default)]
pub(super) struct Places(Mutex<Taken>);

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    by_age: BTreeMap<u64, (Option<Peer>, Arc<Notify>)>,
    by_peer: HashMap<Peer, BTreeSet<u64>>,
}

impl Places {
    fn lock(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn remove(&mut self, id: u64) -> Option<Arc<Notify>> {
        let (peer, gives_way) = self.by_age.remove(&id)?;
        if let Some(peer) = peer
            && let Some(of_peer) = self.by_peer.get_mut(&peer)
        {
            of_peer.remove(&id);
            if of_peer.is_empty() {
                self.by_peer.remove(&peer);
            }
        }
        Some(gives_way)
    }

    fn give_way(&mut self, id: Option<u64>) {
        if let Some(gives_way) = id.and_then(|id| self.remove(id)) {
            gives_way.notify_one();
        }
    }
}

/// The place of one socket that lingers, until this is dropped. Its deadline and its bytes count
/// from when it was taken.
#[derive(Debug)]
pub(super) struct Place {
    linger: Linger,
    id: u64,
    gives_way: Arc<Notify>,
    pub(super) deadline: Instant,
    /// How many more bytes may be read and ignored.
    bytes: AtomicU64,
}

impl Place {
    /// Takes a place, for which others may have to give way; `None` where nobody may linger.
    pub(super) fn take(linger: &Linger, peer: Option<Peer>) -> Option<Self> {
        let limits = *linger.limits();
        if limits.sockets == 0 || limits.sockets_per_peer == 0 && peer.is_some() {
            return None;
        }
        let gives_way = Arc::new(Notify::new());
        let mut taken = linger.places().lock();
        // Who shuts down closes everything at once, and nothing new comes.
        if !linger.is_stopping() {
            let of_peer = peer.and_then(|peer| taken.by_peer.get(&peer));
            if let Some(oldest) = of_peer.filter(|ids| ids.len() >= limits.sockets_per_peer) {
                let oldest = oldest.first().copied();
                taken.give_way(oldest);
            }
            if taken.by_age.len() >= limits.sockets {
                let oldest = taken.by_age.keys().next().copied();
                taken.give_way(oldest);
            }
        }
        let id = taken.next;
        taken.next += 1;
        taken.by_age.insert(id, (peer, Arc::clone(&gives_way)));
        if let Some(peer) = peer {
            taken.by_peer.entry(peer).or_default().insert(id);
        }
        drop(taken);
        linger.count_lingering(1);
        Some(Self {
            linger: linger.clone(),
            id,
            gives_way,
            deadline: Instant::now() + limits.deadline,
            bytes: AtomicU64::new(limits.bytes),
        })
    }

    pub(super) fn linger(&self) -> &Linger {
        &self.linger
    }

    /// Waits until this one has to give way.
    pub(super) async fn gives_way(&self) {
        self.gives_way.notified().await;
        // Whoever waits next has to know it, too.
        self.gives_way.notify_one();
    }

    /// Counts bytes that were read and ignored; whether more may be.
    pub(super) fn discard(&self, bytes: usize) -> bool {
        let bytes = bytes as u64;
        let left = self.bytes.load(Ordering::Relaxed).saturating_sub(bytes);
        self.bytes.store(left, Ordering::Relaxed);
        left > 0
    }

    /// Whether no more bytes may be read and ignored.
    pub(super) fn is_spent(&self) -> bool {
        self.bytes.load(Ordering::Relaxed) == 0
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.linger.places().lock().remove(self.id);
        self.linger.count_lingering(-1);
    }
}
