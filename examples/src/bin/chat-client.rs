//! A client of the chat that reads errors, and comes back as each says: `chat-client URL`.
//!
//! It sends each line of its input, and shows what comes.

use examples::ChatError;
use futures_util::{SinkExt, StreamExt};
use tokio::io::{AsyncBufReadExt, BufReader, Lines, Stdin};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;
use ws_errors::catalog::{Decision, Retry};
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, WsError};

type Input = Lines<BufReader<Stdin>>;

/// How a connection ended.
enum Ended {
    /// The person has said everything.
    Done,
    /// Otherwise, and what the catalog says of it.
    With(&'static Retry),
}

#[tokio::main]
async fn main() {
    let mut url = std::env::args().nth(1).unwrap_or_default();
    let decoder = Decoder::of::<ChatError>();
    let mut input = BufReader::new(tokio::io::stdin()).lines();
    let mut attempt = 0;
    while let Ended::With(retry) = converse(&url, &decoder, &mut input, &mut attempt).await {
        match retry.decide(attempt, None) {
            Decision::Wait(wait) => {
                println!("again in {wait:?}");
                tokio::time::sleep(wait).await;
            }
            Decision::Act { action: "sign_in", .. } => {
                println!("signing in");
                let path = url.split_once('?').map_or(url.as_str(), |(path, _)| path);
                url = format!("{path}?token=good");
            }
            Decision::Act { .. } | Decision::Stop { .. } => break,
        }
        attempt += 1;
    }
}

/// Connects, and goes on until the connection or the input ends.
async fn converse(url: &str, decoder: &Decoder, input: &mut Input, attempt: &mut u32) -> Ended {
    let lost = ChatError::catalog().retry_lost();
    let Ok((mut socket, _)) = connect_async(url).await else { return Ended::With(lost) };
    loop {
        let received = tokio::select! {
            line = input.next_line() => {
                let Ok(Some(text)) = line else {
                    // Whoever reads on sees what the others still say.
                    let _ = socket.close(None).await;
                    while let Some(Ok(_)) = socket.next().await {}
                    return Ended::Done;
                };
                let said = serde_json::json!({ "text": text }).to_string();
                match socket.send(Message::text(said)).await {
                    Ok(()) => continue,
                    Err(_) => socket.next().await,
                }
            }
            received = socket.next() => received,
        };
        match received {
            Some(Ok(Message::Text(text))) => match decoder.decode(&text) {
                Decoded::Known(entry, error) => {
                    println!("{}: {}", entry.name, error.text().unwrap_or_default());
                }
                Decoded::Unknown(error) => println!("newer than this client: {:?}", error.code()),
                Decoded::Foreign => {
                    // The connection is a good one.
                    *attempt = 0;
                    println!("{text}");
                }
            },
            Some(Ok(Message::Close(close))) => {
                let (code, reason) = close.map_or((1005, String::new()), |close| {
                    (close.code.into(), close.reason.to_string())
                });
                println!("closed: {code} {reason}");
                return Ended::With(decoder.retry_closed(code, &reason));
            }
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Ended::With(lost),
        }
    }
}
