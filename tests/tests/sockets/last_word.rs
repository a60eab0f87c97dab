//! The last word, when something goes wrong: peers that vanish, stall or flood, and servers that
//! shut down or are cancelled.

mod arrives;
mod bounds;
mod ends;
mod gone;

use std::io;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tests::pair::{handshake, tcp};
use tests::servers::tls::Identity;
use tests::servers::{LastWord, Library, Server};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{WebSocketStream, accept_async_with_config, client_async, connect_async};
use ws_errors::transport::tungstenite::{
    close_halves_with, close_with, deliver, send, spawn_close_with,
};
use ws_errors::transport::{Limits, Linger, LingeringStream, Outcome, Unanswered};
use ws_errors::{Close, CloseCode, Frame, Output, Reason};

type Socket<S = TcpStream> = WebSocketStream<S>;

/// Nothing in these tests takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

const STATUS: (u16, &str) = (4003, "Unauthorized");

fn error(text: impl Into<String>) -> Output {
    let code = CloseCode::new(STATUS.0).expect("sendable");
    Output {
        frame: Some(Frame::Text(text.into().into())),
        close: Some(Close::new(code, Reason::new(STATUS.1))),
        ..Output::default()
    }
}

fn linger(limits: Limits) -> Linger {
    Linger::new(limits)
}

fn patient() -> Linger {
    linger(Limits { stall: PATIENCE, deadline: PATIENCE, ..Limits::default() })
}

/// Gives up soon: for peers that never do what they should.
fn impatient() -> Linger {
    linger(Limits { deadline: Duration::from_millis(200), ..Limits::default() })
}

async fn pair() -> (Socket, Socket) {
    let (client, server) = tcp().await;
    handshake(client, server).await
}

/// Reads on until the end, and finds exactly the text and the close.
async fn expect_last_word<S>(
    mut client: impl StreamExt<Item = Result<Message, S>> + Unpin,
    text: &str,
) where
    S: std::fmt::Debug,
{
    let Some(Ok(Message::Text(seen))) = client.next().await else { panic!("the text") };
    assert!(seen.as_str() == text, "another text of {} bytes", seen.len());
    let Some(Ok(Message::Close(Some(frame)))) = client.next().await else { panic!("the close") };
    assert_eq!((u16::from(frame.code), frame.reason.as_str()), STATUS);
    while client.next().await.is_some() {}
}
