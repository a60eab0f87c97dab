//! The same with tokio-tungstenite beside it: a server that sends the error, and a client that reads
//! it.

use futures_util::StreamExt;
use tokio::net::{TcpListener, TcpStream};
use ws_errors::transport::Linger;
use ws_errors::transport::tungstenite::close_with;
use ws_errors::{Envelope, WsError};

#[derive(Debug, thiserror::Error, WsError)]
#[ws_error(envelope = { "code": code, "message": message })]
enum ShopError {
    #[error("sold out")]
    #[ws_error(code = 7, message = display, soft_then_close(4000, "closed for today"))]
    SoldOut,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = async {
        let (stream, _) = listener.accept().await?;
        let socket = tokio_tungstenite::accept_async(stream).await?;
        let outcome = close_with(socket, ShopError::SoldOut.encode(&()), &Linger::default()).await;
        assert!(outcome.is_delivered(), "{outcome}");
        Ok::<(), Box<dyn std::error::Error>>(())
    };
    let client = async {
        let stream = TcpStream::connect(address).await?;
        let (mut socket, _) =
            tokio_tungstenite::client_async(format!("ws://{address}/"), stream).await?;
        while let Some(Ok(message)) = socket.next().await {
            println!("{message}");
        }
        Ok::<(), Box<dyn std::error::Error>>(())
    };
    let (served, read) = tokio::join!(server, client);
    served.and(read)
}
