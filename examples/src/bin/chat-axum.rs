//! The chat on axum, with all that there is: `chat-axum [ADDRESS]`.
//!
//! - A handshake without a token is refused so that a browser sees why.
//! - What is no handshake is answered over HTTP, in the envelope of the catalog.
//! - Errors are logged, by the feature `tracing`, with their sources.
//! - A stop (Enter, or the end of the input) says farewell to everybody, and waits until they have heard it.

use std::io::Read;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::{Message, WebSocket};
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::any;
use examples::{
    ChatError, LARGEST, ROOM, Reply, address, authenticate, farewell, receive, report, token,
};
use tokio::net::TcpListener;
use tokio::sync::broadcast::{self, error::RecvError};
use ws_errors::transport::Linger;
use ws_errors::transport::axum::{Handshake, LingeringListener, is_too_large, split};

#[derive(Clone)]
struct Chat {
    room: broadcast::Sender<String>,
    linger: Linger,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let linger = Linger::default();
    let chat = Chat { room: broadcast::Sender::new(ROOM), linger: linger.clone() };
    let router = Router::new().route("/chat", any(connect)).with_state(chat);
    let listener = TcpListener::bind(address()).await?;
    println!("ws://{}/chat?token=good", listener.local_addr()?);
    let stop = linger.clone();
    axum::serve(LingeringListener::new(listener, linger.clone()), router)
        .with_graceful_shutdown(async move {
            // A thread that still reads at the end keeps nobody waiting.
            let _ = tokio::task::spawn_blocking(|| std::io::stdin().read(&mut [0])).await;
            stop.stop();
        })
        .await?;
    let cut_off = linger.shutdown(Duration::from_secs(10)).await;
    println!("{cut_off} were cut off");
    Ok(())
}

async fn connect(
    handshake: Handshake,
    RawQuery(query): RawQuery,
    State(chat): State<Chat>,
) -> Response {
    if let Err(error) = authenticate(token(query.as_deref())) {
        return handshake.refuse(&error, &Reply::default(), &chat.linger);
    }
    match handshake.upgrade(|_, why| ChatError::NoHandshake { why }) {
        Ok(upgrade) => {
            upgrade.max_message_size(LARGEST).on_upgrade(|socket| converse(socket, chat))
        }
        Err(response) => response,
    }
}

async fn converse(socket: WebSocket, Chat { room, linger }: Chat) {
    let (outbox, mut inbox) = split(socket, farewell(), &linger);
    let mut said = room.subscribe();
    loop {
        let sent = tokio::select! {
            received = inbox.recv() => match received {
                Some(Ok(Message::Text(text))) => outbox.deliver(receive(&text, &room)).await,
                Some(Ok(_)) => Ok(()),
                Some(Err(error)) if is_too_large(&error) => {
                    outbox.deliver(report(&ChatError::TooLarge)).await
                }
                Some(Err(_)) | None => break,
            },
            said = said.recv() => match said {
                Ok(text) => outbox.send(text).await,
                Err(RecvError::Lagged(_)) => outbox.deliver(report(&ChatError::TooSlow)).await,
                Err(RecvError::Closed) => break,
            },
        };
        if sent.is_err() {
            break;
        }
    }
}
