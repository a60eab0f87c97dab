//! One of the processes with clients in it.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tests::protocol::unauthorized;
use tests::servers::going_away;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};
use ws_errors::Output;

type Client = WebSocketStream<TcpStream>;

/// Does what standard input says, and answers on standard output.
pub(crate) async fn run() -> std::io::Result<()> {
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    let mut open: Vec<Client> = Vec::new();
    let mut busy: JoinSet<Result<(), String>> = JoinSet::new();
    while let Some(line) = lines.next_line().await? {
        let words: Vec<&str> = line.split(' ').collect();
        let answer = match words.as_slice() {
            ["connect", url, number] => match connect(url, number.parse().unwrap_or(0)).await {
                Ok(clients) => {
                    open = clients;
                    "open".to_owned()
                }
                Err(error) => return Err(std::io::Error::other(error)),
            },
            ["raise", number] => {
                raise_all(std::mem::take(&mut open), number.parse().unwrap_or(0)).await
            }
            // Sends without end, from here on.
            ["send"] => {
                let expected = going_away();
                for client in std::mem::take(&mut open) {
                    busy.spawn(stay_busy(client, expected.clone()));
                }
                "sending".to_owned()
            }
            // Asks for an error that closes, and goes on sending, but reads nothing yet.
            ["ask"] => {
                let (request, _) = unauthorized();
                for client in &mut open {
                    let asked = client.send(Message::text(request.clone())).await;
                    asked.map_err(std::io::Error::other)?;
                }
                "asked".to_owned()
            }
            ["expect", "going_away"] => losses(std::mem::take(&mut busy)).await,
            ["expect", _] => {
                let (_, expected) = unauthorized();
                for client in std::mem::take(&mut open) {
                    busy.spawn(stay_busy(client, expected.clone()));
                }
                losses(std::mem::take(&mut busy)).await
            }
            _ => return Err(std::io::Error::other(format!("no such request: {line}"))),
        };
        println!("{answer}");
    }
    Ok(())
}

async fn connect(url: &str, number: usize) -> Result<Vec<Client>, String> {
    let address = url.trim_start_matches("ws://").trim_end_matches('/');
    let config = WebSocketConfig::default().read_buffer_size(4 << 10);
    let mut clients = Vec::new();
    for _ in 0..number {
        let stream = TcpStream::connect(address).await.map_err(|error| {
            format!(
                "{error}, after {} connections; is the limit of open files too low?",
                clients.len()
            )
        })?;
        let (client, _) = client_async_with_config(url, stream, Some(config))
            .await
            .map_err(|error| error.to_string())?;
        clients.push(client);
    }
    Ok(clients)
}

/// How many have lost something, and what one of them saw.
async fn losses(running: JoinSet<Result<(), String>>) -> String {
    let results = running.join_all().await;
    let lost: Vec<String> = results.into_iter().filter_map(Result::err).collect();
    format!("{} {}", lost.len(), lost.first().map_or("", String::as_str))
}

/// Goes on sending until the server ends the connection, and finds its last word.
async fn stay_busy(client: Client, expected: Output) -> Result<(), String> {
    let (mut sink, mut stream) = client.split();
    let sending = tokio::spawn(async move {
        let load = format!(r#"{{"type":"load","data":"{}"}}"#, "x".repeat(4000));
        while sink.send(Message::text(load.clone())).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
    let read = last_word(&mut stream, &expected).await;
    sending.abort();
    read
}

/// Reads the text and the close, and then the end.
async fn last_word(
    stream: &mut (impl StreamExt<Item = Result<Message, Error>> + Unpin),
    expected: &Output,
) -> Result<(), String> {
    match stream.next().await {
        Some(Ok(Message::Text(seen))) if expected.text() == Some(seen.as_str()) => {}
        seen => return Err(format!("{seen:?} instead of the last text")),
    }
    let status = expected.close.as_ref().map(|close| (close.code(), close.reason()));
    match stream.next().await {
        Some(Ok(Message::Close(Some(frame))))
            if status.is_some_and(|(code, reason)| {
                code.is_some_and(|code| code.get() == u16::from(frame.code))
                    && frame.reason.as_str() == reason
            }) => {}
        seen => return Err(format!("{seen:?} instead of the close")),
    }
    match stream.next().await {
        None => Ok(()),
        seen => Err(format!("{seen:?} after the close")),
    }
}

/// Raises errors on all connections at once: `exact`, or what one of them saw instead.
async fn raise_all(clients: Vec<Client>, errors: usize) -> String {
    let last = unauthorized();
    let mut running: JoinSet<Result<(), String>> = JoinSet::new();
    for (index, client) in clients.into_iter().enumerate() {
        let last = last.clone();
        running.spawn(async move {
            converse(client, index, errors, last).await.map_err(|seen| format!("{index}: {seen}"))
        });
    }
    let results = running.join_all().await;
    results.into_iter().find_map(Result::err).unwrap_or_else(|| "exact".to_owned())
}

/// All requests are sent without waiting, so that the answers have to keep their order themselves.
async fn converse(
    client: Client,
    index: usize,
    errors: usize,
    (request, expected): (String, Output),
) -> Result<(), String> {
    let (mut sink, mut stream) = client.split();
    let asking = async {
        for number in 0..errors {
            let request = format!(
                r#"{{"type":"publish","requestId":"{index}-{number}","channel":"c","data":0}}"#
            );
            sink.send(Message::text(request)).await.map_err(|error| error.to_string())?;
        }
        sink.send(Message::text(request)).await.map_err(|error| error.to_string())
    };
    let reading = async {
        for number in 0..errors {
            let text = format!(
                r#"{{"type":"error","requestId":"{index}-{number}","code":"channel_not_authorized","message":"not authorized: c"}}"#
            );
            match stream.next().await {
                Some(Ok(Message::Text(seen))) if seen.as_str() == text => {}
                seen => return Err(format!("{seen:?} instead of {text}")),
            }
        }
        last_word(&mut stream, &expected).await
    };
    let (asked, read) = tokio::join!(asking, reading);
    asked.and(read)
}
