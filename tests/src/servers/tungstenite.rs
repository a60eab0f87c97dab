//! A server on tokio-tungstenite.

use std::io;
use std::net::SocketAddr;

use futures_util::StreamExt;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use ws_errors::transport::tungstenite::send;

use crate::protocol::{MAX_MESSAGE, Received, answer};

/// A server that answers as [`answer`] says, until it is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    _tasks: JoinSet<()>,
}

impl Server {
    /// Starts one.
    ///
    /// # Errors
    /// Returns why it can't listen.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream));
                while connections.try_join_next().is_some() {}
            }
        });
        Ok(Self { address, _tasks: tasks })
    }

    /// Its URL.
    pub fn url(&self) -> String {
        format!("ws://{}/", self.address)
    }
}

async fn serve(stream: TcpStream) {
    let config = WebSocketConfig::default()
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE));
    // A peer that doesn't speak WebSocket has been told so by then.
    let Ok(socket) = tokio_tungstenite::accept_async_with_config(stream, Some(config)).await else {
        return;
    };
    converse(socket).await;
}

async fn converse(mut socket: WebSocketStream<TcpStream>) {
    while let Some(received) = socket.next().await {
        let output = match received {
            Ok(Message::Text(text)) => answer(Received::Text(&text)),
            Ok(Message::Binary(_)) => answer(Received::Binary),
            Ok(_) => continue,
            // Text that is not UTF-8, and frames that break the protocol, end the connection.
            Err(_) => return,
        };
        if send(&mut socket, output).await.is_err() {
            return;
        }
    }
}
