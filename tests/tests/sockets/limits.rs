//! Each limit of lingering holds within a fifth, whatever says the last word, and whatever is below it.
//! All of it happens in memory, on a clock that runs when nobody has anything to do.

use std::net::{IpAddr, Ipv4Addr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::routing::any;
use axum::serve::Listener;
use futures_util::StreamExt;
use tokio::io::{
    AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, DuplexStream, ReadBuf, duplex,
};
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};
use tokio_tungstenite::{WebSocketStream, accept_async, client_async};
use ws_errors::transport::{
    Limits, Linger, LingeringStream, Outcome, Unanswered, axum as with_axum, fastwebsockets,
    tungstenite,
};
use ws_errors::{Close, CloseCode, Frame, Output, Reason};

/// What says the last word: one of the libraries, or nobody, who just drops the socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Tungstenite,
    Fastwebsockets,
    Axum,
    Nobody,
}

/// Each with what is below it: whether that is a stream that lingers.
const ALL: [(Above, bool); 7] = [
    (Above::Tungstenite, false),
    (Above::Tungstenite, true),
    (Above::Fastwebsockets, false),
    (Above::Fastwebsockets, true),
    (Above::Axum, false),
    (Above::Axum, true),
    (Above::Nobody, true),
];

/// What fits into the buffer between the two ends, and what doesn't.
const BUFFER: usize = 64 << 10;
const LARGE: usize = 1 << 20;

const NEVER: Duration = Duration::from_secs(3600);

fn error(size: usize) -> Output {
    let code = CloseCode::new(4003).expect("sendable");
    Output {
        frame: Some(Frame::Text("x".repeat(size).into())),
        close: Some(Close::new(code, Reason::new("Unauthorized"))),
        ..Output::default()
    }
}

/// Whether a limit was reached, and held within a fifth.
fn within_a_fifth(limit: usize, seen: usize) -> bool {
    seen >= limit * 4 / 5 && seen <= limit * 6 / 5
}

/// The server's end in memory, which counts what is read from it.
struct Counted(DuplexStream, Arc<AtomicUsize>);

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.0).poll_read(cx, buffer);
        self.1.fetch_add(buffer.filled().len() - before, Ordering::Relaxed);
        read
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(cx)
    }
}

/// A listener that accepts one stream.
struct Once<S>(Option<S>);

