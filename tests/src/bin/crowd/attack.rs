//! Peers that mean no good: what they cost, and that others lose nothing.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use tests::protocol::{backlog, unauthorized};
use tests::servers::{LastWord, Library, Server};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, accept_async, client_async_with_config};
use ws_errors::transport::axum::LingeringListener;
use ws_errors::transport::{Limits, Linger, LingeringStream};

use crate::ALLOCATED;
use crate::clients::{Clients, ask_all};

/// Nothing takes longer.
const PATIENCE: Duration = Duration::from_secs(60);

/// Longer than all of it: the limits of those who only have to be there.
const FOR_EVER: Duration = Duration::from_secs(3600);

/// How many peers never read: more than may linger, and from one address.
const SILENT: usize = 4400;
const SILENT_AT_ONE_ADDRESS: usize = 2000;

/// How many others there are meanwhile.
const INNOCENT: usize = 100;

/// How many endless messages are sent at once.
const ENDLESS: usize = 20;

/// What these may cost, in all.
const MEMORY: usize = 8 << 20;

pub(crate) async fn run() -> Result<(), Box<dyn Error>> {
    println!("| attack: server | peers | | limit | seen |\n|---|---|---|---|---|");
    let mut faults = Vec::new();
    for library in [Library::Tungstenite, Library::Axum] {
        // From many addresses all places are taken, from one address only those of one peer.
        for addresses in [8, 1] {
            faults.extend(silent(library, addresses).await?);
        }
        faults.extend(endless(library).await?);
    }
    match faults.first() {
        None => Ok(()),
        Some(_) => Err(faults.join("; ").into()),
    }
}

/// Connects from another address than others do.
async fn connect_from(last: u8, server: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::new(IpAddr::V4(Ipv4Addr::new(127, 0, 1, last)), 0))?;
    socket.connect(server).await
}

async fn upgrade(stream: TcpStream) -> Result<WebSocketStream<TcpStream>, Box<dyn Error>> {
    let config = WebSocketConfig::default().read_buffer_size(1 << 10).write_buffer_size(0);
    Ok(client_async_with_config("ws://127.0.0.1/", stream, Some(config)).await?.0)
}

/// Whether a limit was reached, and held within a fifth.
fn holds(limit: usize, seen: usize) -> bool {
    seen >= limit * 4 / 5 && seen <= limit * 6 / 5
}

/// Peers that raise an error that closes, and then neither read nor go.
async fn silent(library: Library, addresses: usize) -> Result<Vec<String>, Box<dyn Error>> {
    // None of them is given up before all are there, however long that takes.
    let limits = Limits { stall: FOR_EVER, deadline: FOR_EVER, ..Limits::default() };
    let (limit, number) = match addresses {
        1 => (limits.sockets_per_peer, SILENT_AT_ONE_ADDRESS),
        _ => (limits.sockets, SILENT),
    };
    let linger = Linger::new(limits);
    // Only a stream that lingers knows from where a connection comes.
    let last_word = LastWord::Split(linger.clone());
    let server = Server::start_with(library, last_word, None).await?;
    let (request, _) = unauthorized();
    let mut silent = Vec::new();
    let mut most = 0;
    let before = ALLOCATED.current_usage();
    for index in 0..number {
        let stream = connect_from((index % addresses) as u8 + 1, server.address).await?;
        let mut socket = upgrade(stream).await?;
        socket.send(Message::text(request.clone())).await?;
        // Only the socket is kept.
        silent.push(socket.into_inner());
        most = most.max(linger.count());
    }
    // The last of them have sent, and the server has yet to read.
    let all = async {
        while linger.count() < limit {
            sleep(Duration::from_millis(10)).await;
        }
    };
    if timeout(PATIENCE, all).await.is_err() {
        return Ok(vec![format!("only {} of {limit} linger", linger.count())]);
    }
    // What their clients keep is in it, too: a socket of the runtime each.
    let each = ALLOCATED.current_usage().saturating_sub(before) / limit;
    let mut clients = (0..4).map(|_| Clients::start()).collect::<Result<Vec<_>, _>>()?;
    let share = INNOCENT / clients.len();
    ask_all(&mut clients, |_| format!("connect {} {share}", server.url())).await?;
    ask_all(&mut clients, |_| "ask".to_owned()).await?;
    most = most.max(linger.count());
    let answers = ask_all(&mut clients, |_| "expect unauthorized".to_owned()).await?;
    most = most.max(linger.count());
    drop(silent);
    let mut lost = 0;
    for answer in &answers {
        lost += answer.split(' ').next().unwrap_or_default().parse::<usize>()?;
    }
    let name = library.name();
    println!(
        "| {name} | {number} that never read, {addresses} addresses | lingering | {limit} | {most} |"
    );
    println!("| | | bytes allocated for each that lingers | | {each} |");
    println!("| | {INNOCENT} others | lost | 0 | {lost} |");
    let mut faults = Vec::new();
    if lost > 0 {
        faults.push(format!("{name}: {lost} others lost the last word: {answers:?}"));
    }
    if !holds(limit, most) {
        faults.push(format!("{name}: {most} lingered, of {limit}"));
    }
    Ok(faults)
}

