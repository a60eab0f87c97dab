//! A library that has no feature of its own takes a few lines.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tests::occurrences;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::client_async;
use tokio_tungstenite::tungstenite::Message as Seen;
use tokio_websockets::{CloseCode, Message, ServerBuilder};
use ws_errors::transport::{Limits, Linger, LingeringStream};
use ws_errors::{Close, Frame, Output};

/// All that it takes.
fn messages(output: Output) -> impl Iterator<Item = Message> {
    let frame = output.frame.map(|frame| match frame {
        Frame::Text(text) => Message::text(text.into_string()),
        Frame::Binary(bytes) => Message::binary(bytes.into_vec()),
    });
    let close = output.close.map(|close: Close| {
        let code = close.code().and_then(|code| CloseCode::try_from(code.get()).ok());
        Message::close(code, close.reason())
    });
    frame.into_iter().chain(close)
}

#[tokio::test]
async fn a_library_without_a_feature_sends_the_neutral_form_and_lingers_below() {
    for occurrence in occurrences::all() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        // Of a soft error the stream can't know that it was the last word.
        let quiet = Duration::from_millis(20);
        let linger = Linger::new(Limits { quiet, ..Limits::default() });
        let (lingering, output) = (linger.clone(), occurrence.output.clone());
        let server = async move {
            let stream =
                LingeringStream::new(listener.accept().await.expect("accepts").0, lingering);
            let (_, mut socket) = ServerBuilder::new().accept(stream).await.expect("upgrades");
            // Meanwhile the client is sending, and nobody reads it.
            for message in messages(output) {
                socket.feed(message).await.expect("taken");
            }
            socket.flush().await.expect("written");
        };
        let client = async {
            let stream = TcpStream::connect(address).await.expect("connects");
            let (mut client, _) = client_async("ws://127.0.0.1/", stream).await.expect("upgrades");
            client.send(Seen::text("in flight")).await.expect("written");
            let mut seen = Vec::new();
            while let Some(Ok(message)) = client.next().await {
                seen.push(message);
            }
            seen
        };
        let ((), seen) = tokio::join!(server, client);
        let expected: Vec<Seen> =
            ws_errors::transport::tungstenite::messages(occurrence.output).collect();
        assert_eq!(seen, expected, "{}", occurrence.entry.name);
        linger.idle().await;
    }
}
