//! A server on tokio-tungstenite.

use std::ops::ControlFlow;

use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use ws_errors::Output;
use ws_errors::transport::tungstenite::{deliver, is_too_large, messages, split};
use ws_errors::transport::{Linger, LingeringStream, Outcome, Unanswered};

use super::{Baseline, LastWord, Say, going_away};
use crate::protocol::{MAX_MESSAGE, Received, answer};

pub(super) async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, say: Say) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                let Ok((stream, _)) = accepted else { return };
                connections.spawn(accept(stream, tls.clone(), say.clone()));
            }
            () = say.last_word.stopping() => break,
            // A task that has ended keeps its memory until somebody asks for it.
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// What is below: a stream that lingers, or nothing of ours.
async fn accept(stream: TcpStream, tls: Option<TlsAcceptor>, say: Say) {
    match (say.last_word.linger(), &say.last_word) {
        // `deliver` does without one, where nothing is between it and the TCP stream.
        (Some(linger), LastWord::Ours(_)) if tls.is_none() => {
            let guard = linger.guard();
            converse(stream, &say).await;
            drop(guard);
        }
        (Some(linger), _) => over(LingeringStream::new(stream, linger.clone()), tls, &say).await,
        (None, _) => over(stream, tls, &say).await,
    }
}

async fn over<S>(stream: S, tls: Option<TlsAcceptor>, say: &Say)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    match tls {
        None => converse(stream, say).await,
        Some(tls) => {
            if let Ok(stream) = tls.accept(stream).await {
                converse(stream, say).await;
            }
        }
    }
}

/// Serves one connection, whatever is below it.
pub async fn converse<S>(stream: S, say: &Say)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    // The default of 128 KiB for each connection is meant for a few busy ones.
    let config = WebSocketConfig::default()
        .read_buffer_size(4 << 10)
        .max_message_size(Some(MAX_MESSAGE))
        .max_frame_size(Some(MAX_MESSAGE));
    // A peer that doesn't speak WebSocket has been refused by then.
    let Ok(socket) = tokio_tungstenite::accept_async_with_config(stream, Some(config)).await else {
        return;
    };
    match &say.last_word {
        LastWord::Ours(linger) => delivers(socket, linger, say).await,
        LastWord::Split(linger) | LastWord::Page(linger) => splits(socket, linger, say).await,
        LastWord::Careless(linger) => {
            tokio::select! {
                () = drops(socket, Baseline::SendSendDrop, say) => {}
                () = linger.stopping() => {}
            }
        }
        LastWord::Naive(baseline) => drops(socket, *baseline, say).await,
    }
}

/// What is sent for what was received; `None` where the connection is over.
fn reply(received: Option<Result<Message, Error>>) -> Option<Output> {
    Some(match received? {
        Ok(Message::Text(text)) => answer(Received::Text(&text)),
        Ok(Message::Binary(_)) => answer(Received::Binary),
        Ok(_) => Output::default(),
        Err(error) if is_too_large(&error) => answer(Received::TooLarge),
        // Text that is not UTF-8, and frames that break the protocol, end the connection.
        Err(_) => return None,
    })
}

async fn delivers<S>(mut socket: WebSocketStream<S>, linger: &Linger, say: &Say)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    loop {
        let output = tokio::select! {
            received = socket.next() => match reply(received) {
                Some(output) => output,
                None => return,
            },
            () = linger.stopping() => going_away(),
        };
        socket = match deliver(socket, output, linger).await {
            ControlFlow::Continue(socket) => socket,
            ControlFlow::Break(outcome) => return say.outcomes.add(outcome),
        };
    }
}

async fn splits<S>(socket: WebSocketStream<S>, linger: &Linger, say: &Say)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (outbox, mut inbox) = split(socket, going_away(), linger);
    while let Some(output) = reply(inbox.recv().await) {
        if outbox.deliver(output).await.is_err() {
            break;
        }
    }
    drop(inbox);
    if let Some(outcome) = outbox.closed().await {
        say.outcomes.add(outcome);
    }
}

/// As people do it.
async fn drops<S>(mut socket: WebSocketStream<S>, how: Baseline, say: &Say)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    while let Some(output) = reply(socket.next().await) {
        let closes = output.close.is_some();
        let mut sent = Ok(());
        for message in messages(output) {
            sent = sent.and(match how {
                Baseline::SendSendDrop => socket.send(message).await,
                Baseline::FlushDrop => socket.feed(message).await,
            });
        }
        if how == Baseline::FlushDrop {
            sent = sent.and(socket.flush().await);
        }
        if closes {
            let why = Unanswered::Hidden;
            return say.outcomes.add(match sent {
                Ok(()) => Outcome::HandedOver(why),
                Err(_) => Outcome::Refused(Unanswered::Gone),
            });
        }
        if sent.is_err() {
            return;
        }
    }
}
