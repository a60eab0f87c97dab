use std::ops::ControlFlow;

use axum::extract::ws::{Message, WebSocket};
use ws_errors::Envelope;
use ws_errors::transport::axum::{deliver, is_too_large};
use ws_errors::transport::{Linger, Outcome};

async fn converse(mut socket: WebSocket, linger: Linger) -> Option<Outcome> {
    loop {
        let error = tokio::select! {
            received = socket.recv() => match received {
                Some(Ok(Message::Text(text))) => match handle(&text) {
                    Ok(()) => continue,
                    Err(error) => error,
                },
                Some(Ok(_)) => continue,
                Some(Err(error)) if is_too_large(&error) => ChatError::TooLarge,
                Some(Err(_)) | None => return None,
            },
            () = linger.stopping() => ChatError::GoingAway,
        };
        socket = match deliver(socket, error.encode(&()), &linger).await {
            ControlFlow::Continue(socket) => socket,
            ControlFlow::Break(outcome) => return Some(outcome),
        };
    }
}
