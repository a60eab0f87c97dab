//! A server on tokio-tungstenite.

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use ws_errors::Output;
use ws_errors::transport::Outcome;
use ws_errors::transport::tungstenite::{close_with, messages, send};

use super::{Baseline, LastWord, Say};
use crate::protocol::{MAX_MESSAGE, Received, answer};

pub(super) async fn serve(listener: TcpListener, say: Say) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { return };
                let say = say.clone();
                connections.spawn(async move { converse(stream, &say).await });
            }
            // A task that has ended keeps its memory until somebody asks for it.
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Serves one connection, whatever is below it.
pub async fn converse<S: AsyncRead + AsyncWrite + Unpin>(stream: S, say: &Say) {
    // The default of 128 KiB for each connection is meant for a few busy ones.
    let config = WebSocketConfig::default()
        .read_buffer_size(4 << 10)
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
            return say.outcomes.add(last_word(socket, output, &say.last_word).await);
        }
        if send(&mut socket, output).await.is_err() {
            return;
        }
    }
}

async fn last_word<S>(mut socket: WebSocketStream<S>, output: Output, how: &LastWord) -> Outcome
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let sent = match how {
        LastWord::Ours(linger) => return close_with(socket, output, linger).await,
        LastWord::Naive(Baseline::FlushDrop) => send(&mut socket, output).await,
        LastWord::Naive(Baseline::SendSendDrop) => {
            let mut sent = Ok(());
            for message in messages(output) {
                sent = sent.and(socket.send(message).await);
            }
            sent
        }
    };
    sent.map_or(Outcome::PeerGone, |()| Outcome::NotAwaited)
}
