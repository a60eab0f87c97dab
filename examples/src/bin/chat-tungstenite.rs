//! The chat on tokio-tungstenite: `chat-tungstenite [ADDRESS]`.

use examples::{ChatError, LARGEST, ROOM, address, authenticate, farewell, receive, report, token};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast::{self, error::RecvError};
use tokio_tungstenite::accept_hdr_async_with_config;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use ws_errors::transport::tungstenite::{close_with, is_too_large, split};
use ws_errors::transport::{Linger, LingeringStream};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let (room, linger) = (broadcast::Sender::new(ROOM), Linger::default());
    let listener = TcpListener::bind(address()).await?;
    println!("ws://{}/chat?token=good", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(serve(stream, room.clone(), linger.clone()));
    }
}

async fn serve(stream: TcpStream, room: broadcast::Sender<String>, linger: Linger) {
    let mut allowed = Err(ChatError::SignedOut);
    // The type is the library's.
    #[allow(clippy::result_large_err)]
    let look = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        allowed = authenticate(token(request.uri().query()));
        Ok(response)
    };
    let config = WebSocketConfig::default().max_message_size(Some(LARGEST));
    let stream = LingeringStream::new(stream, linger.clone());
    let Ok(socket) = accept_hdr_async_with_config(stream, look, Some(config)).await else { return };
    if let Err(error) = allowed {
        // A browser shows its page nothing of a handshake that is refused: so it is accepted, and closed.
        close_with(socket, report(&error), &linger).await;
        return;
    }
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
