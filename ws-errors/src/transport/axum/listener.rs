//! A listener whose streams linger.

use std::io;

use axum::serve::Listener;

use super::super::{Linger, LingeringStream};

/// A listener for [`axum::serve()`] whose streams linger when they are dropped.
///
/// It protects whatever the server writes, also in handlers that know nothing of it: what the peer
/// still sends is drained, and only then our direction ends.
///
/// axum's `ConnectInfo<SocketAddr>` knows its own listeners only, and `tap_io` makes one of this:
///
/// ```no_run
/// use std::net::SocketAddr;
///
/// use axum::Router;
/// use axum::extract::ConnectInfo;
/// use axum::routing::get;
/// use axum::serve::ListenerExt;
/// use tokio::net::TcpListener;
/// use ws_errors::transport::Linger;
/// use ws_errors::transport::axum::LingeringListener;
///
/// # async fn example(listener: TcpListener) -> std::io::Result<()> {
/// let whoami = async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string();
/// let router = Router::new().route("/whoami", get(whoami));
/// let listener = LingeringListener::new(listener, Linger::default()).tap_io(|_| {});
/// axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await
/// # }
/// ```
#[derive(Debug)]
pub struct LingeringListener<L> {
    listener: L,
    linger: Linger,
}

impl<L: Listener> LingeringListener<L> {
    /// Makes the streams of a listener linger.
    pub fn new(listener: L, linger: Linger) -> Self {
        Self { listener, linger }
    }
}

impl<L: Listener> Listener for LingeringListener<L> {
    type Io = LingeringStream<L::Io>;
    type Addr = L::Addr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = self.listener.accept().await;
        (LingeringStream::new(stream, self.linger.clone()), address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.listener.local_addr()
    }
}
