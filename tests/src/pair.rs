//! Both ends of one connection, in one task.

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::{WebSocketStream, accept_async, client_async};

/// A connection on loopback: the client's end, and the server's.
pub async fn tcp() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let (client, server) = tokio::join!(TcpStream::connect(address), listener.accept());
    (client.expect("connects"), server.expect("accepts").0)
}

/// The WebSocket handshake over both ends.
pub async fn handshake<C, S>(client: C, server: S) -> (WebSocketStream<C>, WebSocketStream<S>)
where
    C: AsyncRead + AsyncWrite + Unpin,
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (client, server) =
        tokio::join!(client_async("ws://127.0.0.1/", client), accept_async(server));
    (client.expect("upgrades").0, server.expect("upgrades"))
}
