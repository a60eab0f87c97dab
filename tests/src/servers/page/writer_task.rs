use axum::extract::ws::{Message, WebSocket};
use tokio::sync::broadcast::{self, error::RecvError};
use ws_errors::Envelope;
use ws_errors::transport::axum::{is_too_large, split};
use ws_errors::transport::{Linger, Outcome};

async fn converse(
    socket: WebSocket,
    linger: Linger,
    mut room: broadcast::Receiver<String>,
) -> Option<Outcome> {
    let (outbox, mut inbox) = split(socket, ChatError::GoingAway.encode(&()), &linger);

    // A writer that decides to fail.
    let writer = outbox.clone();
    tokio::spawn(async move {
        loop {
            let sent = match room.recv().await {
                Ok(text) => writer.send(text).await,
                Err(RecvError::Lagged(_)) => writer.deliver(ChatError::TooSlow.encode(&())).await,
                Err(RecvError::Closed) => return,
            };
            if sent.is_err() {
                return;
            }
        }
    });

    // A reader that decides to fail. When anybody closes, `recv` returns `None`.
    while let Some(received) = inbox.recv().await {
        let handled = match received {
            Ok(Message::Text(text)) => handle(&text),
            Ok(_) => Ok(()),
            Err(error) if is_too_large(&error) => Err(ChatError::TooLarge),
            Err(_) => break,
        };
        if let Err(error) = handled
            && outbox.deliver(error.encode(&())).await.is_err()
        {
            break;
        }
    }
    drop(inbox);
    outbox.closed().await
}
