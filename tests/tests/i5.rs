//! Row I5: messages are for users, translated on the server in the caller's language, and give away
//! nothing of the backend. Over a real socket and over real HTTP, in three languages.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::{Router, routing};
use catalog::InstantError;
use catalog::instant::{Call, Resource};
use futures_util::{SinkExt, StreamExt};
use tests::occurrences;
use tests::pair::tcp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::{WebSocketStream, accept_hdr_async, client_async};
use ws_errors::language::fluent::Messages;
use ws_errors::transport::tungstenite::send;
use ws_errors::wire::Decoded;
use ws_errors::{Decoder, Envelope, WsError, http};

/// Nothing in these tests takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

fn messages() -> Arc<Messages> {
    Arc::new(Messages::load(tests::locales(), &[InstantError::catalog()]).unwrap())
}

/// A server that answers each call with the error of its number, in the language that the handshake
/// asked for.
async fn serve(stream: TcpStream, messages: Arc<Messages>) {
    let mut wanted = String::new();
    // The error is the library's, and large.
    #[allow(clippy::result_large_err)]
    let read = |request: &Request, response: Response| {
        let header = request.headers().get("accept-language");
        wanted = header.and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
        Ok(response)
    };
    let mut socket = accept_hdr_async(stream, read).await.unwrap();
    let language = messages.negotiate(&wanted);
    while let Some(Ok(Message::Text(call))) = socket.next().await {
        let error = occurrences::instant().swap_remove(call.as_str().parse().unwrap());
        let call = Call { call_id: "ce6th2qed7j", language: Some(&language) };
        let frame = error.encode(&call).frame.unwrap();
        send(&mut socket, frame).await.unwrap();
    }
}

async fn connect(language: &str) -> WebSocketStream<TcpStream> {
    let (client, server) = tcp().await;
    tokio::spawn(serve(server, messages()));
    let mut request = "ws://127.0.0.1/".into_client_request().unwrap();
    request.headers_mut().insert("accept-language", language.parse().unwrap());
    client_async(request, client).await.unwrap().0
}

/// The message of each error, as a client in a language reads it.
async fn read(language: &str) -> Vec<String> {
    let mut client = connect(language).await;
    let decoder = Decoder::of::<InstantError>();
    let mut messages = Vec::new();
    for (index, error) in occurrences::instant().iter().enumerate() {
        client.send(Message::text(index.to_string())).await.unwrap();
        let frame = tokio::time::timeout(PATIENCE, client.next()).await.unwrap().unwrap().unwrap();
        let frame = frame.into_text().unwrap();
        // The language changes the message, and nothing else.
        let Decoded::Known(entry, received) = decoder.decode(&frame) else { panic!("{frame}") };
        assert_eq!(entry.name, error.entry().name);
        let call = Call { call_id: "ce6th2qed7j", ..Call::default() };
        let source = error.encode(&call);
        let Decoded::Known(_, expected) = decoder.decode(source.text().unwrap()) else { panic!() };
        assert_eq!(received.fields().get("details"), expected.fields().get("details"));
        assert_eq!(received.code(), expected.code());
        let text = received.text().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        assert!(!frame.contains(occurrences::SECRET), "{frame}");
        messages.push(text);
    }
    messages
}

#[tokio::test]
async fn i5_messages_are_in_the_callers_language_and_give_nothing_away() {
    let english = read("en").await;
    assert_eq!(english[6], "The room does not exist any more.");
    assert_eq!(english[3], "Messages can be changed for 15 min.");

    let german = read("de-CH, en;q=0.5").await;
    assert_eq!(german[6], "Den Raum gibt es nicht mehr.");
    assert_eq!(german[7], "Die Nachricht gibt es nicht mehr.");
    assert_eq!(german[3], "Nachrichten lassen sich nur 15 Minuten lang ändern.");
    assert_eq!(german[11], "Es ist ein Fehler aufgetreten.");

    let french = read("nl;q=0.1, fr").await;
    assert_eq!(french[6], "Ce salon n’existe plus.");
    assert_eq!(french[8], "Pas plus de 20 éléments.");

    // All eleven entries are in all three.
    for other in [&german, &french] {
        assert_eq!(other.len(), english.len());
        for (one, other) in english.iter().zip(other) {
            assert_ne!(one, other);
        }
    }
    assert_eq!(read("nl").await, english);
}

