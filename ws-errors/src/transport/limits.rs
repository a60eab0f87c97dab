//! How long, how much and how many: the limits of lingering.

use std::time::Duration;

/// The limits of lingering.
///
/// Whoever says the last word has to wait until it is read, because a socket that is dropped with
/// unread input is reset, and what was on its way is thrown away. These limits keep a peer that
/// stalls, or never stops sending, from holding the socket for ever.
///
/// They hold once for each connection, whatever the layers: [`close_with`](super::axum::close_with)
/// and the [`LingeringStream`](super::LingeringStream) below it share one deadline and one count of
/// bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long nothing may come before our direction of the stream is ended, where the peer's answer
    /// to our close can't be recognised: below TLS, say. And how long a close waits behind 32 KiB and more,
    /// which a browser hands to its page bit by bit. 300 ms by default.
    ///
    /// What the peer still has to send is read first, because a proxy takes our end for the end of both
    /// directions, and resets a client that is still sending.
    pub quiet: Duration,
    /// The same, where the peer's answer will be recognised. With the answer, our direction ends at
    /// once, so this is for peers that don't answer as they should; and a client that gets no processor
    /// time for so long may lose its error behind a proxy. 5 s by default.
    pub answer: Duration,
    /// How long nothing may happen at all: no byte read, and none written where that can be seen (a
    /// [`LingeringStream`](super::LingeringStream) sees it). 10 s by default.
    pub stall: Duration,
    /// The longest that one socket takes for everything, the sending included, even where it makes
    /// progress. 30 s by default.
    pub deadline: Duration,
    /// The most bytes that are read and ignored from one socket. 64 MiB by default.
    pub bytes: u64,
    /// The most sockets that linger at once; when one more comes, the one that has lingered longest
    /// gives way. 4096 by default.
    pub sockets: usize,
    /// The most sockets of one peer address that linger at once, where the address is known; of these,
    /// too, the longest gives way. 1024 by default. For IPv6, a network of 64 bits is one address.
    ///
    /// Behind a proxy all peers have the proxy's address: make it as large as `sockets` there.
    pub sockets_per_peer: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            quiet: Duration::from_millis(300),
            answer: Duration::from_secs(5),
            stall: Duration::from_secs(10),
            deadline: Duration::from_secs(30),
            bytes: 64 << 20,
            sockets: 4096,
            sockets_per_peer: 1024,
        }
    }
}
