//! A server on axum.

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use ws_errors::Output;
use ws_errors::transport::Outcome;
use ws_errors::transport::axum::{LingeringListener, close_with, messages, send};

use super::{Baseline, LastWord, Say};
use crate::protocol::{MAX_MESSAGE, Received, answer};

pub(super) async fn serve(listener: TcpListener, say: Say) {
    let upgrade = async |upgrade: WebSocketUpgrade, State(say): State<Say>| {
        upgrade
            .max_message_size(MAX_MESSAGE)
            .max_frame_size(MAX_MESSAGE)
            .on_upgrade(async move |socket| converse(socket, &say).await)
    };
    let linger = match &say.last_word {
        LastWord::Ours(linger) => Some(linger.clone()),
        LastWord::Naive(_) => None,
    };
    let router = Router::new().route("/", get(upgrade)).with_state(say);
    // It never ends by itself, and so not with an error either.
    let _ = match linger {
        Some(linger) => axum::serve(LingeringListener::new(listener, linger), router).await,
        None => axum::serve(listener, router).await,
    };
}

async fn converse(mut socket: WebSocket, say: &Say) {
    while let Some(received) = socket.next().await {
        let output = match received {
            Ok(Message::Text(text)) => answer(Received::Text(&text)),
            Ok(Message::Binary(_)) => answer(Received::Binary),
            Ok(_) => continue,
            // The library tells it only in words.
            Err(error) if error.to_string().contains("too long") => answer(Received::TooLarge),
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

async fn last_word(mut socket: WebSocket, output: Output, how: &LastWord) -> Outcome {
    let sent = match how {
        LastWord::Ours(linger) => return close_with(socket, output, linger).await,
        LastWord::Naive(Baseline::FlushDrop) => send(&mut socket, output).await,
        LastWord::Naive(Baseline::SendSendDrop) => {
            let mut sent = Ok(());
            for message in messages(output) {
                sent = sent.and(SinkExt::send(&mut socket, message).await);
            }
            sent
        }
    };
    sent.map_or(Outcome::PeerGone, |()| Outcome::NotAwaited)
}
