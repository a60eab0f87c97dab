//! A server for clients in other languages: it raises what they ask for.
//!
//! It listens on a free port of 127.0.0.1, prints its URL, and ends when its standard input does.
//!
//! - `/CATALOG/ENTRY` raises the entry once the connection is open, or refuses the connection where
//!   the entry says so; what a server never sends breaks the connection.
//! - `/close/CODE` closes with that code, `/close` without one, and `/drop` breaks the connection.
//! - Anywhere else it answers requests, JSON objects with a `type` and perhaps a `requestId`:
//!   `raise` with a `catalog` and an `entry`, `ping` (acknowledged), `lose` (without an answer) and
//!   `drop`.

use std::io::Read as _;
use std::ops::ControlFlow;

use futures_util::{SinkExt as _, StreamExt as _};
use serde::Deserialize;
use tests::occurrences::{self, Encode};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};
use ws_errors::catalog::Delivery;
use ws_errors::transport::tungstenite::{close_with, deliver};
use ws_errors::transport::{Linger, Outcome};
use ws_errors::{Close, CloseCode, Output, Reason};

type Socket = WebSocketStream<TcpStream>;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    r#type: String,
    request_id: Option<String>,
    catalog: Option<String>,
    entry: Option<String>,
}

/// What comes after an answer.
enum Next {
    Send(Output),
    Drop,
    Nothing,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("ws://{}", listener.local_addr()?);
    let serving = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve(stream));
        }
    });
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    serving.abort();
    std::process::exit(0);
}

async fn serve(stream: TcpStream) {
    let mut path = String::new();
    // The type is the library's.
    #[allow(clippy::result_large_err)]
    let look = |request: &Request, response: Response| -> Result<Response, ErrorResponse> {
        request.uri().path().clone_into(&mut path);
        match refused(&path) {
            Some(status) => {
                let mut refusal = ErrorResponse::new(None);
                *refusal.status_mut() = status.try_into().unwrap_or_default();
                Err(refusal)
            }
            None => Ok(response),
        }
    };
    let Ok(socket) = accept_hdr_async(stream, look).await else { return };
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        ["drop"] => {}
        ["close"] => {
            finish(socket, Output { close: Some(Close::without_status()), ..Output::default() })
                .await
        }
        ["close", code] => {
            let code = code.parse().ok().and_then(|code| CloseCode::new(code).ok());
            let close = code.map(|code| Close::new(code, Reason::new("as asked")));
            finish(socket, Output { close, ..Output::default() }).await;
        }
        [catalog, entry] => match raise(catalog, entry, None) {
            Next::Send(output) => {
                if let ControlFlow::Continue(socket) = say(socket, output).await {
                    talk(socket).await;
                }
            }
            Next::Drop | Next::Nothing => {}
        },
        _ => talk(socket).await,
    }
}

async fn talk(mut socket: Socket) {
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let Ok(asked) = serde_json::from_str::<Asked>(&text) else { continue };
        let id = asked.request_id.as_deref();
        let next = match asked.r#type.as_str() {
            "raise" => raise(
                asked.catalog.as_deref().unwrap_or_default(),
                asked.entry.as_deref().unwrap_or_default(),
                id,
            ),
            "ping" => {
                let answer = serde_json::json!({ "type": "ack", "requestId": id });
                match socket.send(Message::text(answer.to_string())).await {
                    Ok(()) => Next::Nothing,
                    Err(_) => Next::Drop,
                }
            }
            "drop" => Next::Drop,
            _ => Next::Nothing,
        };
        match next {
            Next::Nothing => {}
            Next::Drop => return,
            Next::Send(output) => match say(socket, output).await {
                ControlFlow::Continue(open) => socket = open,
                ControlFlow::Break(_) => return,
            },
        }
    }
}

async fn say(socket: Socket, output: Output) -> ControlFlow<Outcome, Socket> {
    deliver(socket, output, &Linger::default()).await
}

async fn finish(socket: Socket, output: Output) {
    close_with(socket, output, &Linger::default()).await;
}

/// The status that the handshake is refused with.
fn refused(path: &str) -> Option<u16> {
    let (catalog, name) = path.trim_start_matches('/').split_once('/')?;
    let catalog = occurrences::catalogs().into_iter().find(|one| one.name == catalog)?;
    let entry = catalog.entries.iter().find(|entry| entry.name == name)?;
    match entry.delivery {
        Delivery::Rejected { status, .. } => Some(status.unwrap_or(400)),
        _ => None,
    }
}

/// What is sent for an entry, in answer to the request of this id.
fn raise(catalog: &str, entry: &str, id: Option<&str>) -> Next {
    match occurrences::raise(catalog, entry, id, None, Encode) {
        Some(output) if !output.is_empty() => Next::Send(output),
        _ => Next::Drop,
    }
}