/// A server that answers each request with the exception of the number that is its path.
async fn answer(
    Path(index): Path<usize>,
    headers: HeaderMap,
    State(messages): State<Arc<Messages>>,
) -> http::Response {
    let language = messages.negotiate(&http::accept_language(&headers));
    let request = http::Request { language: Some(&language), ..http::Request::default() };
    http::report(&occurrences::instant().swap_remove(index), &request)
}

/// The response to a request with these lines, in bytes as they come.
async fn get(
    address: SocketAddr,
    path: usize,
    lines: &str,
) -> (u16, HashMap<String, String>, String) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /{path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n{lines}\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    let reading = stream.read_to_string(&mut response);
    tokio::time::timeout(PATIENCE, reading).await.unwrap().unwrap();
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    let (status, headers) = head.split_once("\r\n").unwrap();
    let headers = headers.lines().map(|line| line.split_once(": ").unwrap());
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    (status.split(' ').nth(1).unwrap().parse().unwrap(), headers, body.to_owned())
}

#[tokio::test]
async fn i5_over_http_the_message_is_in_the_language_that_the_request_asks_for() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = Router::new().route("/{index}", routing::get(answer)).with_state(messages());
    tokio::spawn(axum::serve(listener, router).into_future());
    let decoder = http::Decoder::of::<InstantError>();
    for (asked, language) in [
        ("accept-language: de-CH, en;q=0.5\r\n", "de"),
        // One header in two lines.
        ("accept-language: nl;q=0.1\r\naccept-language: fr\r\n", "fr"),
        ("accept-language: en-GB\r\n", "en"),
        ("accept-language: nl\r\n", "en"),
        ("", "en"),
    ] {
        let over_socket = read(language).await;
        for (index, error) in occurrences::instant().iter().enumerate() {
            let (status, headers, body) = get(address, index, asked).await;
            assert!(!body.contains(occurrences::SECRET), "{body}");
            let received = decoder.decode(status, &body, None);
            assert_eq!(received.error.entry().map(|one| one.name), Some(error.entry().name));
            let header = |name: &str| headers.get(name).map(String::as_str);
            if matches!(error, InstantError::Unhandled(_)) {
                // It has one body for all readers, and no cache need tell them apart.
                assert_eq!((status, &*body), (400, "Bad Request"));
                assert_eq!((header("content-language"), header("vary")), (None, None));
                continue;
            }
            let text = received.error.received().and_then(|one| one.text()).unwrap();
            let text = text.replace(['\u{2068}', '\u{2069}'], "");
            assert_eq!(text, over_socket[index], "{language}");
            assert_eq!(header("content-language"), Some(language));
            assert_eq!(header("vary"), Some("accept-language"));
        }
    }
}

#[test]
fn i5_every_translation_of_the_ten_exceptions_is_whole() {
    let messages = messages();
    assert_eq!(messages.findings(), []);
    for (language, one) in [
        ("de", "Nachrichten lassen sich nur eine Minute lang ändern."),
        ("fr", "Un message ne peut être modifié que pendant 1 minute."),
    ] {
        let language = messages.negotiate(language);
        let call = Call { call_id: "7", language: Some(&language) };
        let error = InstantError::MessageEditTimeoutExceeded { minutes: 1, details: None };
        let text = error.encode(&call).text().unwrap().replace(['\u{2068}', '\u{2069}'], "");
        assert!(text.contains(one), "{text}");
    }
    let details = Some(BTreeMap::new());
    let error = InstantError::NotFoundError { resource: Resource::User, details };
    assert_eq!(error.entry().name, "NotFoundError");
}