/// A server with every setting as it comes, which closes at the first message.
async fn closing(library: Library, linger: Linger) -> Result<SocketAddr, Box<dyn Error>> {
    use ws_errors::transport::{axum, tungstenite};

    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    if library == Library::Axum {
        let below = LingeringListener::new(listener, linger.clone());
        let handler = async move |upgrade: WebSocketUpgrade| {
            upgrade.on_upgrade(async move |mut socket| {
                let _ = socket.recv().await;
                axum::close_with(socket, backlog(), &linger).await;
            })
        };
        let router = Router::new().route("/", get(handler));
        tokio::spawn(async move { ::axum::serve(below, router).await });
        return Ok(address);
    }
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let linger = linger.clone();
            tokio::spawn(async move {
                let stream = LingeringStream::new(stream, linger.clone());
                let Ok(mut socket) = accept_async(stream).await else { return };
                let _ = socket.next().await;
                tungstenite::close_with(socket, backlog(), &linger).await;
            });
        }
    });
    Ok(address)
}

/// Peers that raise an error that closes, and then send one message that never ends.
async fn endless(library: Library) -> Result<Vec<String>, Box<dyn Error>> {
    let linger = Linger::default();
    let limits = *linger.limits();
    let address = closing(library, linger.clone()).await?;
    let mut sockets = Vec::new();
    for _ in 0..ENDLESS {
        let mut socket = upgrade(connect_from(1, address).await?).await?;
        socket.send(Message::text("anything")).await?;
        sockets.push(socket.into_inner());
    }
    while linger.count() < ENDLESS {
        sleep(Duration::from_millis(10)).await;
    }
    let open = linger.open();
    let before = ALLOCATED.current_usage();
    ALLOCATED.reset_peak_usage();

    // A fragment of 32 KiB with a mask of zeros: first one that begins a message, then others.
    let mut first = vec![0x02, 0x80 | 126, 0x80, 0x00, 0, 0, 0, 0];
    first.resize(first.len() + (32 << 10), b'x');
    let mut next = first.clone();
    next[0] = 0x00;
    let (first, next): (Arc<[u8]>, Arc<[u8]>) = (first.into(), next.into());
    let stop = Arc::new(AtomicBool::new(false));
    let mut sending = JoinSet::new();
    for mut socket in sockets {
        let (first, next, stop) = (Arc::clone(&first), Arc::clone(&next), Arc::clone(&stop));
        sending.spawn(async move {
            let mut written = 0;
            let mut fragment = &first;
            while !stop.load(Ordering::Relaxed) && socket.write_all(fragment).await.is_ok() {
                written += fragment.len();
                fragment = &next;
            }
            written
        });
    }
    let written = timeout(PATIENCE, sending.join_all()).await?;
    let cost = ALLOCATED.peak_usage().saturating_sub(before);
    timeout(PATIENCE, linger.idle()).await?;
    let most = written.iter().copied().max().unwrap_or(0);
    let name = library.name();
    let (limit, cost_limit) = (limits.bytes as usize >> 20, MEMORY >> 10);
    println!(
        "| {name} | {ENDLESS} endless messages | MiB taken of each | {limit} | {} |",
        most >> 20
    );
    println!("| | | KiB allocated for all | {cost_limit} | {} |", cost >> 10);
    let mut faults = Vec::new();
    if open < ENDLESS {
        faults.push(format!("{name}: {open} connections of {ENDLESS}"));
    }
    if cost >= MEMORY {
        faults.push(format!("{name}: endless messages cost {} KiB", cost >> 10));
    }
    if !holds(limits.bytes as usize, most) {
        faults.push(format!("{name}: {} MiB were taken, of {limit}", most >> 20));
    }
    Ok(faults)
}
