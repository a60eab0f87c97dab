//! The code of the page on sockets: it compiles as it stands there, and loses nothing.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::routing::any;
use futures_util::{SinkExt, StreamExt};
use tests::protocol;
use tests::servers::page::{ChatError, one_call, writer_task};
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, broadcast, oneshot};
use tokio::task::JoinHandle;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use ws_errors::transport::Linger;
use ws_errors::transport::axum::LingeringListener;
use ws_errors::{Envelope, Output};

#[test]
fn the_page_has_this_code() {
    let page = include_str!("../../../docs/sockets.md");
    for code in [
        include_str!("../../src/servers/page/one_call.rs"),
        include_str!("../../src/servers/page/writer_task.rs"),
    ] {
        assert!(page.contains(&format!("```rust\n{code}```")), "{code}");
    }
}

struct Server {
    address: SocketAddr,
    room: broadcast::Sender<String>,
    stop: oneshot::Sender<()>,
    /// How many were cut off when it had stopped.
    stopped: JoinHandle<usize>,
}

/// Served and stopped as the page says.
async fn start(writer_task: bool) -> Server {
    let linger = Linger::default();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (room, _) = broadcast::channel(8);
    let (stop, stopping) = oneshot::channel::<()>();
    let (handlers, members) = (linger.clone(), room.clone());
    let upgrade = async move |upgrade: WebSocketUpgrade| {
        let (linger, room) = (handlers.clone(), members.subscribe());
        upgrade.max_message_size(1 << 16).on_upgrade(async move |socket: WebSocket| {
            match writer_task {
                true => writer_task::serve(socket, linger, room).await,
                false => one_call::serve(socket, linger).await,
            };
        })
    };
    let router = Router::new().route("/", any(upgrade));
    let stopped = tokio::spawn(async move {
        let stop = linger.clone();
        axum::serve(LingeringListener::new(listener, linger.clone()), router)
            .with_graceful_shutdown(async move {
                let _ = stopping.await;
                stop.stop();
            })
            .await
            .expect("it serves");
        linger.shutdown(Duration::from_secs(30)).await
    });
    Server { address, room, stop, stopped }
}

/// What a client sees of an output that closes: the text that comes last, and the close.
fn last_word(output: &Output) -> (String, u16, String) {
    let close = output.close.clone().expect("it closes");
    let code = close.code().expect("a status").get();
    (output.text().unwrap_or_default().to_owned(), code, close.reason().to_owned())
}

/// Sends this, goes on sending, and returns the last text, and the close. It counts each text.
async fn client(address: SocketAddr, first: Message, texts: &Semaphore) -> (String, u16, String) {
    let (socket, _) = connect_async(format!("ws://{address}/")).await.expect("connects");
    let (mut sink, mut stream) = socket.split();
    let sending = tokio::spawn(async move {
        let mut sent = sink.send(first).await;
        while sent.is_ok() {
            sent = sink.send(Message::text(r#"{"type":"load"}"#)).await;
            tokio::task::yield_now().await;
        }
    });
    let mut seen = (String::new(), 1006, String::new());
    while let Some(Ok(message)) = stream.next().await {
        match message {
            Message::Text(text) => {
                seen.0 = text.to_string();
                texts.add_permits(1);
            }
            Message::Close(Some(frame)) => {
                (seen.1, seen.2) = (frame.code.into(), frame.reason.to_string());
            }
            _ => {}
        }
    }
    sending.abort();
    seen
}

#[tokio::test]
async fn a_server_from_the_page_loses_nothing() {
    for writer_task in [false, true] {
        let server = start(writer_task).await;
        let mut clients = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let address = server.address;
            clients.spawn(async move {
                let texts = Semaphore::new(0);
                let (request, unauthorized) = protocol::unauthorized();
                let seen = client(address, Message::text(request), &texts).await;
                assert_eq!(seen, last_word(&unauthorized));
                let large = Message::binary(vec![0; 1 << 20]);
                let seen = client(address, large, &texts).await;
                assert_eq!(seen, last_word(&protocol::too_large()));
            });
        }
        clients.join_all().await;

        // These are still there, and sending, when it stops.
        let texts = Arc::new(Semaphore::new(0));
        let clients: Vec<_> = (0..20)
            .map(|_| {
                let (address, texts) = (server.address, Arc::clone(&texts));
                let first = Message::text("something else");
                tokio::spawn(async move { client(address, first, &texts).await })
            })
            .collect();
        // Each was answered once by then.
        texts.acquire_many(20).await.expect("open").forget();
        if writer_task {
            server.room.send("hello".to_owned()).expect("members");
            texts.acquire_many(20).await.expect("open").forget();
        }
        server.stop.send(()).expect("it serves");
        for client in clients {
            assert_eq!(
                client.await.expect("no panic"),
                last_word(&ChatError::GoingAway.encode(&()))
            );
        }
        assert_eq!(server.stopped.await.expect("no panic"), 0);
    }
}