impl<S: AsyncRead + AsyncWrite + Unpin + Send + 'static> Listener for Once<S> {
    type Io = S;
    type Addr = ();

    async fn accept(&mut self) -> (S, ()) {
        match self.0.take() {
            Some(stream) => (stream, ()),
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The client's side of a connection on which the server says its last word.
struct Connection {
    client: WebSocketStream<DuplexStream>,
    /// How much the server has read.
    read: Arc<AtomicUsize>,
    /// What came of it, where somebody knows.
    outcome: JoinHandle<Option<Outcome>>,
}

/// Connects, and lets the server say its last word at once, which has this size.
async fn connect(
    (above, lingers): (Above, bool),
    size: usize,
    peer: Option<IpAddr>,
    linger: &Linger,
) -> Connection {
    let (client, server) = duplex(BUFFER);
    let read = Arc::new(AtomicUsize::new(0));
    let server = Counted(server, Arc::clone(&read));
    let own = linger.clone();
    let outcome = tokio::spawn(async move {
        match lingers {
            true => {
                let below = LingeringStream::with_peer(server, peer, own.clone());
                last_word(above, below, size, own).await
            }
            false => last_word(above, server, size, own).await,
        }
    });
    let (client, _) = client_async("ws://127.0.0.1/", client).await.expect("upgrades");
    while linger.count() == 0 {
        tokio::task::yield_now().await;
    }
    read.store(0, Ordering::Relaxed);
    Connection { client, read, outcome }
}

async fn last_word<S>(above: Above, stream: S, size: usize, linger: Linger) -> Option<Outcome>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    if above == Above::Axum {
        let (said, outcome) = tokio::sync::mpsc::unbounded_channel();
        let handler = async move |upgrade: WebSocketUpgrade| {
            upgrade.on_upgrade(async move |socket| {
                let outcome = with_axum::close_with(socket, error(size), &linger).await;
                said.send(outcome).expect("somebody wants to know");
            })
        };
        let router = Router::new().route("/", any(handler));
        let mut outcome = outcome;
        return tokio::select! {
            served = axum::serve(Once(Some(stream)), router) => panic!("{served:?}"),
            outcome = outcome.recv() => outcome,
        };
    }
    let socket = accept_async(stream).await.expect("upgrades");
    match above {
        Above::Tungstenite => Some(tungstenite::close_with(socket, error(size), &linger).await),
        Above::Fastwebsockets => {
            use ::fastwebsockets::{Role, WebSocket};
            let socket = WebSocket::after_handshake(socket.into_inner(), Role::Server);
            Some(fastwebsockets::close_with(socket, error(size), &linger).await)
        }
        Above::Axum | Above::Nobody => None,
    }
}

/// A binary frame of 4 KiB with a mask of zeros; or a part of a message, which the first begins.
fn frame(first: u8) -> Vec<u8> {
    let mut frame = vec![first, 0x80 | 126, 0x10, 0x00, 0, 0, 0, 0];
    frame.resize(frame.len() + (4 << 10), b'x');
    frame
}

#[tokio::test(start_paused = true)]
async fn so_many_bytes_are_read_of_a_peer_that_never_stops_sending() {
    let limits = Limits { bytes: 2 << 20, stall: NEVER, deadline: NEVER, ..Limits::default() };
    for way in ALL {
        for endless in [false, true] {
            // It assembles the message; only a stream below could prevent that.
            if way == (Above::Axum, false) && endless {
                continue;
            }
            let linger = Linger::new(limits);
            let Connection { mut client, read, outcome } = connect(way, 10, None, &linger).await;
            let (first, next) = if endless { (0x02, 0x00) } else { (0x82, 0x82) };
            let mut sent = client.get_mut().write_all(&frame(first)).await;
            // If nobody gave it up, it would end here.
            for _ in 0..(2 * limits.bytes) >> 12 {
                sent = sent.and(client.get_mut().write_all(&frame(next)).await);
            }
            drop(client);
            linger.idle().await;
            let read = read.load(Ordering::Relaxed);
            assert!(within_a_fifth(limits.bytes as usize, read), "{way:?} {endless}: {read}");
            let outcome = outcome.await.expect("no panic");
            let flooded = Outcome::HandedOver(Unanswered::Flooded);
            assert!(outcome.is_none_or(|outcome| outcome == flooded), "{way:?}: {outcome:?}");
        }
    }
}

/// How long it takes from the last word until nobody lingers, and what came of it.
async fn time(
    way: (Above, bool),
    size: usize,
    limits: Limits,
    drips: bool,
) -> (Duration, Option<Outcome>) {
    let linger = Linger::new(limits);
    let Connection { mut client, outcome, .. } = connect(way, size, None, &linger).await;
    let begun = Instant::now();
    let dripping = tokio::spawn(async move {
        while drips && client.get_mut().write_all(&frame(0x82)).await.is_ok() {
            sleep(limits.stall / 3).await;
        }
        // It neither reads nor ends until the test says so.
        std::future::pending::<()>().await;
        drop(client);
    });
    linger.idle().await;
    let took = begun.elapsed();
    dripping.abort();
    (took, outcome.await.expect("no panic"))
}

fn why(outcome: Outcome) -> Option<Unanswered> {
    outcome.unanswered()
}

#[tokio::test(start_paused = true)]
async fn so_long_a_peer_may_do_nothing() {
    let limits = Limits { stall: Duration::from_secs(2), ..Limits::default() };
    for way in ALL {
        for size in [10, LARGE] {
            let (took, outcome) = time(way, size, limits, false).await;
            let is_exact = took >= limits.stall && took <= limits.stall * 6 / 5;
            assert!(is_exact, "{way:?} {size}: {took:?}");
            let why = outcome.and_then(why);
            assert!(why.is_none_or(|why| why == Unanswered::Stalled), "{way:?} {size}: {why:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_peer_that_makes_progress_has_longer_than_one_that_stalls() {
    let limits = Limits { stall: Duration::from_secs(2), ..Limits::default() };
    // Only a stream below sees what is written.
    for way in ALL.into_iter().filter(|way| way.1 && way.0 != Above::Nobody) {
        let linger = Linger::new(limits);
        let Connection { mut client, outcome, .. } = connect(way, LARGE, None, &linger).await;
        let begun = Instant::now();
        let mut seen = Vec::new();
        while !seen.ends_with(b"Unauthorized") {
            seen.reserve(BUFFER);
            let read = client.get_mut().read_buf(&mut seen).await.expect("open");
            assert!(read > 0, "{way:?}: it ended after {:?}", begun.elapsed());
            sleep(limits.stall / 2).await;
        }
        let answer = [0x88, 0x82, 0, 0, 0, 0, 0x0f, 0xa3];
        client.get_mut().write_all(&answer).await.expect("open");
        drop(client);
        assert!(begun.elapsed() > limits.stall * 3, "{way:?}: {:?}", begun.elapsed());
        assert_eq!(outcome.await.expect("no panic"), Some(Outcome::Acknowledged), "{way:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn so_long_it_takes_in_all_where_a_peer_goes_on_sending() {
    let limits = Limits {
        stall: Duration::from_secs(2),
        deadline: Duration::from_secs(10),
        ..Limits::default()
    };
    for way in ALL {
        for size in [10, LARGE] {
            let (took, outcome) = time(way, size, limits, true).await;
            let is_exact = took >= limits.deadline * 4 / 5 && took <= limits.deadline * 6 / 5;
            assert!(is_exact, "{way:?} {size}: {took:?}");
            let why = outcome.and_then(why);
            assert!(why.is_none_or(|why| why == Unanswered::Deadline), "{way:?} {size}: {why:?}");
        }
    }
}

/// So many of them never read; the most that lingered at once, and what came of each that is over.
async fn silent(
    way: (Above, bool),
    number: usize,
    peers: u8,
    limits: Limits,
) -> (usize, Vec<bool>) {
    let linger = Linger::new(limits);
    let mut connections = Vec::new();
    let mut most = 0;
    for index in 0..number {
        let peer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, (index % usize::from(peers)) as u8));
        connections.push(connect(way, 10, Some(peer), &linger).await);
        // Each has its turn.
        for _ in 0..20 {
            most = most.max(linger.count());
            tokio::task::yield_now().await;
        }
    }
    let over = connections.iter().map(|connection| connection.outcome.is_finished()).collect();
    (most, over)
}

#[tokio::test(start_paused = true)]
async fn so_many_linger_at_once_and_of_one_peer() {
    let common = Limits { stall: NEVER, deadline: NEVER, ..Limits::default() };
    let in_all = Limits { sockets: 20, ..common };
    let of_one = Limits { sockets_per_peer: 10, ..common };
    for (limits, peers) in [(in_all, 60), (of_one, 2)] {
        for way in ALL {
            // Only a stream knows its peer.
            if peers == 2 && !way.1 {
                continue;
            }
            let (most, over) = silent(way, 60, peers, limits).await;
            assert!(within_a_fifth(20, most), "{way:?}: {most}");
            if way.0 != Above::Nobody {
                let longest: Vec<bool> = (0..60).map(|index| index < 40).collect();
                assert_eq!(over, longest, "{way:?}: the longest give way");
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn so_long_a_shutdown_takes_and_whom_it_cut_off_is_counted() {
    let within = Duration::from_secs(5);
    for way in ALL {
        let linger = Linger::default();
        let mut connections = Vec::new();
        for _ in 0..10 {
            connections.push(connect(way, LARGE, None, &linger).await);
        }
        let begun = Instant::now();
        let cut_off = linger.shutdown(within).await;
        let took = begun.elapsed();
        assert!(took >= within && took <= within * 6 / 5, "{way:?}: {took:?}");
        assert_eq!(cut_off, 10, "{way:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_reads_and_ends_costs_at_most_a_moment() {
    for way in ALL {
        for size in [10, LARGE] {
            let linger = Linger::default();
            let Connection { mut client, .. } = connect(way, size, None, &linger).await;
            let begun = Instant::now();
            // It answers the close by itself.
            while let Some(Ok(_)) = client.next().await {}
            drop(client);
            linger.idle().await;
            let took = begun.elapsed();
            let quiet = linger.limits().quiet;
            match (way.0, size) {
                // Who drops a socket without a close waits for a quiet moment.
                (Above::Nobody, _) => assert!(took <= quiet * 6 / 5, "{way:?}: {took:?}"),
                // A browser gets that long to hand a large message to its page before the close.
                (Above::Tungstenite | Above::Axum, LARGE) => {
                    assert!(took >= quiet && took <= quiet * 6 / 5, "{way:?}: {took:?}");
                }
                _ => assert_eq!(took, Duration::ZERO, "{way:?}"),
            }
        }
    }
}
