//! WebSockets over HTTP/2 (RFC 8441) through axum: several share one TCP connection, and none is lost.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::body::Bytes;
use axum::http::{Method, Request, StatusCode, Version};
use futures_util::{SinkExt, StreamExt};
use h2::client::SendRequest;
use h2::ext::Protocol;
use h2::{RecvStream, SendStream};
use tests::protocol::{MAX_MESSAGE, backlog, too_large};
use tests::servers::{LastWord, Library, Server};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;
use ws_errors::Output;
use ws_errors::transport::Linger;

/// A stream of HTTP/2, as bytes.
struct Tunnel {
    send: SendStream<Bytes>,
    receive: RecvStream,
    rest: Bytes,
}

impl AsyncRead for Tunnel {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.rest.is_empty() {
            match ready!(self.receive.poll_data(cx)) {
                Some(data) => {
                    self.rest = data.map_err(io::Error::other)?;
                    let length = self.rest.len();
                    let released = self.receive.flow_control().release_capacity(length);
                    released.map_err(io::Error::other)?;
                }
                None => return Poll::Ready(Ok(())),
            }
        }
        let length = self.rest.len().min(buffer.remaining());
        buffer.put_slice(&self.rest.split_to(length));
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Tunnel {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.send.reserve_capacity(bytes.len());
        let capacity = match ready!(self.send.poll_capacity(cx)) {
            Some(capacity) => capacity.map_err(io::Error::other)?,
            None => return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into())),
        };
        let length = capacity.min(bytes.len());
        let data = Bytes::copy_from_slice(&bytes[..length]);
        self.send.send_data(data, false).map_err(io::Error::other)?;
        Poll::Ready(Ok(length))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.send.send_data(Bytes::new(), true).map_err(io::Error::other))
    }
}

async fn connect(client: &SendRequest<Bytes>) -> WebSocketStream<Tunnel> {
    let mut client = client.clone().ready().await.expect("ready");
    let request = Request::builder()
        .method(Method::CONNECT)
        .version(Version::HTTP_2)
        .uri("http://localhost/")
        .header("sec-websocket-version", "13")
        .extension(Protocol::from_static("websocket"))
        .body(())
        .expect("a request");
    let (response, send) = client.send_request(request, false).expect("sent");
    let response = response.await.expect("an answer");
    assert_eq!(response.status(), StatusCode::OK);
    let tunnel = Tunnel { send, receive: response.into_body(), rest: Bytes::new() };
    WebSocketStream::from_raw_socket(tunnel, Role::Client, None).await
}

/// Goes on sending until the end, and sees the exact last word.
async fn expect_last_word(socket: WebSocketStream<Tunnel>, first: Message, expected: Output) {
    let (mut sink, mut stream) = socket.split();
    let sending = tokio::spawn(async move {
        let mut sent = sink.send(first).await;
        while sent.is_ok() {
            sent = sink.send(Message::text(r#"{"type":"load"}"#)).await;
            tokio::task::yield_now().await;
        }
    });
    if let Some(text) = expected.text() {
        let seen = stream.next().await.expect("a message").expect("a text");
        assert!(seen.to_text().is_ok_and(|seen| seen == text), "another text");
    }
    let Some(Ok(Message::Close(Some(frame)))) = stream.next().await else { panic!("a close") };
    let close = expected.close.expect("it closes");
    assert_eq!(Some(u16::from(frame.code)), close.code().map(|code| code.get()));
    assert_eq!(frame.reason.as_str(), close.reason());
    while let Some(Ok(_)) = stream.next().await {}
    sending.abort();
}

#[tokio::test]
async fn over_http2_clients_that_are_still_sending_see_text_and_close() {
    let linger = Linger::default();
    for last_word in [LastWord::Ours(linger.clone()), LastWord::Split(linger.clone())] {
        let server = Server::start_with(Library::Axum, last_word, None).await.expect("a server");
        let stream = TcpStream::connect(server.address).await.expect("connects");
        let (mut client, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
        let connection = tokio::spawn(connection);
        while !client.is_extended_connect_protocol_enabled() {
            client = client.ready().await.expect("ready");
            tokio::task::yield_now().await;
        }
        let mut clients = tokio::task::JoinSet::new();
        for _ in 0..10 {
            let request = Message::text(r#"{"type":"backlog"}"#);
            clients.spawn(expect_last_word(connect(&client).await, request, backlog()));
            let oversized = Message::binary(vec![0; 4 * MAX_MESSAGE]);
            clients.spawn(expect_last_word(connect(&client).await, oversized, too_large()));
        }
        clients.join_all().await;
        // The others on this connection are as good as new.
        let request = Message::text(r#"{"type":"backlog"}"#);
        expect_last_word(connect(&client).await, request, backlog()).await;
        drop(client);
        connection.abort();
    }
}
