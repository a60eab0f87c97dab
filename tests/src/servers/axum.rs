//! A server on axum.

use std::ops::ControlFlow;

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::routing::any;
use axum::serve::Listener;
use axum::{Error, Router};
use futures_util::{SinkExt, StreamExt};
use tokio::net::TcpListener;
use tokio::sync::broadcast;
use tokio_rustls::TlsAcceptor;
use ws_errors::Output;
use ws_errors::transport::axum::{LingeringListener, deliver, is_too_large, messages, split};
use ws_errors::transport::{Linger, Outcome, Unanswered};

use super::page::writer_task;
use super::tls::TlsListener;
use super::{Baseline, LastWord, Say, going_away};
use crate::protocol::{MAX_MESSAGE, Received, answer};

pub(super) async fn serve(listener: TcpListener, tls: Option<TlsAcceptor>, say: Say) {
    let router = router(say.clone());
    match (say.last_word.linger(), tls) {
        (None, None) => run(listener, router, say).await,
        (None, Some(_)) => {}
        (Some(linger), None) => {
            run(LingeringListener::new(listener, linger.clone()), router, say).await;
        }
        (Some(linger), Some(tls)) => {
            let below = LingeringListener::new(listener, linger.clone());
            if let Ok(listener) = TlsListener::new(below, tls) {
                run(listener, router, say).await;
            }
        }
    }
}

/// The routes of such a server, however it is served.
pub fn router(say: Say) -> Router {
    let upgrade = async |upgrade: WebSocketUpgrade, State(say): State<Say>| {
        upgrade
            .max_message_size(MAX_MESSAGE)
            .max_frame_size(MAX_MESSAGE)
            .on_upgrade(async move |socket| converse(socket, &say).await)
    };
    // HTTP/2 has another method for it.
    Router::new().route("/", any(upgrade)).with_state(say)
}

async fn run<L: Listener<Addr: std::fmt::Debug>>(listener: L, router: Router, say: Say) {
    let stop = async move { say.last_word.stopping().await };
    // An error there is none: `serve` returns when it is stopped.
    let _ = axum::serve(listener, router).with_graceful_shutdown(stop).await;
}

async fn converse(socket: WebSocket, say: &Say) {
    match &say.last_word {
        LastWord::Ours(linger) => delivers(socket, linger, say).await,
        LastWord::Split(linger) => splits(socket, linger, say).await,
        LastWord::Page(linger) => {
            // A room in which nobody says anything.
            let (room, member) = broadcast::channel(1);
            let outcome = writer_task::serve(socket, linger.clone(), member).await;
            drop(room);
            outcome.into_iter().for_each(|outcome| say.outcomes.add(outcome));
        }
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
        Err(_) => return None,
    })
}

async fn delivers(mut socket: WebSocket, linger: &Linger, say: &Say) {
    loop {
        let output = tokio::select! {
            received = socket.recv() => match reply(received) {
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

async fn splits(socket: WebSocket, linger: &Linger, say: &Say) {
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
async fn drops(mut socket: WebSocket, how: Baseline, say: &Say) {
    while let Some(output) = reply(socket.next().await) {
        let closes = output.close.is_some();
        let mut sent = Ok(());
        for message in messages(output) {
            sent = sent.and(match how {
                Baseline::SendSendDrop => SinkExt::send(&mut socket, message).await,
                Baseline::FlushDrop => socket.feed(message).await,
            });
        }
        if how == Baseline::FlushDrop {
            sent = sent.and(SinkExt::flush(&mut socket).await);
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
