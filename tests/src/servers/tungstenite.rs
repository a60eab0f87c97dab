//! A server on tokio-tungstenite.

use std::io;
use std::net::SocketAddr;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use ws_errors::Output;
use ws_errors::transport::tungstenite::{close_with, messages, send};
use ws_errors::transport::{Linger, Outcome};

use super::{Baseline, Outcomes};
use crate::protocol::{MAX_MESSAGE, Received, answer};

/// How a server says its last word.
#[derive(Debug, Clone)]
pub enum LastWord {
    /// As this project does.
    Ours(Linger),
    /// As people do it.
    Naive(Baseline),
}

/// A server that answers as [`answer`] says, until it is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// Where its closed sockets linger.
    pub linger: Linger,
    /// What came of its last words.
    pub outcomes: Outcomes,
    _tasks: JoinSet<()>,
}

impl Server {
    /// Starts one.
    ///
    /// # Errors
    /// Returns why it can't listen.
    pub async fn start() -> io::Result<Self> {
        Self::start_with(LastWord::Ours(Linger::default())).await
    }

    /// Starts one that says its last word in a given way.
    ///
    /// # Errors
    /// Returns why it can't listen.
    pub async fn start_with(last_word: LastWord) -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let linger = match &last_word {
            LastWord::Ours(linger) => linger.clone(),
            LastWord::Naive(_) => Linger::default(),
        };
        let outcomes = Outcomes::default();
        let counted = outcomes.clone();
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (last_word, outcomes) = (last_word.clone(), counted.clone());
                connections.spawn(async move { serve(stream, last_word, outcomes).await });
                while connections.try_join_next().is_some() {}
            }
        });
        Ok(Self { address, linger, outcomes, _tasks: tasks })
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("ws://{}/", self.address)
    }
}

/// Serves one connection, whatever is below it.
pub async fn serve<S>(stream: S, last_word: LastWord, outcomes: Outcomes)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let config = WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE));
    // A peer that doesn't speak WebSocket has been told so by then.
    let Ok(mut socket) = tokio_tungstenite::accept_async_with_config(stream, Some(config)).await
    else {
        return;
    };
    while let Some(received) = socket.next().await {
        let output = match received {
            Ok(Message::Text(text)) => answer(Received::Text(&text)),
            Ok(Message::Binary(_)) => answer(Received::Binary),
            Ok(_) => continue,
            Err(Error::Capacity(_)) => answer(Received::TooLarge),
            // Text that is not UTF-8, and frames that break the protocol, end the connection.
            Err(_) => return,
        };
        if output.close.is_some() {
            return last(socket, output, &last_word, &outcomes).await;
        }
        if send(&mut socket, output).await.is_err() {
            return;
        }
    }
}

async fn last<S>(
    mut socket: WebSocketStream<S>,
    output: Output,
    last_word: &LastWord,
    outcomes: &Outcomes,
) where
    S: AsyncRead + AsyncWrite + Unpin,
{
    match last_word {
        LastWord::Ours(linger) => outcomes.add(close_with(socket, output, linger).await),
        LastWord::Naive(Baseline::SendSendDrop) => {
            for message in messages(output) {
                if socket.send(message).await.is_err() {
                    return outcomes.add(Outcome::PeerGone);
                }
            }
            outcomes.add(Outcome::NotAwaited);
        }
        LastWord::Naive(Baseline::FlushDrop) => match send(&mut socket, output).await {
            Ok(()) => outcomes.add(Outcome::NotAwaited),
            Err(_) => outcomes.add(Outcome::PeerGone),
        },
    }
}
